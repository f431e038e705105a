"""Public holidays added and removed by the DPO; the open tickets follow at once."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dsr.casework.recomputing import Recomputed, lock_open, move
from dsr.clock.calendars import Calendar
from dsr.clock.deadline import FIRST_YEAR, LAST_YEAR
from dsr.clock.languages import LANGUAGES, Names
from dsr.controller import current
from dsr.models import DESK, LedgerEntry, PublicHoliday, Ticket, calendar_of
from dsr.policy import PolicyError, check_role
from dsr.vocabulary import Actor, Event, Role, WhyMoved

LONGEST_NAME, LONGEST_SOURCE = 100, 250  # characters


@dataclass(frozen=True, slots=True)
class NewHoliday:
    """A day to add, its name in the four languages, and the text that makes it one."""

    jurisdiction: str
    day: date
    names: Names
    source: str


@transaction.atomic
def add_holiday(new: NewHoliday, *, by: Actor, at: datetime) -> Recomputed:
    """Add a public holiday, and compute the open tickets of its jurisdiction anew.

    Raises:
        PolicyError: the actor is no DPO, a name or the source is missing, the
            jurisdiction is unknown, or the day is a public holiday already.

    Source: Regulation 1182/71 Art. 2(1) and 3(4).

    """
    check_role(by, Role.DPO)
    _check_words(new)
    tickets = _lock_concerned(new.jurisdiction)
    # The line comes first: its chain is the lock that lets one change in at a time.
    change = _record(new, Event.HOLIDAY_ADDED, by=by, at=at)
    _check_day(new)
    PublicHoliday.objects.create(
        jurisdiction=new.jurisdiction,
        day=new.day,
        source=new.source.strip(),
        added_at=at,
        added_by=by.name,
        **{
            f"name_{language}": new.names.text(language).strip()
            for language in LANGUAGES
        },
    )
    why = WhyMoved.HOLIDAY_ADDED
    return move(tickets, change=change, calendar=why, by=by, at=at)


@transaction.atomic
def remove_holiday(holiday_id: int, *, why: str, by: Actor, at: datetime) -> Recomputed:
    """Take back a holiday that the desk added; its row stays, with the reason.

    Raises:
        PolicyError: the actor is no DPO, there is no reason, or the holiday is
            not there any more.

    """
    check_role(by, Role.DPO)
    if not why.strip():
        raise PolicyError(_("Say why it is no public holiday."))
    known = PublicHoliday.objects.filter(pk=holiday_id).first()
    if known is None:
        raise PolicyError(_("The desk added no such public holiday; look at the list."))
    tickets = _lock_concerned(known.jurisdiction)
    change = _record(known, Event.HOLIDAY_REMOVED, by=by, at=at)
    holiday = PublicHoliday.objects.select_for_update().get(pk=holiday_id)
    if holiday.removed_at is not None:
        raise PolicyError(
            _("%(day)s was removed already, by %(who)s; add it again if it is one.")
            % {"day": date_format(holiday.day), "who": holiday.removed_by}
        )
    holiday.removed_at, holiday.removed_by = at, by.name
    holiday.removed_because = why.strip()
    holiday.save(update_fields=["removed_at", "removed_by", "removed_because"])
    reason = WhyMoved.HOLIDAY_REMOVED
    return move(tickets, change=change, calendar=reason, by=by, at=at)


def _record(
    one: NewHoliday | PublicHoliday, event: Event, *, by: Actor, at: datetime
) -> int:
    """Write a change of the calendar in the desk's chain; return its number."""
    facts = {"jurisdiction": one.jurisdiction, "day": one.day.isoformat()}
    return LedgerEntry.objects.append(DESK, event, by=by.name, at=at, **facts).number


def _lock_concerned(jurisdiction: str) -> list[Ticket]:
    """Return the open tickets under that calendar: all, or none of this controller."""
    ours = current().identity.jurisdiction
    if jurisdiction not in (ours, ours.partition("-")[0]):
        return []
    return lock_open(Q())


def _check_words(new: NewHoliday) -> None:
    names = [name.strip() for name in new.names]
    if not all(names) or max(map(len, names)) > LONGEST_NAME:
        raise PolicyError(
            _("Give its name in each of the four languages, in %(most)d characters.")
            % {"most": LONGEST_NAME}
        )
    source = new.source.strip()
    if not source or len(source) > LONGEST_SOURCE:
        raise PolicyError(
            _("Say which text makes it a public holiday, in %(most)d characters.")
            % {"most": LONGEST_SOURCE}
        )


def _check_day(new: NewHoliday) -> None:
    if not FIRST_YEAR <= new.day.year <= LAST_YEAR:
        raise PolicyError(
            _("The year %(year)d is out of range; give one from %(first)d to %(last)d.")
            % {"year": new.day.year, "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    already = _calendar(new.jurisdiction).holiday(new.day)
    if already is not None:
        language = (get_language() or "en")[:2]
        raise PolicyError(
            _("%(day)s is a public holiday already: %(name)s (%(source)s).")
            % {
                "day": date_format(new.day),
                "name": already.names.text(language if language in LANGUAGES else "en"),
                "source": already.source,
            }
        )


def _calendar(jurisdiction: str) -> Calendar:
    try:
        return calendar_of(jurisdiction)
    except ValueError as error:
        raise PolicyError(
            _("There is no calendar to add to: %(error)s.") % {"error": error}
        ) from error
