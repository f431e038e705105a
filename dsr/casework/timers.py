"""Fires what is due: rows, so a lost broker or a doubled beat changes nothing."""

import logging
from datetime import datetime

from django.db import transaction

from dsr.casework.alarms import instants
from dsr.casework.clarification import clarify
from dsr.casework.fee_ends import fee_lapsed
from dsr.casework.identity import remind_of_proof
from dsr.casework.kept_data import erase_what_is_due
from dsr.casework.lifting import lift_announced
from dsr.casework.ticket_lock import lock, record
from dsr.controller.data import NothingInForceError
from dsr.models import Ticket, Timer
from dsr.policy import PolicyError
from dsr.vocabulary import SYSTEM, Event, State, TimerKind

logger = logging.getLogger(__name__)


def fire_timers(*, at: datetime) -> int:
    """Fire every timer that has come due, each in its own transaction; count them.

    One that cannot do what it is for stays due, and keeps no other from firing.
    """
    fired = 0
    for timer_id, ticket_id in Timer.objects.due(at).values_list("pk", "ticket_id"):
        try:
            fired += _fire(timer_id, ticket_id, at=at)
        except (PolicyError, NothingInForceError) as error:
            logger.warning("timer %d did not fire: %s", timer_id, error)
    return fired


@transaction.atomic
def _fire(timer_id: int, ticket_id: int, *, at: datetime) -> bool:
    """Fire a timer unless another worker did; the ticket is locked first, as ever."""
    ticket = lock(ticket_id)
    timer = Timer.objects.due(at).select_for_update().filter(pk=timer_id).first()
    if timer is None:
        return False
    if timer.kind not in instants(ticket):
        timer.delete()  # what it would call for is done, or can be done no more
        return False
    timer.fired_at = at
    timer.save(update_fields=["fired_at"])
    _ring(timer, ticket, at=at)
    return True


def _ring(timer: Timer, ticket: Ticket, *, at: datetime) -> None:
    """Do what the timer is for; most only call the desk's attention."""
    if timer.kind == TimerKind.DUE_PASSED:
        ticket.overdue_at = at
        ticket.save(update_fields=["overdue_at"])
        record(ticket, Event.TICKET_OVERDUE, by=SYSTEM, at=at)
        return
    if timer.kind == TimerKind.RESTRICTION_LIFT:
        lift_announced(ticket, at=at)
        return
    record(ticket, Event.TICKET_ALARM, by=SYSTEM, at=at, alarm=timer.kind)
    if timer.kind == TimerKind.KEEP_UNTIL:
        erase_what_is_due(ticket, at=at)
    if timer.kind == TimerKind.FEE_TIMEOUT:
        fee_lapsed(ticket.pk, by=SYSTEM, at=at)
    if timer.kind == TimerKind.IDENTITY_REMINDER:
        remind_of_proof(ticket, at=at)
    silent = timer.kind == TimerKind.CLARIFICATION_TIMEOUT
    if silent and ticket.state == State.AWAITING_CLARIFICATION:
        clarify(ticket.pk, answer="", by=SYSTEM, at=at)
