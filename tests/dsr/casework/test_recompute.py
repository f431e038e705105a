"""When the policy on time limits or the calendar data change, open tickets follow."""

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from dsr import casework
from dsr.models import DESK, LedgerEntry, Ticket, computed_otherwise, find_faults
from dsr.vocabulary import SYSTEM, State
from tests.dsr.conftest import (
    DAY,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    Walk,
    events,
    everything,
    refused,
)

LATER = RECEIVED + 20 * DAY
OLD_VERSION, NEW_VERSION = 'version = "2018-1"', 'version = "2026-2"'


@pytest.fixture
def ticket(open_case: Open) -> Ticket:
    """Open an access request that waited ten days for a proof of identity."""
    ticket = open_case("access", email=JEANNE).tickets.get()
    casework.ask_identity(
        ticket.pk, doubts=WHY, items="a letter", by=OFFICER, at=RECEIVED
    )
    casework.accept_proof(
        ticket.pk, method="call back", by=OFFICER, at=RECEIVED + 10 * DAY
    )
    return fresh(ticket)


@pytest.fixture
def policy(settings: Settings, tmp_path: Path) -> Path:
    """Return a copy of the policy file, that a test may change and put in force."""
    copy = tmp_path / "policy.toml"
    copy.write_text(Path(settings.POLICY_FILE).read_text("utf-8"), "utf-8")
    return copy


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def change(policy: Path, settings: Settings, *changes: tuple[str, str]) -> None:
    """Put a changed policy in force."""
    text = policy.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    policy.write_text(text, "utf-8")
    settings.POLICY_FILE = policy


STRICT = ('suspension = "suspend"', 'suspension = "strict"')
RENAMED = (OLD_VERSION, NEW_VERSION)
BEGINS_LATER = (
    "valid_from = 2018-05-25\nversion",
    "valid_from = 2026-04-01\nversion",
)


def test_nothing_moves_while_nothing_changed(ticket: Ticket) -> None:
    before = everything()
    done = casework.recompute(by=SYSTEM, at=LATER)
    assert (done.change, done.computed, done.moved) == (None, 0, ())
    assert everything() == before


def test_a_changed_policy_moves_what_it_governs(
    ticket: Ticket, policy: Path, settings: Settings
) -> None:
    assert ticket.due is not None
    was = ticket.due.isoformat()
    change(policy, settings, STRICT, RENAMED)
    (moved,) = casework.recompute(by=DPO, at=LATER).moved
    assert moved.before == {"due": was, "refusal_notice_due": was}
    assert moved.after == dict.fromkeys(moved.before, "2026-04-07")
    assert moved.why == ("clock_policy",)
    now = fresh(ticket)
    assert (now.due, now.policy_version) == (now.due_strict, "2026-2")
    assert ticket.timers.get(kind="due_passed").due_at == datetime(
        2026, 4, 8, 5, 0, tzinfo=UTC
    )


def test_the_second_time_nothing_moves(
    ticket: Ticket, policy: Path, settings: Settings
) -> None:
    change(policy, settings, STRICT, RENAMED)
    assert Ticket.objects.filter(computed_otherwise()).get() == ticket
    casework.recompute(by=DPO, at=LATER)
    assert not Ticket.objects.filter(computed_otherwise()).exists()
    before = everything()
    assert casework.recompute(by=DPO, at=LATER + DAY).moved == ()
    assert everything() == before


def test_another_version_of_the_calendar_is_computed_anew_and_recorded(
    ticket: Ticket,
) -> None:
    Ticket.objects.update(calendar_version="BE-2025.9", due_strict="2026-04-06")
    done = casework.recompute(by=SYSTEM, at=LATER)
    (moved,) = done.moved
    assert (moved.before, moved.after) == (
        {"due_strict": "2026-04-06"},
        {"due_strict": "2026-04-07"},
    )
    assert moved.why == ("calendar_data",)
    desk = LedgerEntry.objects.get(reference=DESK)
    assert (desk.event, desk.number, desk.facts["tickets"]) == (
        "calendar.recomputed",
        done.change,
        1,
    )
    assert events(ticket.case)[-1] == "ticket.dates_moved"
    assert list(find_faults()) == []


def test_a_new_name_for_the_same_rules_moves_nothing(
    ticket: Ticket, policy: Path, settings: Settings
) -> None:
    change(policy, settings, RENAMED)
    done = casework.recompute(by=SYSTEM, at=LATER)
    assert (done.computed, done.moved) == (1, ())
    assert fresh(ticket).policy_version == "2026-2"


def test_each_ticket_is_judged_by_the_rules_of_its_day(
    ticket: Ticket, policy: Path, settings: Settings
) -> None:
    text = policy.read_text("utf-8")
    rules = text[text.index("[[clock]]") : text.index("# --- How long the desk")]
    newer = rules.replace("2018-05-25", "2027-01-01").replace("2018-1", "2027-1")
    ended = rules.rstrip() + "\nvalid_to = 2026-12-31\n\n"
    change(policy, settings, (rules, ended + newer))
    assert not Ticket.objects.filter(computed_otherwise()).exists()


def test_what_has_ended_is_left_alone(
    walk: Walk, policy: Path, settings: Settings
) -> None:
    ticket = walk(State.WITHDRAWN, email=JEANNE)
    change(policy, settings, STRICT, RENAMED)
    assert casework.recompute(by=SYSTEM, at=LATER).computed == 0
    assert fresh(ticket).policy_version == "2018-1"


def test_a_policy_that_says_nothing_of_a_day_is_refused_with_the_ticket(
    ticket: Ticket, policy: Path, settings: Settings
) -> None:
    change(policy, settings, BEGINS_LATER)
    with refused(f"{ticket} cannot be computed anew: The policy has no ClockRules"):
        casework.recompute(by=SYSTEM, at=LATER)
    with pytest.raises(CommandError, match="no ClockRules in force") as caught:
        call_command("recompute")
    assert caught.value.returncode == 2


def test_a_ticket_that_cannot_be_computed_keeps_no_other_from_ringing(
    ticket: Ticket, open_case: Open, policy: Path, settings: Settings
) -> None:
    open_case("marketing_opt_out", email=JEANNE)
    change(policy, settings, BEGINS_LATER)
    casework.fire_timers(at=LATER)
    rung = LedgerEntry.objects.filter(event="ticket.alarm")
    assert {line.reference for line in rung} == {ticket.case.reference}


def test_an_officer_does_not_recompute(ticket: Ticket) -> None:
    with refused("role of data protection officer"):
        casework.recompute(by=OFFICER, at=LATER)


def test_the_command_prints_a_line_a_ticket_that_moved(
    ticket: Ticket, policy: Path, settings: Settings
) -> None:
    change(policy, settings, STRICT, RENAMED)
    first, second, said = StringIO(), StringIO(), StringIO()
    call_command("recompute", stdout=first, stderr=said)
    line = json.loads(first.getvalue())
    assert (line["ticket_id"], line["reference"]) == (ticket.pk, ticket.case.reference)
    assert line["after"]["due"] == "2026-04-07"
    assert line["why"] == ["clock_policy"]
    assert "1 computed anew, 1 moved" in said.getvalue()
    call_command("recompute", stdout=second, stderr=StringIO())
    assert second.getvalue() == ""
