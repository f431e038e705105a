"""A reopened request counts anew, or ends on the day that was ordered."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dsr.clock.deadline import compute
from dsr.clock.events import ClockEvent, EventKind

RECEIVED = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
DAYS = ("due", "due_strict", "extension_notice", "refusal_notice", "marketing_stop")
FREE = tuple(kind for kind in EventKind if kind != EventKind.REOPENED)


def log(again: datetime) -> st.SearchStrategy[list[ClockEvent]]:
    instants = st.integers(1, 60 * 24 * 60).map(
        lambda minutes: again + timedelta(minutes=minutes)
    )
    return st.lists(st.builds(ClockEvent, st.sampled_from(FREE), instants), max_size=6)


@given(data=st.data(), later=st.integers(0, 400))
def test_it_counts_as_if_it_were_received_that_day(
    data: st.DataObject, later: int
) -> None:
    again = RECEIVED + timedelta(days=later, hours=1)
    before = data.draw(
        log(RECEIVED).map(lambda found: [e for e in found if e.at < again])
    )
    after = data.draw(log(again))
    reopened = ClockEvent(EventKind.REOPENED, again)

    found = compute(RECEIVED, "BE", [*before, reopened, *after])
    new = compute(again, "BE", after)

    assert [getattr(found, day) for day in DAYS] == [getattr(new, day) for day in DAYS]
    assert found.received_on == date(2026, 3, 5)
    assert found.counted_from == new.received_on


@given(data=st.data(), later=st.integers(1, 90))
def test_nothing_moves_a_day_that_was_ordered(data: st.DataObject, later: int) -> None:
    again = RECEIVED + timedelta(days=30)
    day = again.date() + timedelta(days=later)
    events = [ClockEvent(EventKind.REOPENED, again, day), *data.draw(log(again))]

    found = compute(RECEIVED, "BE", events)

    assert {found.due, found.due_strict, found.refusal_notice} == {day}
    assert not found.extended
    assert found.suspended_days == 0


def test_the_last_reopening_counts() -> None:
    events = [
        ClockEvent(EventKind.REOPENED, RECEIVED + timedelta(days=n), ordered)
        for n, ordered in ((30, date(2026, 4, 20)), (90, None))
    ]
    found = compute(RECEIVED, "BE", events)

    assert found.due == date(2026, 7, 3)
    assert [step.code for step in found.steps][:2] == ["received", "reopened"]
