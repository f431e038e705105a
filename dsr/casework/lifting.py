"""How a restriction ends: proposed, agreed to by a second person, told, then lifted.

Nothing is lifted of which the person was not informed before. GDPR Art. 18(3).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.clockwork import set_timers
from dsr.casework.closing import close_if_done
from dsr.casework.correspondence import take_back, write
from dsr.casework.measure_lock import locked_measure, record_measure
from dsr.casework.notices import owe_no_more, owe_notices
from dsr.casework.orders import give_orders
from dsr.models import RestrictionMeasure, Ticket
from dsr.policy.checks import local_day, long_reason
from dsr.vocabulary import SYSTEM, Actor, Event, LetterKind, MeasureState, OrderAct


@transaction.atomic
def propose_lift(
    measure_id: int, *, reason: str, by: Actor, at: datetime
) -> RestrictionMeasure:
    """Say why the ground has ended, in words for the person. GDPR Art. 18(1)."""
    measure = locked_measure(measure_id, "propose_lift", by=by, at=at)
    long_reason(reason, _("The reason"))
    measure.propose_lift(reason=reason, by=by.name, at=at)
    measure.save()
    record_measure(measure, Event.MEASURE_LIFT_PROPOSED, by=by, at=at)
    return measure


@transaction.atomic
def approve_lift(measure_id: int, *, by: Actor, at: datetime) -> RestrictionMeasure:
    """Agree as a second person, and send the notice. GDPR Art. 18(3)."""
    measure = locked_measure(measure_id, "approve_lift", by=by, at=at)
    ticket = measure.ticket
    notice = write(
        LetterKind.LIFT_NOTICE,
        case=ticket.case,
        ticket=ticket,
        parts={"measure_id": measure.pk, "reasons": measure.lift_reason},
        by=by,
        at=at,
    )
    measure.approve_lift(notice=notice, by=by.name, at=at)
    measure.save()
    record_measure(
        measure,
        Event.MEASURE_LIFT_APPROVED,
        by=by,
        at=at,
        letter=notice.pk,
        proposed_by=measure.lift_proposed_by,
    )
    return measure


@transaction.atomic
def keep_measure(
    measure_id: int, *, why: str, by: Actor, at: datetime
) -> RestrictionMeasure:
    """Keep the restriction after all; an unsent notice is taken back."""
    measure = locked_measure(measure_id, "keep_measure", by=by, at=at)
    long_reason(why, _("The reason"))
    if measure.notice is not None:
        take_back(measure.notice, by=by, at=at)
    measure.keep()
    measure.save()
    set_timers(measure.ticket, at=at)
    record_measure(measure, Event.MEASURE_KEPT, by=by, at=at)
    return measure


@transaction.atomic
def lift_measure(measure_id: int, *, by: Actor, at: datetime) -> RestrictionMeasure:
    """Lift what was announced, once the wait is over. GDPR Art. 18(3).

    The systems use the data again, and the recipients are told, only when no other
    restriction of the person's data is in force: the marking is one for all of them.
    """
    measure = locked_measure(measure_id, "lift_measure", by=by, at=at)
    ticket = measure.ticket
    measure.lift(by=by.name, at=at)
    measure.save()
    others = RestrictionMeasure.objects.of(ticket.case.subject).in_force()
    remaining = sorted(others.values_list("pk", flat=True))
    record_measure(measure, Event.MEASURE_LIFTED, by=by, at=at, remaining=remaining)
    if not ticket.measures.in_force().exists():
        owe_no_more(ticket, OrderAct.RESTRICT, by=by, at=at)
    if not remaining:
        give_orders(ticket, OrderAct.LIFT, again=True, by=by, at=at)
        owe_notices(ticket, OrderAct.LIFT, again=True, by=by, at=at)
    set_timers(ticket, at=at)
    close_if_done(ticket, by, at)
    return measure


def lift_announced(ticket: Ticket, *, at: datetime) -> None:
    """Lift what was announced for today; the caller holds the lock of the ticket."""
    due = ticket.measures.filter(
        state=MeasureState.LIFT_NOTICE_SENT, lift_on__lte=local_day(at)
    )
    for measure_id in due.values_list("pk", flat=True):
        lift_measure(measure_id, by=SYSTEM, at=at)
