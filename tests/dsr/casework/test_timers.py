"""Timers are rows: each fires once, an alarm is a line, and one that fails stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from dsr import casework
from dsr.models import LedgerEntry, Ticket, Timer
from dsr.vocabulary import SUBJECT, State
from tests.dsr.conftest import DAY, JEANNE, OFFICER, RECEIVED, WHY, Open, events, verify

END = RECEIVED + 40 * DAY


@pytest.fixture
def ticket(open_case: Open) -> Ticket:
    """Open an access request, being qualified."""
    return open_case("access", email=JEANNE).tickets.get()


def alarms(ticket: Ticket) -> list[str]:
    lines = LedgerEntry.objects.filter(event="ticket.alarm").order_by("number")
    return [line.facts["alarm"] for line in lines]


def test_nothing_fires_before_its_time(open_case: Open) -> None:
    ticket = verify(open_case("access", email=JEANNE)).tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    assert casework.fire_timers(at=RECEIVED) == 0
    half = datetime(2026, 3, 21, 6, 0, tzinfo=UTC)
    assert casework.fire_timers(at=half - timedelta(seconds=1)) == 0
    assert casework.fire_timers(at=half) == 1
    assert alarms(ticket) == ["half_time"]


def test_each_timer_fires_once_in_order(ticket: Ticket) -> None:
    assert casework.fire_timers(at=END) == 11
    assert casework.fire_timers(at=END + DAY) == 0
    assert alarms(ticket) == [
        "triage_due",
        "identity_ask_due",
        "half_time",
        "three_quarters",
        "five_days",
        "extension_decision",
        "refusal_notice",
        "two_days",
        "one_day",
        "strict_due_passed",
    ]


def test_a_ticket_past_its_day_is_overdue_and_can_still_be_answered(
    ticket: Ticket,
) -> None:
    last_morning = datetime(2026, 4, 7, 20, 0, tzinfo=UTC)
    casework.fire_timers(at=last_morning)
    ticket.refresh_from_db()
    assert ticket.overdue_at is None
    casework.fire_timers(at=END)
    ticket.refresh_from_db()
    assert ticket.overdue_at == END
    assert events(ticket.case).count("ticket.overdue") == 1
    casework.take_in_hand(ticket.pk, by=OFFICER, at=END)


def test_an_ended_ticket_rings_no_more(ticket: Ticket) -> None:
    casework.withdraw(ticket.pk, by=SUBJECT, at=RECEIVED)
    assert casework.fire_timers(at=END) == 0


def test_a_suspended_ticket_is_not_overdue_but_strictly_late(ticket: Ticket) -> None:
    casework.ask_identity(
        ticket.pk, doubts=WHY, items="a letter", by=OFFICER, at=RECEIVED
    )
    casework.fire_timers(at=END)
    ticket.refresh_from_db()
    assert ticket.overdue_at is None
    assert ticket.state == State.AWAITING_IDENTITY
    assert {"strict_due_passed", "identity_timeout"} <= set(alarms(ticket))


def test_a_moved_timer_rings_again(ticket: Ticket) -> None:
    casework.ask_identity(
        ticket.pk, doubts=WHY, items="a letter", by=OFFICER, at=RECEIVED
    )
    casework.fire_timers(at=RECEIVED + 31 * DAY)
    casework.reject_proof(
        ticket.pk, why=WHY, items="", by=OFFICER, at=RECEIVED + 32 * DAY
    )
    casework.fire_timers(at=RECEIVED + 63 * DAY)
    assert alarms(ticket).count("identity_timeout") == 2


def test_without_clarification_everything_is_given(ticket: Ticket) -> None:
    verify(ticket.case)
    casework.ask_clarification(ticket.pk, question=WHY, by=OFFICER, at=RECEIVED)
    casework.fire_timers(at=RECEIVED + 14 * DAY)
    ticket.refresh_from_db()
    assert ticket.state == State.COLLECTING
    assert ticket.details == {}
    line = LedgerEntry.objects.get(event="ticket.clarified")
    assert (line.by, line.facts["answered"]) == ("system", False)
    assert ticket.searches.filter(state="waiting").count() == 2


def test_a_timer_that_cannot_fire_keeps_no_other_from_firing(
    ticket: Ticket, open_case: Open, settings: Settings, house: Path
) -> None:
    verify(ticket.case)
    casework.ask_clarification(ticket.pk, question=WHY, by=OFFICER, at=RECEIVED)
    other = open_case("erasure").tickets.get()
    good, settings.SYSTEMS_FILE = settings.SYSTEMS_FILE, house / "missing.toml"
    casework.fire_timers(at=END)
    other.refresh_from_db()
    assert other.overdue_at == END
    assert Ticket.objects.get(pk=ticket.pk).state == State.AWAITING_CLARIFICATION
    assert Timer.objects.pending().get().kind == "clarification_timeout"
    settings.SYSTEMS_FILE = good
    casework.fire_timers(at=END)
    assert Ticket.objects.get(pk=ticket.pk).state == State.COLLECTING
