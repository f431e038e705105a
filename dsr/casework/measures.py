"""Restrictions: begun by a ticket, in force once marked, used only as the law allows.

A ticket asks for one, but the measure lives on when the ticket is closed; how it ends
stands in `dsr.casework.lifting`. Whoever received the data is told that it begins,
by whichever right it does. GDPR Arts. 18 and 19.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dsr.casework.measure_lock import locked_measure, record_measure
from dsr.casework.notices import owe_notices
from dsr.casework.orders import give_orders
from dsr.casework.proceeding import follows_always
from dsr.models import MeasureUse, RestrictionMeasure, Ticket
from dsr.policy.checks import long_reason
from dsr.vocabulary import (
    SYSTEM,
    Actor,
    Event,
    MeasureState,
    OrderAct,
    RestrictionGround,
    UseException,
)


def begin_measure(
    ticket: Ticket,
    ground: RestrictionGround,
    *,
    what: str = "",
    by: Actor,
    at: datetime,
) -> RestrictionMeasure:
    """Restrict the data a ticket is about, at once; asked again, it is the same one.

    The caller holds the lock. Every system is told to mark the data before the ground
    is fully proven, and told again where none could. GDPR Art. 18(1), recital 67.
    """
    measure, new = RestrictionMeasure.objects.in_force().get_or_create(
        ticket=ticket,
        ground=ground,
        defaults={"what": what.strip(), "begun_at": at, "begun_by": by.name},
    )
    if new:
        record_measure(measure, Event.MEASURE_BEGUN, by=by, at=at, ground=ground)
    failed = ticket.orders.all().failed(OrderAct.RESTRICT)
    if new or failed:
        others = RestrictionMeasure.objects.of(ticket.case.subject).in_force()
        # The marking may be lifted since, or no system could make it.
        again = failed or not others.exclude(pk=measure.pk).exists()
        give_orders(ticket, OrderAct.RESTRICT, again=again, by=by, at=at)
        activate_marked(ticket, by, at)
    return measure


@follows_always
def activate_marked(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Count a restriction as in force once every system has answered for it.

    Also of a ticket that is closed: the measure outlives it.
    """
    marking = ticket.orders.filter(act=OrderAct.RESTRICT).waiting()
    begun = ticket.measures.filter(state=MeasureState.PROPOSED)
    if marking.exists():
        return
    for measure in begun.select_for_update():
        measure.activate(at=at)
        measure.save()
        record_measure(measure, Event.MEASURE_ACTIVE, by=by, at=at)
    _owe_beginning(ticket, at=at)


def _owe_beginning(ticket: Ticket, *, at: datetime) -> None:
    """Note once whom to tell that the data are marked. GDPR Art. 19.

    Of what no system could mark there is nothing to tell.
    """
    if ticket.orders.all().failed(OrderAct.RESTRICT):
        return
    begun = ticket.measures.in_force().aggregate(last=Max("active_at"))["last"]
    owed = ticket.notices.filter(operation=OrderAct.RESTRICT)
    last = owed.aggregate(last=Max("owed_at"))["last"]
    if begun is not None and (last is None or last < begun):
        owe_notices(ticket, OrderAct.RESTRICT, again=True, by=SYSTEM, at=at)


@transaction.atomic
def note_use(
    measure_id: int, *, exception: UseException, why: str, by: Actor, at: datetime
) -> MeasureUse:
    """Log a use of restricted data, and why it is allowed. GDPR Art. 18(2)."""
    measure = locked_measure(measure_id, "note_use", by=by, at=at)
    long_reason(why, _("Why the data are used all the same"))
    return log_use(measure, exception, why=why, by=by, at=at)


def log_use(
    measure: RestrictionMeasure,
    exception: UseException,
    *,
    why: str,
    by: Actor,
    at: datetime,
) -> MeasureUse:
    """Write down a use of restricted data; the caller holds the lock."""
    use = MeasureUse.objects.create(
        measure=measure, exception=exception, why=why, used_at=at, used_by=by.name
    )
    record_measure(
        measure, Event.MEASURE_USED, by=by, at=at, use=use.pk, exception=exception
    )
    return use
