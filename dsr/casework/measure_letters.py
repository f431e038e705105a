"""What the dispatch of a letter means for the restriction that it is about."""

from datetime import datetime, timedelta

from dsr.casework.clockwork import set_timers
from dsr.casework.measure_lock import lock_measure, record_measure
from dsr.controller import current
from dsr.models import Letter, RestrictionMeasure, Ticket
from dsr.policy.checks import local_day
from dsr.vocabulary import SYSTEM, Actor, Event, MeasureState, Outcome, RightCode


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


def notice_sent(letter: Letter, *, by: Actor, at: datetime) -> None:
    """Let the dispatch of a notice have its effect: from now on the desk waits.

    Source: GDPR Art. 18(3).
    """
    measure = lock_measure(RestrictionMeasure.objects.filter(notice=letter))
    if measure is None or measure.state != MeasureState.LIFT_PROPOSED:
        return  # kept after all while the notice was on its way
    sent_at = letter.sent_at or at
    wait = current().clock.on(local_day(sent_at)).lift_notice_days
    lift_on = local_day(sent_at) + timedelta(days=wait)
    measure.announce_lift(at=sent_at, lift_on=lift_on)
    measure.save()
    set_timers(measure.ticket, at=at)
    record_measure(measure, Event.MEASURE_LIFT_ANNOUNCED, by=by, at=at)
