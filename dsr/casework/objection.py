"""An objection: on what the use rests, how the interests weigh, and what then stops.

GDPR Art. 21(1) and (6); while it is weighed the data are restricted, Art. 18(1)(d).
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.measures import begin_measure
from dsr.casework.opening import add_right
from dsr.casework.orders import open_orders, order_as_decided
from dsr.casework.proceeding import follows
from dsr.casework.ticket_lock import locked, record
from dsr.casework.undone import taken_back
from dsr.controller import current
from dsr.models import BalancingRecord, ObjectedPurpose, Ticket
from dsr.models.objection import OBJECTIONABLE
from dsr.policy import PolicyError
from dsr.policy.checks import long_reason
from dsr.policy.objecting import purposes_can_be_weighed
from dsr.rights.objection import ObjectionTicket
from dsr.vocabulary import (
    Actor,
    Event,
    OrderAct,
    Outcome,
    RestrictionGround,
    RightCode,
    State,
    Weighing,
)


@transaction.atomic
def check_basis(
    ticket_id: int, *, purposes: Sequence[str], by: Actor, at: datetime
) -> Ticket:
    """Note which purposes are meant, and on what each rests by our own policy."""
    ticket = locked(ticket_id, "check_basis", by=by, at=at)
    chosen = list(dict.fromkeys(purposes))
    purposes_can_be_weighed(chosen)
    ticket.objected.exclude(purpose__in=chosen).delete()
    BalancingRecord.objects.filter(ticket=ticket).delete()  # of other purposes
    for code in chosen:
        basis = list(current().purposes[code].basis)
        ObjectedPurpose.objects.update_or_create(
            ticket=ticket,
            purpose=code,
            defaults={
                "basis": basis,
                "objectionable": not set(OBJECTIONABLE).isdisjoint(basis),
                "result": "",
                "noted_at": at,
                "noted_by": by.name,
            },
        )
    _check(ticket, by=by, at=at)
    return ticket


@transaction.atomic
def begin_balancing(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Restrict the data until it is known whose grounds override. Art. 18(1)(d)."""
    ticket = locked(ticket_id, "begin_balancing", by=by, at=at)
    _weigh(ticket, by=by, at=at)
    begin_measure(ticket, RestrictionGround.OBJECTION_PENDING, by=by, at=at)
    return ticket


@transaction.atomic
def weigh_interests(
    ticket_id: int,
    *,
    situation: str,
    interest: str,
    alternatives: str,
    business_owner: str,
    continuing: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Ticket:
    """Write down the weighing; every purpose that is not named to go on stops.

    Source: GDPR Art. 21(1): it is the controller who demonstrates.
    """
    ticket = locked(ticket_id, "weigh_interests", by=by, at=at)
    long_reason(situation, _("The person's situation"))
    long_reason(interest, _("The interest in the processing"))
    long_reason(alternatives, _("The alternatives considered"))
    if not business_owner.strip():
        raise PolicyError(_("Name the business owner of the purpose."))
    objected = {one.purpose: one for one in ticket.objected.filter(objectionable=True)}
    if set(continuing) - set(objected):
        raise PolicyError(
            _("Only these purposes are weighed: %(purposes)s.")
            % {"purposes": ", ".join(objected)}
        )
    for code, one in objected.items():
        one.result = Weighing.CONTINUE if code in continuing else Weighing.STOP
        one.save(update_fields=["result"])
    BalancingRecord.objects.update_or_create(
        ticket=ticket,
        defaults={
            "situation": situation,
            "interest": interest,
            "alternatives": alternatives,
            "business_owner": business_owner.strip(),
            "weighed_at": at,
            "weighed_by": by.name,
        },
    )
    results = {code: one.result for code, one in objected.items()}
    record(ticket, Event.OBJECTION_WEIGHED, by=by, at=at, results=results)
    return ticket


def erase_what_stopped(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Open a request for erasure after an objection that holds.

    The caller holds the locks of the case. GDPR Art. 17(1)(c); C-26/22.
    """
    upheld = ticket.right_code == RightCode.OBJECTION
    if not upheld or ticket.outcome not in Outcome.CARRIED_OUT:
        raise PolicyError(_("Erasure follows only from an objection that holds."))
    erasure = add_right(
        ticket.case_id, right_code=RightCode.ERASURE, received_at=at, by=by, at=at
    )
    record(ticket, Event.OBJECTION_ERASES, by=by, at=at, erasure=erasure.pk)
    return erasure


@follows(RightCode.OBJECTION)
def go_on(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Take a ticket back to its weighing; once decided, order the systems to stop."""
    if ticket.state == State.IN_PROGRESS and ticket.objected.exists():
        _check(ticket, by=by, at=at)
    pending = ticket.measures.filter(ground=RestrictionGround.OBJECTION_PENDING)
    if ticket.state == State.BASIS_CHECK and pending.exists():
        _weigh(ticket, by=by, at=at)
    elif ticket.state == State.EXECUTING:
        _stop(ticket, by=by, at=at)


def _stop(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    order_as_decided(ticket, OrderAct.STOP, by=by, at=at)
    if open_orders(ticket).exists() or not isinstance(ticket, ObjectionTicket):
        return
    if taken_back(ticket, OrderAct.STOP, at=at):
        go_on(ticket, by, at)


def _check(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    if isinstance(ticket, ObjectionTicket):
        ticket.check_basis()
        ticket.save()
        clockwork.set_timers(ticket, at=at)
        purposes = list(ticket.objected.values_list("purpose", flat=True))
        record(ticket, Event.OBJECTION_BASIS, by=by, at=at, purposes=purposes)


def _weigh(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    if isinstance(ticket, ObjectionTicket):
        ticket.begin_balancing()
        ticket.save()
        clockwork.set_timers(ticket, at=at)
        record(ticket, Event.OBJECTION_BALANCING, by=by, at=at)
