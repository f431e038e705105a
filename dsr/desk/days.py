"""Today, and how many working days are left, as the controller counts them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dsr.clock.calendars import Calendar
from dsr.controller import current
from dsr.models import calendar_of


@dataclass(frozen=True)
class Today:
    """The instant of a request, and its local day with the working days around it."""

    at: datetime

    @cached_property
    def calendar(self) -> Calendar:
        """Return the controller's calendar."""
        return calendar_of(current().identity.jurisdiction)

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the controller's time zone."""
        return ZoneInfo(current().identity.time_zone)

    @cached_property
    def day(self) -> date:
        """Return the local calendar day."""
        return self.at.astimezone(self.zone).date()

    @cached_property
    def month_start(self) -> datetime:
        """Return the first instant of the local month."""
        return datetime.combine(self.day.replace(day=1), time.min, tzinfo=self.zone)

    def in_working_days(self, number: int) -> date:
        """Return the day on which that many working days from now are over."""
        return self.calendar.nth_working_day_after(self.day, number)

    def working_days_to(self, day: date) -> int:
        """Count the working days left; negative when the day has passed."""
        return self.calendar.working_days_between(self.day, day)


@dataclass(frozen=True, slots=True)
class Left:
    """How much time is left: in words, with a shape for who reads at a glance."""

    words: str
    shape: str
    urgency: str


SHAPES = {"over": "▲", "near": "◆", "soon": "●", "far": "○"}
NEAR, SOON = 2, 5  # working days


def today() -> Today:
    """Read the time of day; a door may."""
    return Today(timezone.now())


def time_left(day: date, now: Today) -> Left:
    """Say how many working days are left until a day."""
    number = now.working_days_to(day)
    if day < now.day:
        return _left(_late(-number), "over")
    if day == now.day:
        return _left(_("today is the last day"), "near")
    words = ngettext(
        "%(number)d working day left", "%(number)d working days left", number
    )
    urgency = "near" if number <= NEAR else "soon" if number <= SOON else "far"
    return _left(words % {"number": number}, urgency)


def _late(number: int) -> str:
    words = ngettext(
        "%(number)d working day late", "%(number)d working days late", number
    )
    return words % {"number": number}


def _left(words: str, urgency: str) -> Left:
    return Left(words, SHAPES[urgency], urgency)


def short_day(day: date) -> str:
    """Write a day as in "Tue 7 Apr 2026", in the reader's language."""
    return date_format(day, "D j M Y")
