"""A task by link: one page, nothing that is not needed, no account."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from dsr import casework
from dsr.casework import errand_mails, errands
from dsr.models import Ticket
from tests.dsr.casework.test_errands import ARCHIVE
from tests.dsr.conftest import DAY, JEANNE, OFFICER, RECEIVED, WHY, Open, verify
from tests.dsr.portal.conftest import text_of


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Leave no Dutch page's language behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def ticket(house: Path, settings: Settings, open_case: Open) -> Ticket:
    """Ask the archivist alone to search for Jeanne."""
    settings.SYSTEMS_FILE = house / "systems.toml"
    settings.SYSTEMS_FILE.write_text(ARCHIVE, "utf-8")
    case = open_case(
        "access", email=JEANNE, identifiers={"customer_number": "K-100001"}
    )
    verify(case)
    number = case.subject.identifiers.get(kind="customer_number")
    number.verify(by="officer", at=RECEIVED)
    number.save()
    ticket = case.tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    mail.outbox.clear()
    errand_mails.send_errands(at=RECEIVED)
    return ticket


def link() -> str:
    """Return the link of the last mail, without the host."""
    found = re.search(r"http://127\.0\.0\.1:8000(\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def follow(client: Client) -> tuple[str, Any]:
    response = client.get(link())
    assert response.status_code == 302
    return response["Location"], client.get(response["Location"])


def test_the_page_shows_what_is_needed_and_nothing_else(ticket: Ticket) -> None:
    where, page = follow(Client())
    text = text_of(page)
    assert "K-100001" in text
    assert "Jeanne Peeters" in text
    assert JEANNE not in text  # the archive needs no address
    assert ticket.errands.get().token not in where
    assert page["Cache-Control"].startswith("max-age=0")
    assert '<html lang="nl"' in page.content.decode()


def test_what_is_handed_in_arrives_and_the_page_says_thanks(ticket: Ticket) -> None:
    client = Client()
    where, _page = follow(client)
    wrong = client.post(where, {"result": "found"})
    assert wrong.status_code == 422
    bad = SimpleUploadedFile("bad.csv", b"a;b\n1")
    broken = client.post(where, {"result": "found", "handed_in": [bad]})
    assert "bad.csv" in text_of(broken)
    virus = SimpleUploadedFile("x.exe", b"MZ")
    assert (
        client.post(where, {"result": "found", "handed_in": virus}).status_code == 422
    )
    files = [
        SimpleUploadedFile("a.csv", b"a;b\n1;2"),
        SimpleUploadedFile("b.pdf", b"%PDF-1.7"),
    ]
    sent = {"result": "found", "handed_in": files, "health": "on"}
    assert client.post(where, sent).status_code == 302
    task = ticket.searches.get()
    assert task.counts == {"archive:records": 1, "archive:documents": 1}
    assert task.health["archive:records"]["whole"]
    assert "K-100001" not in text_of(client.get(where))
    assert ticket.errands.get().state == "answered"


def test_who_cannot_look_says_why(ticket: Ticket) -> None:
    client = Client()
    where, _page = follow(client)
    refused = client.post(where, {"result": "impossible", "note": "no"})
    assert refused.status_code == 422
    assert client.post(where, {"result": "impossible", "note": WHY}).status_code == 302
    assert ticket.searches.get().state == "unreachable"


def test_no_other_browser_and_no_wrong_link_sees_anything(ticket: Ticket) -> None:
    where, _page = follow(Client())
    errand = ticket.errands.get()
    wrong = link().replace(errand.token, "0" * 32)
    absent = link().replace(f"/{errand.pk}/", "/99999/")
    pages = [Client().get(one) for one in (where, wrong, absent)]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len({text_of(page) for page in pages}) == 1


def test_an_old_link_closes_the_page_that_it_opened(ticket: Ticket) -> None:
    client = Client()
    where, _page = follow(client)
    errand = ticket.errands.get()
    errands.ask_again(errand.pk, to_email="b@x.example", by=OFFICER, at=RECEIVED)
    assert client.get(where).status_code == 404
    assert client.post(where, {"result": "nothing"}).status_code == 404


def test_a_task_that_is_over_asks_for_nothing(ticket: Ticket) -> None:
    client = Client()
    where, _page = follow(client)
    casework.withdraw(ticket.pk, by=OFFICER, at=RECEIVED + DAY)
    text = text_of(client.get(where))
    assert "K-100001" not in text
    assert client.post(where, {"result": "nothing"}).status_code == 422


def test_an_order_is_answered_on_its_page(
    house: Path, settings: Settings, open_case: Open
) -> None:
    settings.SYSTEMS_FILE = house / "systems.toml"
    settings.SYSTEMS_FILE.write_text(ARCHIVE, "utf-8")
    ticket = verify(open_case("marketing_opt_out", email=JEANNE)).tickets.get()
    casework.go_on_at_once(at=RECEIVED)
    mail.outbox.clear()
    errand_mails.send_errands(at=RECEIVED)
    client = Client()
    where, _page = follow(client)
    assert client.post(where, {"result": "done", "note": " "}).status_code == 422
    assert client.post(where, {"result": "done", "note": "by An"}).status_code == 302
    assert ticket.orders.get().note == "by An"
