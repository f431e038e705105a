"""One period, measured: where it starts, what holds it, where it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dsr.clock.calendars import Calendar
from dsr.clock.events import (
    ClockEvent,
    ClockPolicy,
    EventKind,
    ExtensionBase,
    Suspension,
)
from dsr.clock.months import add_months
from dsr.clock.suspension import Pauses, days_held, pauses

MONTH = 1  # GDPR Art. 12(3), first sentence: "within one month of receipt"


@dataclass(frozen=True, slots=True)
class Period:
    """A request's period and the choices it is measured with.

    `received_on` is the day from which it counts: of the receipt or, once the
    request was reopened, of the last reopening. `log` holds what happened since, in
    that order.
    """

    received_on: date
    log: Sequence[ClockEvent]
    held: Pauses
    policy: ClockPolicy
    calendar: Calendar
    first_received_on: date
    reopened: ClockEvent | None = None

    @property
    def start(self) -> date:
        """Return the day the period is counted from; that day is not counted."""
        if self.policy.suspension != Suspension.RESTART:
            return self.received_on
        answers = (ask.answered_on for ask in self.held.accepted if ask.answered_on)
        return max(answers, default=self.received_on)

    @property
    def ordered(self) -> date | None:
        """Return the day that the authority or a court set when it was reopened.

        Nothing moves it. Source: GDPR Art. 58(2)(c) and (d), 79.
        """
        return self.reopened.day if self.reopened else None

    @property
    def suspended_days(self) -> int:
        """Count the days that the period stood still."""
        if self.policy.suspension != Suspension.SUSPEND or self.ordered:
            return 0
        return days_held(self.held.accepted)

    @property
    def is_open(self) -> bool:
        """Say whether an answer is still awaited, so that no last day exists."""
        return self.held.open is not None and self.ordered is None

    @property
    def extension_notice(self) -> date:
        """Return the last day for the notice of an extension.

        While a suspension is open its days are not known, and none are added.

        Source: GDPR Art. 12(3), third sentence: "within one month of receipt".
        """
        if self.ordered:
            return self.ordered
        if self.policy.extension_notice_moved_by_suspension and not self.is_open:
            return self.roll(add_months(self.start, MONTH))
        return self.calendar.roll(add_months(self.received_on, MONTH))

    @property
    def extension_notices(self) -> list[date]:
        """Return the local days on which an extension was notified."""
        return [
            event.at.astimezone(self.calendar.time_zone).date()
            for event in self.log
            if event.kind == EventKind.EXTENSION_NOTIFIED
        ]

    @property
    def further_months(self) -> int:
        """Return the months added by an extension notified in time.

        Source: GDPR Art. 12(3), second and third sentence.
        """
        if self.ordered:
            return 0
        in_time = any(day <= self.extension_notice for day in self.extension_notices)
        return self.policy.extension_months if in_time else 0

    @property
    def due(self) -> date | None:
        """Return the last day for the answer."""
        if self.ordered:
            return self.ordered
        return None if self.is_open else self.roll(self.nominal(self.start))

    @property
    def due_strict(self) -> date:
        """Return the last day as if no suspension existed."""
        if self.ordered:
            return self.ordered
        return self.calendar.roll(self.nominal(self.received_on))

    @property
    def refusal_notice(self) -> date | None:
        """Return the last day for a refusal, which no extension moves.

        Source: GDPR Art. 12(4).
        """
        if self.ordered:
            return self.ordered
        if not self.policy.refusal_notice_moved_by_suspension:
            return self.calendar.roll(add_months(self.received_on, MONTH))
        return None if self.is_open else self.roll(add_months(self.start, MONTH))

    @property
    def marketing_stop(self) -> date:
        """Return the day by which a marketing objection has taken effect."""
        return self.calendar.nth_working_day_after(
            self.received_on, self.policy.marketing_sla_working_days
        )

    def nominal(self, start: date) -> date:
        """Return the end of the period before suspension and shift."""
        if self.policy.extension_base == ExtensionBase.CHAINED:
            return add_months(add_months(start, MONTH), self.further_months)
        return add_months(start, MONTH + self.further_months)

    def unrolled(self, nominal: date) -> date:
        """Add the suspended days, before any shift, so that none counts twice."""
        return nominal + timedelta(days=self.suspended_days)

    def roll(self, nominal: date) -> date:
        """Add the suspended days, then shift once to a working day."""
        return self.calendar.roll(self.unrolled(nominal))


def measure(
    received_on: date,
    log: Sequence[ClockEvent],
    policy: ClockPolicy,
    calendar: Calendar,
) -> Period:
    """Return the period of a request received on that local day.

    One that was reopened counts anew from that day; what went before is history.
    """
    reopened, since = _since_reopening(log)
    start = received_on
    if reopened is not None:
        start = reopened.at.astimezone(calendar.time_zone).date()
    held = pauses(since, start, calendar.time_zone, policy)
    return Period(start, since, held, policy, calendar, received_on, reopened)


def _since_reopening(
    log: Sequence[ClockEvent],
) -> tuple[ClockEvent | None, Sequence[ClockEvent]]:
    """Return the last reopening, if any, and what happened after it."""
    for place in reversed(range(len(log))):
        if log[place].kind == EventKind.REOPENED:
            return log[place], log[place + 1 :]
    return None, log
