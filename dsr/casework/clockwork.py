"""Keeps a ticket's dates and timers: always derived anew from its log of events."""

from collections.abc import Mapping
from datetime import date, datetime

from dsr.casework.alarms import first_instants, instants
from dsr.clock.calendars import Calendar
from dsr.clock.deadline import Deadline
from dsr.models import ClockEvent, Ticket, Timer, deadline_of
from dsr.vocabulary import Actor, ClockEventKind, TimerKind

IDENTITY = (ClockEventKind.IDENTITY_ASKED, ClockEventKind.IDENTITY_OK)


def start(ticket: Ticket, calendar: Calendar | None = None) -> Deadline:
    """Save a new ticket with its dates; its clock has no events, and no timers, yet."""
    deadline = set_dates(ticket, calendar)
    ticket.save()
    return deadline


def start_first(ticket: Ticket, calendar: Calendar) -> Deadline:
    """Do so with a ticket of a new case, and set its timers: no row moves them yet."""
    deadline = start(ticket, calendar)
    Timer.objects.bulk_create(
        Timer(ticket=ticket, kind=kind, due_at=due_at)
        for kind, due_at in first_instants(ticket, calendar).items()
    )
    return deadline


def happened(
    ticket: Ticket,
    kind: ClockEventKind,
    *,
    day: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Note what moves the clock, and set the dates and timers that follow from it.

    `day` is the day that the authority or a court ordered, for a reopening.
    """
    ClockEvent.objects.create(ticket=ticket, kind=kind, day=day, at=at, by=by.name)
    set_dates(ticket)
    set_timers(ticket, at=at)


def identity_is_awaited(ticket: Ticket) -> bool:
    """Whether proof of identity was asked for and none has been accepted since."""
    last = ticket.clock_events.filter(kind__in=IDENTITY).last()
    return last is not None and last.kind == ClockEventKind.IDENTITY_ASKED


def set_dates(ticket: Ticket, calendar: Calendar | None = None) -> Deadline:
    """Write the days that follow from the log into the ticket; the caller saves."""
    deadline = deadline_of(ticket, calendar=calendar)
    ticket.received_on = deadline.received_on
    ticket.due_strict, ticket.due = deadline.due_strict, deadline.due
    ticket.extension_notice_due = deadline.extension_notice
    ticket.refusal_notice_due = deadline.refusal_notice
    ticket.policy_version = deadline.policy_version
    ticket.calendar_version = deadline.calendar_version
    return deadline


def freeze(ticket: Ticket) -> None:
    """Keep the dates in force at the reply, as an auditor will ask for them."""
    deadline = deadline_of(ticket)
    ticket.clock_frozen = {
        "due": deadline.due and deadline.due.isoformat(),
        "due_strict": deadline.due_strict.isoformat(),
        "refusal_notice": deadline.refusal_notice
        and deadline.refusal_notice.isoformat(),
        "suspended_days": deadline.suspended_days,
        "extended": deadline.extended,
        "calendar_version": deadline.calendar_version,
        "policy_version": deadline.policy_version,
        "steps": [
            {"text": step.text("en"), "source": step.source.text("en")}
            for step in deadline.steps
        ],
    }


def set_timers(ticket: Ticket, *, at: datetime) -> None:
    """Move the ticket's timers to where its dates now want them.

    A timer whose instant moved into the future rings again; one that rang and
    did not move stays rung, unless it called for what has been done since. An
    ended ticket has none to come.
    """
    wanted = instants(ticket)
    known = {timer.kind: timer for timer in Timer.objects.filter(ticket=ticket)}
    over = [one.pk for one in known.values() if _is_over(one, ticket, wanted)]
    Timer.objects.filter(pk__in=over).delete()
    Timer.objects.bulk_create(
        Timer(ticket=ticket, kind=kind, due_at=due_at)
        for kind, due_at in wanted.items()
        if kind not in known
    )
    for timer in known.values():
        due_at = wanted.get(timer.kind, timer.due_at)
        if timer.due_at != due_at:
            timer.due_at = due_at
            timer.fired_at = timer.fired_at if due_at <= at else None
            timer.save(update_fields=["due_at", "fired_at"])


def _is_over(timer: Timer, ticket: Ticket, wanted: Mapping[str, datetime]) -> bool:
    """Whether the timer has to go: nothing is to come of it, or to be done."""
    if timer.kind in wanted:
        return False
    calls = ticket.is_open and timer.kind in TimerKind.UNTIL_DONE
    return calls or timer.fired_at is None
