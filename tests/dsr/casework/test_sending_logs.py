"""The tripwire in the systems: their own logs, compared once a day."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from dsr.casework.sending_logs import compare_logs
from dsr.models import Incident, SendingLog
from dsr.tasks import compare_sending_logs
from dsr.vocabulary import Channel
from subjects.models import suppress
from subjects.systems.datasets import read_datasets
from subjects.systems.shape import DatasetError
from tests.dsr.casework.shop import ask, open_shop
from tests.dsr.conftest import DAY, JEANNE, RECEIVED, Open

LOG = """
        rightsdesk: {origin: observed, sending_log: {address: email, sent_at: sent_at}}
"""


@pytest.fixture
def shop(house: Path, settings: Settings) -> Path:
    settings.SYSTEMS_FILE = open_shop(house / "shop")
    folder = house / "shop"
    described = (folder / "shop.yml").read_text("utf-8")
    described = described.replace("        rightsdesk: {origin: observed}\n", LOG[1:])
    described += "          - {name: sent_at, data_categories: [user.behavior]}\n"
    (folder / "shop.yml").write_text(described, "utf-8")
    ask(folder, "shop", "ALTER TABLE mailings ADD COLUMN sent_at DATETIME")
    return folder


def send(shop: Path, email: str, at: datetime | str) -> None:
    when = at if isinstance(at, str) else at.replace(tzinfo=None).isoformat(" ")
    sql = f"INSERT INTO mailings (email, sent_at) VALUES ('{email}', '{when}')"  # noqa: S608
    ask(shop, "shop", sql)


def test_what_a_system_sent_after_an_objection_is_found_once_a_day(shop: Path) -> None:
    suppress("email", JEANNE, reference="a list", at=RECEIVED)
    send(shop, JEANNE, RECEIVED - DAY)
    send(shop, JEANNE.title(), RECEIVED + DAY)
    send(shop, "luc@demo.example", RECEIVED + DAY)

    assert compare_logs(at=RECEIVED + 2 * DAY) == 1

    incident = Incident.objects.get()
    assert (incident.source, incident.line) == ("shop:mailings", None)
    log = SendingLog.objects.get()
    assert (log.checked_at, log.last_error) == (RECEIVED + 2 * DAY, "")
    send(shop, JEANNE, RECEIVED + 2 * DAY)
    assert compare_logs(at=RECEIVED + 2 * DAY + timedelta(hours=1)) == 0
    assert compare_logs(at=RECEIVED + 3 * DAY) == 1
    assert Incident.objects.count() == 2


def test_an_objection_that_was_typed_in_late_is_looked_for_from_its_receipt(
    shop: Path, open_case: Open
) -> None:
    send(shop, JEANNE, RECEIVED + DAY)
    assert compare_logs(at=RECEIVED + 60 * DAY) == 1
    assert not Incident.objects.exists()

    listed = RECEIVED + 60 * DAY + timedelta(hours=1)
    open_case("marketing_opt_out", email=JEANNE, channel=Channel.POST, at=listed)
    assert compare_logs(at=RECEIVED + 61 * DAY) == 1

    assert Incident.objects.get().objected_at == RECEIVED


def test_a_log_that_cannot_be_read_says_why_and_is_tried_again(shop: Path) -> None:
    suppress("email", JEANNE, reference="a list", at=RECEIVED)
    send(shop, JEANNE, "x")

    assert compare_logs(at=RECEIVED + DAY) == 0

    log = SendingLog.objects.all().unread().get()
    assert log.last_error.startswith("shop:mailings: a value of sent_at is no instant")
    assert log.next_attempt_at is not None
    ask(shop, "shop", "DELETE FROM mailings WHERE sent_at = 'x'")
    assert compare_logs(at=RECEIVED + 2 * DAY) == 1
    assert not SendingLog.objects.all().unread().exists()


def test_a_log_that_is_described_no_more_is_forgotten(
    shop: Path, settings: Settings
) -> None:
    compare_sending_logs()
    assert SendingLog.objects.get().address == "shop:mailings"
    (shop / "shop.yml").write_text(
        (shop / "shop.yml").read_text("utf-8").replace("sending_log", "retention"),
        "utf-8",
    )
    settings.SYSTEMS_FILE = open_shop(shop.parent / "another")
    compare_sending_logs()
    assert not SendingLog.objects.exists()


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("{address: mail, sent_at: sent_at}", "it has no field mail"),
        ("{address: email}", "sent_at is missing"),
        ("{address: email, sent_at: sent_at, by: x}", "does not know 'by'"),
    ],
)
def test_a_wrong_log_is_named_with_its_place(shop: Path, says: str, why: str) -> None:
    described = (shop / "shop.yml").read_text("utf-8")
    wrong = described.replace("{address: email, sent_at: sent_at}", says)
    (shop / "shop.yml").write_text(wrong, "utf-8")

    with pytest.raises(DatasetError, match=why):
        read_datasets(shop / "shop.yml")
