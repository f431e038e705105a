"""What must hold for every receipt, whatever happens afterwards."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsr.clock.calendars import calendar_for, jurisdictions
from dsr.clock.deadline import compute
from dsr.clock.events import (
    ClockEvent,
    ClockPolicy,
    EventKind,
    ExtensionBase,
    Suspension,
)
from dsr.clock.period import measure

FIRST, LAST = date(2020, 1, 1), date(2040, 12, 31)
ASKS = (EventKind.IDENTITY_ASKED, EventKind.CLARIFICATION_ASKED)
CODES = [*jurisdictions(), "DE-BY", "DE-SN"]

receipts = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - the strategy adds the time zone
    datetime(2040, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
policies = st.builds(
    ClockPolicy,
    suspension=st.sampled_from(Suspension),
    ask_max_days=st.integers(0, 20),
    extension_base=st.sampled_from(ExtensionBase),
    extension_months=st.integers(1, 2),
)


def happenings(received_at: datetime) -> st.SearchStrategy[list[ClockEvent]]:
    instants = st.integers(0, 60 * 24 * 60).map(
        lambda minutes: received_at + timedelta(days=1, minutes=minutes)
    )
    events = st.builds(ClockEvent, st.sampled_from(EventKind), instants)
    return st.lists(events, max_size=8)


@given(data=st.data(), received_at=receipts, policy=policies)
def test_no_period_ends_on_a_day_that_is_no_working_day(
    data: st.DataObject, received_at: datetime, policy: ClockPolicy
) -> None:
    code = data.draw(st.sampled_from(CODES))
    events = data.draw(happenings(received_at))

    found = compute(received_at, code, events, policy)

    days = {found.due, found.due_strict, found.extension_notice, found.refusal_notice}
    days = {*days, found.marketing_stop} - {None}
    assert all(calendar_for(code).is_working_day(day) for day in days if day)


@given(data=st.data(), received_at=receipts, policy=policies)
def test_the_strict_day_is_never_after_the_due_day(
    data: st.DataObject, received_at: datetime, policy: ClockPolicy
) -> None:
    found = compute(received_at, "BE", data.draw(happenings(received_at)), policy)

    assert found.due is None or found.due_strict <= found.due


@given(data=st.data(), received_at=receipts, longer=st.integers(0, 40))
def test_a_later_answer_never_makes_the_day_earlier(
    data: st.DataObject, received_at: datetime, longer: int
) -> None:
    asked = received_at + timedelta(days=data.draw(st.integers(0, 7)))
    answered = asked + timedelta(days=data.draw(st.integers(0, 40)))
    policy = data.draw(policies)

    def due(last: datetime) -> date | None:
        ask = ClockEvent(EventKind.IDENTITY_ASKED, asked)
        answer = ClockEvent(EventKind.IDENTITY_OK, last)
        return compute(received_at, "BE", [ask, answer], policy).due

    sooner, later = due(answered), due(answered + timedelta(days=longer))

    assert sooner is not None
    assert later is not None
    assert sooner <= later


@given(data=st.data(), received_at=receipts, policy=policies)
def test_an_extension_never_makes_the_day_earlier(
    data: st.DataObject, received_at: datetime, policy: ClockPolicy
) -> None:
    events = data.draw(happenings(received_at))
    without = [e for e in events if e.kind != EventKind.EXTENSION_NOTIFIED]

    plain = compute(received_at, "BE", without, policy)
    extended = compute(received_at, "BE", events, policy)

    assert (plain.due is None) == (extended.due is None)
    assert plain.due is None or extended.due is None or plain.due <= extended.due
    assert plain.refusal_notice == extended.refusal_notice


@given(data=st.data(), received_at=receipts, policy=policies)
def test_the_order_in_which_events_are_told_does_not_matter(
    data: st.DataObject, received_at: datetime, policy: ClockPolicy
) -> None:
    events = data.draw(happenings(received_at))
    at_once = {event.at: event for event in events}  # one thing at a time

    told = compute(received_at, "BE", at_once.values(), policy)
    retold = compute(received_at, "BE", reversed(at_once.values()), policy)

    assert told == retold


@pytest.mark.parametrize("code", CODES)
def test_every_day_of_receipt_has_its_days(code: str) -> None:
    calendar, policy = calendar_for(code), ClockPolicy()

    for ordinal in range(FIRST.toordinal(), LAST.toordinal() + 1):
        received_on = date.fromordinal(ordinal)
        due = measure(received_on, (), policy, calendar).due

        # The shortest February; a 31-day month and the longest run of days off.
        assert due is not None
        assert 28 <= (due - received_on).days <= 36
        assert calendar.is_working_day(due)


def test_every_instant_of_a_local_day_has_the_deadline_of_that_day() -> None:
    zone = calendar_for("BE").time_zone
    first = datetime.combine(date(2026, 3, 29), time.min, tzinfo=zone)
    last = datetime.combine(date(2026, 3, 29), time.max, tzinfo=zone)

    assert compute(first, "BE") == compute(last, "BE")
