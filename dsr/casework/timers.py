"""Fires what is due: rows, so a lost broker or a doubled beat changes nothing."""

from datetime import datetime

from django.db import connection, transaction

from dsr.casework.clarification import clarify
from dsr.casework.ticket_lock import lock, record
from dsr.models import Timer
from dsr.vocabulary import SYSTEM, Event, State, TimerKind


def fire_timers(*, at: datetime) -> int:
    """Fire every timer that has come due, each in its own transaction; count them."""
    fired = 0
    while _fire_next(at):
        fired += 1
    return fired


@transaction.atomic
def _fire_next(at: datetime) -> bool:
    skip = connection.features.has_select_for_update_skip_locked
    timer = Timer.objects.due(at).select_for_update(skip_locked=skip).first()
    if timer is None:
        return False
    timer.fired_at = at
    timer.save(update_fields=["fired_at"])
    _ring(timer, at=at)
    return True


def _ring(timer: Timer, *, at: datetime) -> None:
    """Do what the timer is for; most only call the desk's attention."""
    ticket = lock(timer.ticket_id)
    if not ticket.is_open:
        return
    if timer.kind == TimerKind.DUE_PASSED:
        ticket.overdue_at = at
        ticket.save(update_fields=["overdue_at"])
        record(ticket, Event.TICKET_OVERDUE, by=SYSTEM, at=at)
        return
    record(ticket, Event.TICKET_ALARM, by=SYSTEM, at=at, alarm=timer.kind)
    silent = timer.kind == TimerKind.CLARIFICATION_TIMEOUT
    if silent and ticket.state == State.AWAITING_CLARIFICATION:
        clarify(ticket.pk, answer="", by=SYSTEM, at=at)
