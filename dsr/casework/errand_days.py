"""Until when somebody has to answer a task, and when they are reminded.

The day is counted back from the legal one, so that the desk can still review, decide
and reply after it. The house's own pace; the law knows only its last day.
"""

from collections.abc import Iterator
from datetime import date, datetime

from dsr.casework.alarms import morning, working_days_before
from dsr.clock.calendars import Calendar
from dsr.controller import current
from dsr.models import Errand, calendar_of
from dsr.policy.checks import local_day
from dsr.vocabulary import ErrandState

REVIEW_DAYS = 8  # working days that the desk keeps after a search: review, reply
CLOSING_DAYS = 4  # after an order: notices, reply
AT_ONCE_DAYS = 2  # what an owner gets where the effect may not wait
NOTICE_DAYS = 10  # until a recipient is asked again whether it is done


def answer_by(
    days: Calendar, today: date, legal_day: date, *, given: int, kept: int
) -> date:
    """Return the day by which an answer is needed.

    `given` working days from today, but earlier where the legal day less the `kept`
    working days of the desk comes first; never before the next working day.
    """
    soonest = days.nth_working_day_after(today, 1)
    wanted = days.nth_working_day_after(today, given)
    return max(soonest, min(wanted, working_days_before(days, legal_day, kept)))


def reminders(days: Calendar, given_on: date, last: date) -> Iterator[date]:
    """Yield the days of the reminders: half-way, the day before, the day after."""
    half = days.roll(given_on + (last - given_on) // 2)
    before = working_days_before(days, last, 1)
    after = days.nth_working_day_after(last, 1)
    for day in dict.fromkeys((half, before, after)):
        if day > given_on:
            yield day


def next_reminder(errand: Errand, *, at: datetime) -> datetime | None:
    """Return when somebody is reminded next, or None after the last time."""
    if errand.state != ErrandState.ASKED:
        return None
    days = calendar_of(current().identity.jurisdiction)
    given_on = local_day(errand.given_at)
    mornings = (morning(one) for one in reminders(days, given_on, errand.answer_by))
    return next((one for one in mornings if one > at), None)
