"""Public holidays of the desk: added, removed, on record; the open tickets follow."""

from dataclasses import replace
from datetime import date

import pytest

from dsr import casework
from dsr.casework import Moved, NewHoliday
from dsr.clock.languages import Names
from dsr.models import (
    DESK,
    LedgerEntry,
    PublicHoliday,
    Ticket,
    calendar_of,
    find_faults,
)
from dsr.vocabulary import SYSTEM, Actor, State
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    DECIDER,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    Open,
    Walk,
    events,
    refused,
)

# The month of an access request of 5 March ends on Tuesday 7 April 2026.
DUE, NEXT = date(2026, 4, 7), date(2026, 4, 8)
NAMES = Names("day of mourning", "deuil national", "nationale rouw", "Staatstrauer")
MOURNING = NewHoliday("BE", DUE, NAMES, "Royal Decree of 1 April 2026, Art. 1")
WHY = "The decree was withdrawn."


@pytest.fixture
def ticket(open_case: Open) -> Ticket:
    """Open an access request."""
    return open_case("access", email=JEANNE).tickets.get()


def add(new: NewHoliday = MOURNING) -> tuple[Moved, ...]:
    return casework.add_holiday(new, by=DPO, at=RECEIVED + DAY).moved


def remove() -> tuple[Moved, ...]:
    holiday = PublicHoliday.objects.in_force().get()
    at = RECEIVED + 2 * DAY
    return casework.remove_holiday(holiday.pk, why=WHY, by=DPO, at=at).moved


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_a_holiday_moves_every_date_that_ends_on_it(ticket: Ticket) -> None:
    (moved,) = add()
    four = ("due_strict", "due", "extension_notice_due", "refusal_notice_due")
    assert moved == Moved(
        ticket.pk,
        ticket.case.reference,
        "access",
        dict.fromkeys(four, "2026-04-07"),
        dict.fromkeys(four, "2026-04-08"),
        ("holiday_added",),
    )
    now = fresh(ticket)
    assert {getattr(now, name) for name in four} == {NEXT}
    assert now.calendar_version == calendar_of("BE").version
    assert now.calendar_version != ticket.calendar_version


def test_the_derivation_names_the_holiday(ticket: Ticket) -> None:
    add()
    steps = casework.deadline_of(fresh(ticket)).steps
    assert any("deuil national" in step.text("fr") for step in steps)


def test_the_timers_follow(ticket: Ticket) -> None:
    before = dict(ticket.timers.values_list("kind", "due_at"))
    add()
    after = dict(ticket.timers.values_list("kind", "due_at"))
    assert after["due_passed"] == before["due_passed"] + DAY
    assert after["triage_due"] == before["triage_due"]


def test_a_removed_holiday_moves_the_dates_back(ticket: Ticket) -> None:
    add()
    (moved,) = remove()
    assert (moved.before["due"], moved.after["due"]) == ("2026-04-08", "2026-04-07")
    assert moved.why == ("holiday_removed",)
    now = fresh(ticket)
    assert (now.due, now.calendar_version) == (DUE, ticket.calendar_version)


def test_what_was_removed_stays_on_record_and_can_be_added_again(
    ticket: Ticket,
) -> None:
    add()
    remove()
    row = PublicHoliday.objects.get()
    assert (row.added_by, row.added_at) == ("dpo", RECEIVED + DAY)
    assert (row.removed_by, row.removed_because) == ("dpo", WHY)
    assert len(add()) == 1
    assert PublicHoliday.objects.count() == 2


def test_each_change_is_a_line_and_so_is_each_ticket_that_moved(
    ticket: Ticket, open_case: Open
) -> None:
    open_case("access", received_at=RECEIVED - 7 * DAY, email="luc@demo.example")
    add()
    desk = LedgerEntry.objects.get(reference=DESK)
    assert (desk.event, desk.by) == ("calendar.holiday_added", "dpo")
    assert desk.facts == {"jurisdiction": "BE", "day": "2026-04-07"}
    line = LedgerEntry.objects.get(event="ticket.dates_moved")
    assert (line.reference, line.by) == (ticket.case.reference, "dpo")
    assert line.facts["before"]["due"] == "2026-04-07"
    assert line.facts["after"]["due"] == "2026-04-08"
    assert line.facts["why"] == ["holiday_added"]
    assert line.facts["change"] == desk.number
    assert list(find_faults()) == []


