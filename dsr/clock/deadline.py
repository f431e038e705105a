"""The deadline: by which day the law wants an answer.

Pure arithmetic on local days. Nothing here reads the database, the settings or the
time of day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from dsr.clock.calendars import DAY, Calendar, calendar_for
from dsr.clock.derivation import Step
from dsr.clock.events import ClockEvent, ClockPolicy, Target
from dsr.clock.explain import explain, notices
from dsr.clock.period import Period, measure

FIRST_YEAR, LAST_YEAR = 1972, 2999  # Regulation 1182/71 applies from 1 July 1971
DEFAULT_POLICY = ClockPolicy()


@dataclass(frozen=True, slots=True)
class Deadline:
    """The legal days of one request, all local calendar days of the jurisdiction.

    `due` and `refusal_notice` are None while a suspension is open; `due_strict` is
    the day as if no suspension existed. `counted_from` is the day of receipt or, once
    reopened, that of the last reopening. `ends_at` is the first instant that is too
    late, in UTC. `notices` are the steps that state the days beside the due day.
    """

    received_on: date
    counted_from: date
    due: date | None
    due_strict: date
    extension_notice: date
    refusal_notice: date | None
    marketing_stop: date
    ends_at: datetime | None
    suspended_days: int
    extended: bool
    jurisdiction: str
    calendar_version: str
    policy_version: str
    steps: tuple[Step, ...]
    notices: Mapping[Target, Step]

    def day(self, target: Target = Target.FINAL) -> date | None:
        """Return the day asked for; None when it cannot be computed yet."""
        return {
            Target.FINAL: self.due,
            Target.STRICT_FINAL: self.due_strict,
            Target.EXTENSION_NOTICE: self.extension_notice,
            Target.REFUSAL_NOTICE: self.refusal_notice,
            Target.MARKETING_STOP: self.marketing_stop,
        }[target]

    def steps_to(self, target: Target = Target.FINAL) -> tuple[Step, ...]:
        """Return the derivation of the due day, ending with the day asked for."""
        notice = self.notices.get(target)
        return self.steps if notice is None else (*self.steps, notice)


def compute(
    received_at: datetime,
    jurisdiction: str,
    events: Iterable[ClockEvent] = (),
    policy: ClockPolicy = DEFAULT_POLICY,
    calendar: Calendar | None = None,
) -> Deadline:
    """Return every legal day of a request, with the derivation of the due day.

    Args:
        received_at: the aware instant at which the request reached the controller.
        jurisdiction: a country (`BE`) or a German Land (`DE-BY`): where the
            controller must act.
        events: what happened since, in any order.
        policy: the house's choices where the law leaves one.
        calendar: the jurisdiction's calendar when holidays were added to it.

    Raises:
        TypeError: `received_at` is a day, not an instant.
        ValueError: an instant without time zone, an event before the day of
            receipt, an unknown jurisdiction, a year out of range.

    Source:
        GDPR Art. 12(3) and (4); Regulation 1182/71 Art. 3; EDPB Guidelines 01/2022
        §§ 157-163.

    """
    calendar = _calendar(jurisdiction, calendar)
    received_on = _local_day(received_at, calendar)
    log = _in_order(events, received_on, calendar)
    return _deadline(measure(received_on, log, policy, calendar))


def _deadline(period: Period) -> Deadline:
    due, calendar = period.due, period.calendar
    return Deadline(
        received_on=period.first_received_on,
        counted_from=period.received_on,
        due=due,
        due_strict=period.due_strict,
        extension_notice=period.extension_notice,
        refusal_notice=period.refusal_notice,
        marketing_stop=period.marketing_stop,
        ends_at=None if due is None else end_of(due, calendar),
        suspended_days=period.suspended_days,
        extended=period.further_months > 0,
        jurisdiction=calendar.code,
        calendar_version=calendar.version,
        policy_version=period.policy.version,
        steps=explain(period),
        notices=notices(period),
    )


def end_of(day: date, calendar: Calendar) -> datetime:
    """Return the instant at which that local day is over, in UTC.

    Source: Regulation 1182/71 Art. 3(2)(c): the expiry of the last hour.
    """
    midnight = datetime.combine(day + DAY, time.min, tzinfo=calendar.time_zone)
    return midnight.astimezone(UTC)


def _calendar(jurisdiction: str, given: Calendar | None) -> Calendar:
    if given is None:
        return calendar_for(jurisdiction)
    if given.code != jurisdiction:
        raise ValueError(
            f"the calendar is of {given.code}, the request of {jurisdiction}; "
            f"give the calendar of {jurisdiction}"
        )
    return given


def _local_day(received_at: datetime, calendar: Calendar) -> date:
    if not isinstance(received_at, datetime):
        raise TypeError(
            f"the instant of receipt is wanted, not {received_at!r}; "
            "its day depends on the time zone"
        )
    if received_at.utcoffset() is None:
        raise ValueError(
            f"the receipt {received_at.isoformat()} has no time zone; "
            "add one, as in 2026-03-05T10:00:00+01:00"
        )
    if not FIRST_YEAR <= received_at.year <= LAST_YEAR:
        raise ValueError(
            f"the receipt {received_at.isoformat()} is out of range; "
            f"years from {FIRST_YEAR} to {LAST_YEAR} can be computed"
        )
    return received_at.astimezone(calendar.time_zone).date()


def _in_order(
    events: Iterable[ClockEvent], received_on: date, calendar: Calendar
) -> list[ClockEvent]:
    log = sorted(events, key=lambda event: event.at)
    for event in log:
        if not FIRST_YEAR <= event.at.year <= LAST_YEAR:
            raise ValueError(
                f"{event.kind}@{event.at.isoformat()} is out of range; "
                f"years from {FIRST_YEAR} to {LAST_YEAR} can be computed"
            )
        if event.at.astimezone(calendar.time_zone).date() < received_on:
            raise ValueError(
                f"{event.kind}@{event.at.isoformat()} lies before the receipt on "
                f"{received_on}; correct one of the two"
            )
    return log
