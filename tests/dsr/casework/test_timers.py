"""Timers are rows: each fires once, an alarm is a line, and one that fails stays."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from dsr import casework
from dsr.models import LedgerEntry, Ticket, Timer
from dsr.vocabulary import SUBJECT, State
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
    verify,
)

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
    casework.send_letters(at=RECEIVED)
    assert casework.fire_timers(at=RECEIVED) == 0
    half = datetime(2026, 3, 21, 6, 0, tzinfo=UTC)
    assert casework.fire_timers(at=half - timedelta(seconds=1)) == 0
    assert casework.fire_timers(at=half) == 1
    assert alarms(ticket) == ["half_time"]


def test_each_timer_fires_once_in_order(ticket: Ticket) -> None:
    assert casework.fire_timers(at=END) == 12
    assert casework.fire_timers(at=END + DAY) == 0
    assert alarms(ticket) == [
        "acknowledge_due",
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


def instants(ticket: Ticket) -> dict[str, str]:
    return {one.kind: f"{one.due_at:%Y-%m-%d}" for one in ticket.timers.all()}


def test_the_day_with_pauses_has_alarms_of_its_own(ticket: Ticket) -> None:
    assert not any(kind.startswith("final") for kind in instants(ticket))
    casework.ask_identity(
        ticket.pk, doubts=WHY, items="a letter", by=OFFICER, at=RECEIVED
    )
    casework.accept_proof(ticket.pk, method="call", by=OFFICER, at=RECEIVED + 20 * DAY)
    due = Ticket.objects.get(pk=ticket.pk).due
    assert due == date(2026, 4, 27)  # 5 April, 20 days later, is a Saturday
    assert (
        instants(ticket).items()
        >= {
            "five_days": "2026-03-30",
            "final_half_time": "2026-03-31",
            "final_three_quarters": "2026-04-13",
            "final_five_days": "2026-04-20",
            "final_two_days": "2026-04-23",
            "final_one_day": "2026-04-24",
            "strict_due_passed": "2026-04-08",
            "due_passed": "2026-04-28",
        }.items()
    )


def test_who_was_told_the_same_day_rings_no_bell(ticket: Ticket) -> None:
    evening = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)
    assert casework.fire_timers(at=evening - timedelta(seconds=1)) == 0
    casework.send_letters(at=RECEIVED)
    assert casework.fire_timers(at=evening) == 0
    assert not ticket.timers.filter(kind="acknowledge_due").exists()


def test_an_acknowledgement_stops_the_bell_that_rang(ticket: Ticket) -> None:
    assert casework.fire_timers(at=RECEIVED + DAY) == 1
    assert alarms(ticket) == ["acknowledge_due"]
    casework.send_letters(at=RECEIVED + DAY)
    assert not ticket.timers.filter(fired_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("received", "rings"),
    [
        ("2026-03-05T14:59:00+00:00", "2026-03-05T15:00:00+00:00"),
        ("2026-03-05T15:00:00+00:00", "2026-03-06T06:00:00+00:00"),
        ("2026-03-06T22:30:00+00:00", "2026-03-09T06:00:00+00:00"),
        ("2026-03-07T10:00:00+00:00", "2026-03-09T15:00:00+00:00"),
    ],
    ids=["in the afternoon", "in the evening", "on Friday night", "on a Saturday"],
)
def test_the_receipt_is_acknowledged_the_same_working_day(
    open_case: Open, received: str, rings: str
) -> None:
    case = open_case(email=JEANNE, received_at=datetime.fromisoformat(received))
    timer = Timer.objects.get(ticket__case=case, kind="acknowledge_due")
    assert timer.due_at == datetime.fromisoformat(rings)


def test_an_extension_does_not_move_the_wait_for_a_proof(ticket: Ticket) -> None:
    casework.ask_identity(
        ticket.pk, doubts=WHY, items="a letter", by=OFFICER, at=RECEIVED
    )
    before = instants(ticket)["identity_timeout"]
    ticket.clock_events.create(
        kind="extension_notified", at=RECEIVED + 9 * DAY, by="officer"
    )
    assert instants(ticket)["identity_timeout"] == before


def test_a_reopened_ticket_rings_by_its_new_days(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    again = RECEIVED + 60 * DAY
    casework.reopen(ticket.pk, why=WHY, by=DPO, at=again)
    found = Ticket.objects.get(pk=ticket.pk)
    assert (found.received_on, found.due_strict, found.due) == (
        date(2026, 3, 5),
        date(2026, 6, 4),
        date(2026, 6, 4),
    )
    assert instants(found)["half_time"] == "2026-05-19"
    assert casework.fire_timers(at=again) == 0


def test_the_authoritys_day_holds_whatever_is_asked(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    again = RECEIVED + 60 * DAY
    day = date(2026, 5, 16)  # a Saturday, as the authority said it
    casework.reopen(ticket.pk, why=WHY, answer_by=day, by=DPO, at=again)
    found = Ticket.objects.get(pk=ticket.pk)
    assert {found.due, found.due_strict, found.refusal_notice_due} == {day}
    line = LedgerEntry.objects.get(event="ticket.reopened")
    assert line.facts["clock_before"]["due"] == "2026-04-07"
    steps = [step.code for step in casework.deadline_of(found).steps]
    assert steps == ["received", "reopened", "ordered", "ends"]