def test_a_holiday_within_the_period_moves_no_legal_day(ticket: Ticket) -> None:
    assert add(replace(MOURNING, day=date(2026, 3, 18))) == ()
    assert "ticket.dates_moved" not in events(ticket.case)
    assert fresh(ticket).calendar_version == calendar_of("BE").version


def test_the_day_to_stop_advertising_moves_too(open_case: Open) -> None:
    ticket = open_case("marketing_opt_out", email=JEANNE).tickets.get()
    (moved,) = add(replace(MOURNING, day=date(2026, 3, 9)))
    assert moved.ticket_id == ticket.pk
    assert moved.before == {"marketing_stop": "2026-03-09"}
    assert moved.after == {"marketing_stop": "2026-03-10"}


def test_who_gains_time_is_no_longer_overdue(ticket: Ticket) -> None:
    late = RECEIVED + 34 * DAY  # 8 April
    casework.fire_timers(at=late)
    assert fresh(ticket).overdue_at == late
    casework.add_holiday(MOURNING, by=DPO, at=late)
    assert fresh(ticket).overdue_at is None
    casework.fire_timers(at=late + DAY)
    assert fresh(ticket).overdue_at == late + DAY
    assert events(ticket.case).count("ticket.overdue") == 2


@pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN])
def test_what_has_ended_keeps_its_dates_and_its_derivation(
    walk: Walk, state: State
) -> None:
    ticket = walk(state, email=JEANNE)
    derived = casework.deadline_of(ticket)
    at = RECEIVED + 3 * DAY
    assert casework.add_holiday(MOURNING, by=DPO, at=at).moved == ()
    assert fresh(ticket).due == DUE
    assert casework.deadline_of(fresh(ticket)) == derived


def test_another_country_moves_nothing(ticket: Ticket) -> None:
    assert add(replace(MOURNING, jurisdiction="NL")) == ()
    assert fresh(ticket).calendar_version == ticket.calendar_version
    assert not calendar_of("NL").is_working_day(DUE)
    assert calendar_of("BE").is_working_day(DUE)


def test_a_land_keeps_the_holidays_of_its_country(db: None) -> None:
    add(replace(MOURNING, jurisdiction="DE"))
    assert not calendar_of("DE-BY").is_working_day(DUE)


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (replace(MOURNING, day=date(2026, 7, 21)), "is a public holiday already"),
        (replace(MOURNING, day=date(1850, 1, 2)), "year 1850 is out of range"),
        (replace(MOURNING, names=NAMES._replace(nl=" ")), "each of the four languages"),
        (replace(MOURNING, names=NAMES._replace(nl="x" * 101)), "in 100 characters"),
        (replace(MOURNING, source=" "), "Say which text"),
        (replace(MOURNING, jurisdiction="XX"), "no holiday calendar for 'XX'"),
    ],
)
def test_what_adding_a_holiday_wants(
    ticket: Ticket, new: NewHoliday, sentence: str
) -> None:
    with refused(sentence):
        add(new)


def test_a_holiday_is_added_once(ticket: Ticket) -> None:
    add()
    with refused("already: day of mourning"):
        add()


def test_what_removing_a_holiday_wants(ticket: Ticket) -> None:
    add()
    holiday = PublicHoliday.objects.get()
    with refused("Say why"):
        casework.remove_holiday(holiday.pk, why=" ", by=DPO, at=RECEIVED)
    with refused("added no such"):
        casework.remove_holiday(holiday.pk + 1, why=WHY, by=DPO, at=RECEIVED)
    casework.remove_holiday(holiday.pk, why=WHY, by=DPO, at=RECEIVED + 2 * DAY)
    with refused("removed already, by dpo"):
        casework.remove_holiday(holiday.pk, why=WHY, by=DPO, at=RECEIVED + 3 * DAY)


@pytest.mark.parametrize("actor", [OFFICER, DECIDER, AUDITOR, SYSTEM])
def test_only_the_dpo_changes_the_calendar(ticket: Ticket, actor: Actor) -> None:
    add()
    pk = PublicHoliday.objects.get().pk
    with refused("role of data protection officer"):
        casework.add_holiday(MOURNING, by=actor, at=RECEIVED)
    with refused("role of data protection officer"):
        casework.remove_holiday(pk, why=WHY, by=actor, at=RECEIVED)
