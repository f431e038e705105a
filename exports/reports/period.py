"""A span of local calendar days, both included; a leaf."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


class BadPeriodError(ValueError):
    """The days given are no period; the sentence says what to give instead."""


@dataclass(frozen=True, slots=True)
class Period:
    """From one local day to another, in the controller's time zone."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def begins_at(self) -> datetime:
        """The first instant."""
        return datetime.combine(self.first, time.min, tzinfo=self.zone)

    @property
    def ends_at(self) -> datetime:
        """The first instant that is too late."""
        return datetime.combine(self.last + DAY, time.min, tzinfo=self.zone)

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The first instant and the first that is too late."""
        return self.begins_at, self.ends_at


def read_period(first: str, last: str, zone: ZoneInfo) -> Period:
    """Return the period between two ISO days; BadPeriodError where there is none."""
    period = Period(_day(first, "first"), _day(last, "last"), zone)
    if period.last < period.first:
        raise BadPeriodError(
            f"the last day, {last}, lies before the first, {first}; exchange them"
        )
    if period.last >= date.max:
        raise BadPeriodError(f"the last day, {last}, is out of range")
    return period


def _day(text: str, which: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadPeriodError(
            f"the {which} day is {text!r}; give a day like 2026-01-31"
        ) from None
