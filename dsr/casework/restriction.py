"""A request for restriction: the data are marked first, then it is decided on.

GDPR Art. 18; recital 67.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.measures import begin_measure
from dsr.casework.notices import owe_notices, told_of_an_earlier_answer
from dsr.casework.orders import give_orders, ordered_for_an_earlier_answer
from dsr.casework.proceeding import follows
from dsr.casework.ticket_lock import locked, record
from dsr.models import RestrictionExamination, RestrictionMeasure, Ticket
from dsr.policy import PolicyError
from dsr.policy.checks import long_reason
from dsr.policy.restricting import ground_was_not_found_absent
from dsr.rights.restriction import RestrictionTicket
from dsr.vocabulary import (
    Actor,
    Event,
    OrderAct,
    RestrictionGround,
    RightCode,
    State,
)


@transaction.atomic
def apply_restriction(
    ticket_id: int,
    *,
    ground: str,
    what: str = "",
    by: Actor,
    at: datetime,
) -> Ticket:
    """Have every system mark the data, at once and before full proof.

    Source: GDPR Art. 18(1), recital 67.
    """
    ticket = locked(ticket_id, "apply_restriction", by=by, at=at)
    if ground not in RestrictionGround:
        raise PolicyError(_("Choose one of the four grounds of GDPR Art. 18(1)."))
    ground_was_not_found_absent(ticket, ground)
    _apply(ticket, by=by, at=at)
    begin_measure(ticket, RestrictionGround(ground), what=what, by=by, at=at)
    return ticket


@transaction.atomic
def examine_restriction(
    ticket_id: int, *, grounds: Sequence[str], why: str, by: Actor, at: datetime
) -> Ticket:
    """Note which grounds are not present, and why; said again, it replaces the first.

    Source: GDPR Arts. 12(4) and 18(1).
    """
    ticket = locked(ticket_id, "examine_restriction", by=by, at=at)
    absent = [one.value for one in RestrictionGround if one in grounds]
    if not absent or set(grounds) - set(absent):
        raise PolicyError(_("Choose which grounds of GDPR Art. 18(1) are absent."))
    long_reason(why, _("Why they are absent"))
    RestrictionExamination.objects.update_or_create(
        ticket=ticket,
        defaults={
            "grounds": absent,
            "why": why,
            "examined_at": at,
            "examined_by": by.name,
        },
    )
    record(ticket, Event.RESTRICTION_EXAMINED, by=by, at=at, absent=absent)
    return ticket


@follows(RightCode.RESTRICTION)
def go_on(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Take a ticket back to its restriction; once decided, note whom to tell.

    What was marked and told before a reopening is marked and told again.
    """
    begun = RestrictionMeasure.objects.in_force().filter(ticket=ticket)
    if ticket.state == State.IN_PROGRESS and begun.exists():
        _apply(ticket, by=by, at=at)
    elif ticket.state == State.NOTIFYING:
        if ordered_for_an_earlier_answer(ticket, OrderAct.RESTRICT):
            give_orders(ticket, OrderAct.RESTRICT, again=True, by=by, at=at)
        again = told_of_an_earlier_answer(ticket, OrderAct.RESTRICT)
        owe_notices(ticket, OrderAct.RESTRICT, again=again, by=by, at=at)


def _apply(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    if not isinstance(ticket, RestrictionTicket):
        return
    ticket.apply_restriction()
    ticket.save()
    clockwork.set_timers(ticket, at=at)
    record(ticket, Event.RESTRICTION_APPLIED, by=by, at=at)
