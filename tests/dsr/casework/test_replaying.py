"""What a restored backup brings back is erased again, and nothing else is."""

import json
import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dsr import casework
from dsr.models import Deletion, LedgerEntry, Ticket
from tests.dsr.casework.test_carrying_out import (
    SOON,
    order,
    ordered,
    planned,
    say,
)
from tests.dsr.conftest import OFFICER, RECEIVED

__all__ = ["ordered", "planned"]
TWO = "SELECT id, note FROM interactions WHERE id < 3 ORDER BY id"


@pytest.fixture
def restored(ordered: Ticket, house: Path) -> Path:
    """Erase in both systems, then restore the customers' as it was before."""
    backup = shutil.copy(house / "company/crm.sqlite3", house / "backup")
    casework.carry_out_orders(at=SOON)
    assert say(house, TWO) == [(2, None)]
    shutil.copy(backup, house / "company/crm.sqlite3")
    assert len(say(house, TWO)) == 2
    return house


def replayed(*args: str) -> tuple[list[dict[str, object]], int]:
    out = StringIO()
    status = 0
    try:
        call_command("replay_erasures", *args, stdout=out)
    except SystemExit as left:
        status = int(str(left.code))
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_what_was_erased_since_the_backup_is_erased_once_more(restored: Path) -> None:
    first = replayed("--since", RECEIVED.isoformat())
    again = replayed("--since", RECEIVED.isoformat(), "--system", "crm")

    assert [(one["system"], one["result"], one["rows"]) for one in first[0]] == [
        ("crm", "done", 2),
        ("claims", "done", 0),
    ]
    assert [one["rows"] for one in again[0]] == [0]
    assert (first[1], again[1]) == (0, 0)
    assert say(restored, TWO) == [(2, None)]
    line = LedgerEntry.objects.filter(event="erasure.replayed").earliest("number")
    assert line.facts["deleted"] == {"crm:interactions": 1}
    assert replayed("--since", "2030-01-01T00:00") == ([], 0)


def test_the_list_names_no_value_of_what_was_erased(restored: Path) -> None:
    with order().replay.open() as lines:
        kept = lines.read().decode()
    for (note,) in say(restored, "SELECT note FROM interactions WHERE id < 3"):
        assert note not in kept
    assert '"id": 1' in kept


def test_a_row_that_is_another_one_now_is_refused(restored: Path) -> None:
    say(restored, "UPDATE interactions SET note = 'of somebody else' WHERE id = 2")
    (crm, _claims), status = replayed("--since", RECEIVED.isoformat())
    assert (crm["result"], status) == ("failed", 1)
    assert "1 rows of crm:interactions are no longer what they were" in str(crm["why"])
    assert len(say(restored, TWO)) == 2


def test_what_was_erased_by_hand_is_named(ordered: Ticket) -> None:
    orders = [one.pk for one in ordered.orders.all()]
    casework.close_orders(
        ordered.pk, orders=orders, done=True, note="Deleted.", by=OFFICER, at=SOON
    )
    found, status = replayed("--since", RECEIVED.isoformat())
    assert ({one["result"] for one in found}, status) == ({"by_hand"}, 1)


def test_the_list_goes_with_the_backups(restored: Path) -> None:
    casework.delete_expired(at=SOON + timedelta(days=92))
    assert order().replay
    casework.delete_expired(at=SOON + timedelta(days=93))
    assert not order().replay
    assert Deletion.objects.get(kind="replay").count == 1
    found, status = replayed("--since", RECEIVED.isoformat(), "--system", "crm")
    assert (found[0]["result"], status) == ("by_hand", 1)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--since", "yesterday"), "--since is no instant"),
        (("--since", "2026-11-20", "--system", "erp"), "there is no system 'erp'"),
    ],
)
def test_wrong_arguments_get_a_sentence(
    house: Path, args: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("replay_erasures", *args)
    assert refused.value.returncode == 2
