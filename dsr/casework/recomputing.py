"""Computes open tickets anew when the calendar or the policy on time limits changed.

Each change is one line in the chain of the desk; each ticket whose dates moved gets
a line of its own, which names that change by its number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.ticket_lock import record
from dsr.controller import current
from dsr.controller.data import NothingInForceError
from dsr.models import (
    DESK,
    LedgerEntry,
    Ticket,
    calendar_of,
    computed_otherwise,
)
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import local_day
from dsr.rights import right_of
from dsr.vocabulary import Actor, Event, Role, TimerKind, WhyMoved

Days = dict[str, str | None]  # the name of a date, and the day in ISO 8601
DATES = ("due_strict", "due", "extension_notice_due", "refusal_notice_due")


@dataclass(frozen=True, slots=True)
class Moved:
    """A ticket of which a date moved; `before` and `after` hold what did."""

    ticket_id: int
    reference: str
    right: str
    before: Days
    after: Days
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a change moved; `change` is its line in the desk's chain, None if none."""

    change: int | None
    computed: int
    moved: tuple[Moved, ...]


@transaction.atomic
def recompute(*, by: Actor, at: datetime) -> Recomputed:
    """Compute anew each open ticket that was computed with another version.

    Done twice, the second time finds nothing to do.

    Raises:
        PolicyError: the actor may not, or a ticket cannot be computed.

    Source: GDPR Art. 5(2): that a date moved, and why, can be shown.

    """
    check_role(by, Role.DPO, Role.SYSTEM)
    tickets = lock_open(computed_otherwise())
    if not tickets:
        return Recomputed(None, 0, ())
    line = LedgerEntry.objects.append(
        DESK,
        Event.DATES_RECOMPUTED,
        by=by.name,
        at=at,
        tickets=len(tickets),
        calendar_version=calendar_of(current().identity.jurisdiction).version,
    )
    return move(tickets, change=line.number, by=by, at=at)


def lock_open(condition: Q) -> list[Ticket]:
    """Return the open tickets that fit, locked until the transaction ends."""
    tickets = Ticket.objects.select_for_update(of=("self",)).open().filter(condition)
    return list(tickets.select_related("case__subject").order_by("pk"))


def move(
    tickets: Iterable[Ticket],
    *,
    change: int,
    calendar: WhyMoved = WhyMoved.CALENDAR,
    by: Actor,
    at: datetime,
) -> Recomputed:
    """Set dates and timers of locked tickets anew, and record each that moved.

    `calendar` says what is to blame where the calendar's version differs.
    """
    every = [_move(one, change, calendar, by=by, at=at) for one in tickets]
    return Recomputed(change, len(every), tuple(one for one in every if one))


def _move(
    ticket: Ticket, change: int, calendar: WhyMoved, *, by: Actor, at: datetime
) -> Moved | None:
    days = _days(ticket)
    versions = ticket.calendar_version, ticket.policy_version
    _set_anew(ticket, at=at)
    now = _days(ticket)
    before = {name: days[name] for name in days if days[name] != now[name]}
    if not before:
        return None
    why = [calendar.value] if versions[0] != ticket.calendar_version else []
    why += [WhyMoved.POLICY.value] if versions[1] != ticket.policy_version else []
    after = {name: now[name] for name in before}
    record(
        ticket,
        Event.TICKET_DATES_MOVED,
        by=by,
        at=at,
        before=before,
        after=after,
        why=why,
        change=change,
        calendar_version=ticket.calendar_version,
        policy_version=ticket.policy_version,
    )
    reference = ticket.case.reference
    return Moved(ticket.pk, reference, ticket.right_code, before, after, tuple(why))


def _set_anew(ticket: Ticket, *, at: datetime) -> None:
    """Write the dates and timers that follow now; who gained time is not overdue."""
    try:
        clockwork.set_dates(ticket)
    except (NothingInForceError, ValueError) as error:
        raise PolicyError(
            _("%(ticket)s cannot be computed anew: %(error)s.")
            % {"ticket": ticket, "error": error}
        ) from error
    if ticket.due is None or ticket.due >= local_day(at):
        ticket.overdue_at = None
    ticket.save()
    clockwork.set_timers(ticket, at=at)


def _days(ticket: Ticket) -> Days:
    """Return the legal days of a ticket, as they stand in its row and its timers."""
    days: dict[str, date | None] = {name: getattr(ticket, name) for name in DATES}
    if right_of(ticket).effect_at_once:
        stop = ticket.timers.filter(kind=TimerKind.MARKETING_STOP_DUE).first()
        days["marketing_stop"] = local_day(stop.due_at) if stop else None
    return {name: day.isoformat() if day else None for name, day in days.items()}
