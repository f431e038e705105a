"""The rules of the clock one by one, beside the worked vectors."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dsr.clock.calendars import calendar_for
from dsr.clock.deadline import DEFAULT_POLICY, Deadline, compute
from dsr.clock.events import ClockEvent, ClockPolicy, Target, parse_events
from dsr.clock.holiday_rules import Holiday
from dsr.clock.languages import Names

MORNING = "T09:00:00+02:00"
RECEIVED = "2025-06-02" + MORNING  # a Monday; one month later is Wednesday 2 July


def deadline(
    events: str = "", received: str = RECEIVED, jurisdiction: str = "BE", **policy: Any
) -> Deadline:
    """Compute; in `events` an `@MM-DD` is that morning of 2025."""
    parts = [part.partition("@") for part in events.split(";")]
    text = ";".join(
        f"{name}@2025-{day}{MORNING}" if at else name for name, at, day in parts
    )
    parsed = parse_events(text)
    choices = replace(DEFAULT_POLICY, **parsed.changes, **policy)
    at = datetime.fromisoformat(received)
    return compute(at, jurisdiction, parsed.events, choices)


@pytest.mark.parametrize(
    ("events", "due"),
    [
        pytest.param("", "2025-07-02", id="one month"),
        pytest.param(
            "identity_asked@06-03;identity_ok@06-05;identity_asked@06-05;"
            "identity_ok@06-10",
            "2025-07-09",
            id="two rounds that touch: 2 + 5 days",
        ),
        pytest.param(
            "identity_asked@06-03;clarification_asked@06-05;identity_ok@06-10;"
            "clarified@06-12",
            "2025-07-11",
            id="overlapping rounds count each day once: 9 days",
        ),
        pytest.param(
            "identity_asked@06-03;identity_asked@06-05;identity_ok@06-10",
            "2025-07-09",
            id="a reminder belongs to its round",
        ),
        pytest.param(
            "identity_ok@06-10;identity_asked@06-03",
            "2025-07-09",
            id="events in any order",
        ),
        pytest.param(
            "identity_asked@06-03;identity_ok@06-05;identity_insufficient@06-06",
            "2025-07-04",
            id="a proof found insufficient afterwards opens no round",
        ),
        pytest.param(
            "identity_ok@06-10", "2025-07-02", id="an answer nobody asked for"
        ),
        pytest.param(
            "identity_asked@06-03;identity_ok@06-03", "2025-07-02", id="the same day"
        ),
        pytest.param(
            "identity_asked@06-09;identity_ok@06-10",
            "2025-07-03",
            id="asked on the last day for asking",
        ),
        pytest.param(
            "identity_asked@06-10;identity_ok@06-20", "2025-07-02", id="one day late"
        ),
        pytest.param("identity_asked@06-10", "2025-07-02", id="asked late, no answer"),
        pytest.param(
            "identity_asked@06-03;identity_ok@06-05;clarification_asked@06-20;"
            "clarified@06-25",
            "2025-07-04",
            id="a late round does not undo one in time",
        ),
        pytest.param(
            "ask_max_days=0;identity_asked@06-02;identity_ok@06-04",
            "2025-07-04",
            id="asked on the day of receipt",
        ),
        pytest.param(
            "extension_notified@06-10;identity_asked@06-03;identity_ok@06-05",
            "2025-09-04",
            id="extended and suspended",
        ),
        pytest.param(
            "extension_notified@06-10;extension_notified@06-20",
            "2025-09-02",
            id="extended once, however often notified",
        ),
        pytest.param(
            "extension_notified@07-10;identity_asked@06-03;identity_ok@06-20",
            "2025-07-22",
            id="a suspension does not prolong the time for the notice; 19 July, a "
            "Saturday, then a Sunday and the national day",
        ),
        pytest.param(
            "policy=restart;identity_asked@06-03;identity_ok@06-20",
            "2025-07-22",
            id="restarted on 20 June; 20 July is a Sunday, 21 the national day",
        ),
        pytest.param(
            "policy=restart;identity_asked@06-20;identity_ok@06-25",
            "2025-07-02",
            id="no restart without a timely request",
        ),
        pytest.param("policy=restart", "2025-07-02", id="nothing to restart"),
        pytest.param(
            "policy=restart;clarification_asked@06-03;clarified@06-20",
            "2025-07-02",
            id="a clarification identifies nobody",
        ),
        pytest.param(
            "policy=restart;clarification_asked@06-03",
            "2025-07-02",
            id="nor does one that is awaited",
        ),
        pytest.param(
            "policy=restart;identity_asked@06-03;identity_ok@06-20;"
            "extension_notified@06-25",
            "2025-09-22",
            id="an extended period counted from the restart; 20 September, a Saturday",
        ),
        pytest.param(
            "policy=strict;identity_asked@06-03", "2025-07-02", id="strict, no answer"
        ),
        pytest.param(
            "fee_requested@06-03;fee_paid@06-20;scope_added@06-10;forwarded_to_dpo@06-04",
            "2025-07-02",
            id="what changes nothing",
        ),
    ],
)
def test_the_day_due(events: str, due: str) -> None:
    assert deadline(events).due == date.fromisoformat(due)


@pytest.mark.parametrize("policy", ["suspend", "restart"])
def test_an_open_suspension_leaves_only_the_strict_days(policy: str) -> None:
    found = deadline(f"policy={policy};identity_asked@06-03")

    assert found.due is None
    assert found.refusal_notice is None
    assert found.ends_at is None
    assert found.due_strict == date(2025, 7, 2)
    assert found.extension_notice == date(2025, 7, 2)


def test_the_strict_day_knows_extension_but_no_suspension() -> None:
    found = deadline("identity_asked@06-03;identity_ok@06-20;extension_notified@06-25")

    assert found.due_strict == date(2025, 9, 2)
    assert found.due == date(2025, 9, 19)
    assert found.suspended_days == 17
    assert found.extended


def test_a_refusal_follows_suspension_and_no_extension() -> None:
    found = deadline("identity_asked@06-03;identity_ok@06-05;extension_notified@06-25")

    assert found.refusal_notice == date(2025, 7, 4)


def test_a_refusal_can_be_kept_to_the_month_by_policy() -> None:
    events = "identity_asked@06-03"

    found = deadline(events, refusal_notice_moved_by_suspension=False)

    assert found.refusal_notice == date(2025, 7, 2)


@pytest.mark.parametrize(
    ("answer", "last_day"), [(";identity_ok@06-20", "2025-07-22"), ("", "2025-07-02")]
)
def test_the_time_for_an_extension_can_move_by_policy(
    answer: str, last_day: str
) -> None:
    events = f"identity_asked@06-03{answer};extension_notified@07-10"

    found = deadline(events, extension_notice_moved_by_suspension=True)

    assert found.extension_notice == date.fromisoformat(last_day)
    assert found.extended == bool(answer)


@pytest.mark.parametrize(
    ("received", "jurisdiction", "ends_at"),
    [
        pytest.param("2026-02-27T10:00:00+01:00", "BE", "2026-03-27T23:00", id="CET"),
        pytest.param("2027-02-28T11:00:00+01:00", "BE", "2027-03-30T22:00", id="CEST"),
        pytest.param(
            "2025-09-26T23:59:59+02:00", "BE", "2025-10-27T23:00", id="autumn"
        ),
        pytest.param(
            "2026-06-10T10:00:00+01:00", "IE", "2026-07-10T23:00", id="Dublin"
        ),
    ],
)
def test_the_due_day_ends_with_its_last_local_hour(
    received: str, jurisdiction: str, ends_at: str
) -> None:
    found = deadline(received=received, jurisdiction=jurisdiction)

    assert found.ends_at == datetime.fromisoformat(ends_at).replace(tzinfo=UTC)


def test_the_result_says_what_it_was_computed_with() -> None:
    bridge = Names("Bridge", "Pont", "Brug", "Brücke")
    calendar = calendar_for("BE").with_holidays(
        [Holiday(date(2025, 7, 2), bridge, "decision")]
    )
    policy = ClockPolicy(version="2026-1")

    found = compute(datetime.fromisoformat(RECEIVED), "BE", (), policy, calendar)

    assert found.due == date(2025, 7, 3)
    assert found.received_on == date(2025, 6, 2)
    assert (found.jurisdiction, found.policy_version) == ("BE", "2026-1")
    assert found.calendar_version == calendar.version


@pytest.mark.parametrize(
    ("target", "day"),
    [
        (Target.FINAL, "2025-07-04"),
        (Target.STRICT_FINAL, "2025-07-02"),
        (Target.EXTENSION_NOTICE, "2025-07-02"),
        (Target.REFUSAL_NOTICE, "2025-07-04"),
        (Target.MARKETING_STOP, "2025-06-04"),
    ],
)
def test_each_target_is_a_day(target: Target, day: str) -> None:
    found = deadline("identity_asked@06-03;identity_ok@06-05")

    assert found.day(target) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("received", "sentence"),
    [
        ("2025-06-02T09:00:00", "has no time zone; add one"),
        ("0001-01-01T00:00:00+14:00", "out of range; years from 1972 to 2999"),
        ("9999-12-31T23:00:00-12:00", "out of range; years from 1972 to 2999"),
    ],
)
def test_an_impossible_receipt_is_refused(received: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        compute(datetime.fromisoformat(received), "BE")


def test_a_day_is_no_instant() -> None:
    day = date(2025, 6, 2)

    with pytest.raises(TypeError, match="the instant of receipt is wanted, not"):
        compute(day, "BE")  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2025-06-01T21:00:00+00:00", "lies before the receipt on 2025-06-02"),
        ("0001-01-01T00:00:00+14:00", "out of range"),
        ("9999-12-31T23:00:00-12:00", "out of range"),
    ],
)
def test_an_impossible_event_is_refused(at: str, sentence: str) -> None:
    event = ClockEvent("identity_asked", datetime.fromisoformat(at))

    with pytest.raises(ValueError, match=sentence):
        compute(datetime.fromisoformat(RECEIVED), "BE", [event])


def test_the_hour_of_an_event_on_the_day_of_receipt_does_not_matter() -> None:
    event = ClockEvent("identity_asked", datetime(2025, 6, 1, 22, 30, tzinfo=UTC))

    found = compute(datetime.fromisoformat(RECEIVED), "BE", [event])

    assert found.due is None


def test_a_calendar_of_another_country_is_refused() -> None:
    received = datetime.fromisoformat(RECEIVED)

    with pytest.raises(ValueError, match="the calendar is of NL, the request of BE"):
        compute(received, "BE", calendar=calendar_for("NL"))
