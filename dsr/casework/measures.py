"""Restrictions: begun by a ticket, in force once marked, used only as the law allows.

A ticket asks for one, but the measure lives on when the ticket is closed; how it ends
stands in `dsr.casework.lifting`. GDPR Art. 18.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.clockwork import set_timers
from dsr.casework.orders import give_orders
from dsr.casework.proceeding import follows_always
from dsr.casework.ticket_lock import lock, record
from dsr.controller import current
from dsr.models import Letter, MeasureUse, RestrictionMeasure, Ticket
from dsr.policy import check_measure
from dsr.policy.checks import local_day, long_reason
from dsr.vocabulary import (
    SYSTEM,
    Actor,
    Event,
    MeasureState,
    OrderAct,
    Outcome,
    RestrictionGround,
    RightCode,
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


def propose_lift_of(ticket: Ticket, *, at: datetime) -> None:
    """Propose to lift what a ticket restricted, once it is answered with a refusal.

    The reasons told to the person are the reasons of the lifting; a second person
    agrees, and the notice goes out before anything is lifted. GDPR Art. 18(3).
    """
    own = ticket.right_code in (RightCode.RESTRICTION, RightCode.OBJECTION)
    if not own or ticket.outcome in Outcome.CARRIED_OUT:
        return
    active = ticket.measures.filter(state=MeasureState.ACTIVE)
    for measure in active.select_for_update():
        measure.propose_lift(reason=ticket.reasons, by=SYSTEM.name, at=at)
        measure.save()
        record_measure(measure, Event.MEASURE_LIFT_PROPOSED, by=SYSTEM, at=at)


@transaction.atomic
def note_use(
    measure_id: int, *, exception: UseException, why: str, by: Actor, at: datetime
) -> MeasureUse:
    """Log a use of restricted data, and why it is allowed. GDPR Art. 18(2)."""
    measure = locked_measure(measure_id, "note_use", by=by, at=at)
    long_reason(why, _("Why the data are used all the same"))
    use = MeasureUse.objects.create(
        measure=measure, exception=exception, why=why, used_at=at, used_by=by.name
    )
    record_measure(
        measure, Event.MEASURE_USED, by=by, at=at, use=use.pk, exception=exception
    )
    return use


def notice_sent(letter: Letter, *, by: Actor, at: datetime) -> None:
    """Let the dispatch of a notice have its effect: from now on the desk waits.

    Source: GDPR Art. 18(3).
    """
    measure = _lock(RestrictionMeasure.objects.filter(notice=letter))
    if measure is None or measure.state != MeasureState.LIFT_PROPOSED:
        return  # kept after all while the notice was on its way
    wait = current().clock.on(local_day(at)).lift_notice_days
    measure.announce_lift(at=at, lift_on=local_day(at) + timedelta(days=wait))
    measure.save()
    set_timers(measure.ticket, at=at)
    record_measure(measure, Event.MEASURE_LIFT_ANNOUNCED, by=by, at=at)


def locked_measure(
    measure_id: int, act: str, *, by: Actor, at: datetime
) -> RestrictionMeasure:
    """Return the measure, locked after its ticket, if the act may be done.

    Raises:
        PolicyError: it may not; the sentence says why, and what would help.

    """
    measures = RestrictionMeasure.objects.filter(pk=measure_id)
    lock(measures.values_list("ticket_id", flat=True).get())
    measure = _lock(measures)
    if measure is None:
        raise RestrictionMeasure.DoesNotExist
    check_measure(act, measure, by=by, at=at)
    return measure


def record_measure(
    measure: RestrictionMeasure, event: Event, *, by: Actor, at: datetime, **facts: Any
) -> None:
    """Write what happened to a restriction in the ledger of its ticket."""
    record(
        measure.ticket,
        event,
        by=by,
        at=at,
        measure=measure.pk,
        measure_state=str(measure.state),
        **facts,
    )


def _lock(measures: Any) -> RestrictionMeasure | None:
    found = measures.select_for_update(of=("self",))
    measure: RestrictionMeasure | None = found.select_related(
        "ticket__case__subject", "notice"
    ).first()
    return measure
