"""Rectification: each datum noted, verified, judged, then corrected everywhere.

GDPR Arts. 16 and 19.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.clockwork import set_timers
from dsr.casework.measures import begin_measure
from dsr.casework.notices import owe_notices
from dsr.casework.orders import open_orders, order_as_decided
from dsr.casework.proceeding import follows
from dsr.casework.ticket_lock import locked, record
from dsr.casework.undone import taken_back
from dsr.models import Correction, Message, MessageKind, Ticket
from dsr.policy import PolicyError
from dsr.policy.rectifying import datum_is_searchable, verdict_is_explained
from dsr.rights.rectification import RectificationTicket
from dsr.vocabulary import (
    SYSTEM,
    Actor,
    CorrectionVerdict,
    Event,
    OrderAct,
    RestrictionGround,
    RightCode,
    State,
)


@transaction.atomic
def verify(
    ticket_id: int,
    *,
    system: str,
    place: str,
    says: str = "",
    should_say: str,
    evidence: str = "",
    restrict: bool = False,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Note a datum that is said to be wrong; noted again, it is judged anew.

    No evidence is owed beyond what the accuracy of this datum reasonably needs
    (C-247/23). With `restrict` the data are only stored meanwhile, as the person
    asked; Art. 18(1)(a).
    """
    ticket = locked(ticket_id, "verify", by=by, at=at)
    datum_is_searchable(ticket, system)
    if not place.strip() or not should_say.strip():
        raise PolicyError(_("Say where the datum stands, and what it should say."))
    noted, _created = Correction.objects.update_or_create(
        ticket=ticket,
        system=system,
        place=place.strip(),
        defaults={
            "says": says,
            "should_say": should_say,
            "evidence": evidence,
            "noted_at": at,
            "noted_by": by.name,
            "verdict": "",
            "why": "",
            "statement": "",
            "judged_at": None,
            "judged_by": "",
        },
    )
    _examine(ticket, at=at)
    facts = {"datum": noted.pk, "system": system, **noted.digests}
    record(ticket, Event.DATUM_NOTED, by=by, at=at, **facts)
    if restrict:
        what = f"{noted.system}: {noted.place}"
        ground = RestrictionGround.ACCURACY_CONTESTED
        begin_measure(ticket, ground, what=what, by=by, at=at)
    return ticket


@transaction.atomic
def judge_datum(
    ticket_id: int,
    *,
    datum: int,
    verdict: str,
    why: str = "",
    statement: str = "",
    tell_underwriting: bool = False,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Say of a datum whether it is corrected, supplemented or kept, and why."""
    ticket = locked(ticket_id, "judge_datum", by=by, at=at)
    noted = Correction.objects.filter(ticket=ticket, pk=datum).first()
    if noted is None:
        raise PolicyError(
            _("%(ticket)s has no such datum; note it first.") % {"ticket": ticket}
        )
    verdict_is_explained(verdict, why, statement)
    supplemented = verdict == CorrectionVerdict.SUPPLEMENT
    noted.verdict, noted.why = verdict, why
    noted.statement = statement.strip() if supplemented else ""
    noted.judged_at, noted.judged_by = at, by.name
    noted.save()
    ticket.save()
    facts = {"datum": noted.pk, "system": noted.system, "verdict": verdict}
    record(ticket, Event.DATUM_JUDGED, by=by, at=at, **facts)
    if tell_underwriting:
        _tell_underwriting(ticket, noted, at=at)
    return ticket


def _examine(ticket: Ticket, *, at: datetime) -> None:
    if isinstance(ticket, RectificationTicket):
        ticket.verify()
        ticket.save()
        set_timers(ticket, at=at)


def _tell_underwriting(ticket: Ticket, noted: Correction, *, at: datetime) -> None:
    """Leave word that risk data may change; the reply waits for nobody there."""
    text = _(
        "Tell underwriting: %(system)s, %(place)s may be data on the risk. Its own "
        "month runs under Insurance Act Arts. 60 and 81; the reply does not wait."
    ) % {"system": noted.system, "place": noted.place}
    Message.objects.create(
        case=ticket.case, kind=MessageKind.NOTE, text=text, at=at, by=noted.judged_by
    )


@follows(RightCode.RECTIFICATION)
def _go_on(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Take up the verification again, or go on with what was decided."""
    if not isinstance(ticket, RectificationTicket):
        return
    if ticket.state == State.IN_PROGRESS and ticket.corrections.exists():
        _examine(ticket, at=at)
        record(ticket, Event.TICKET_MOVED_ON, by=by, at=at)
    elif ticket.state == State.CORRECTING:
        _correct(ticket, by=by, at=at)


def _correct(ticket: RectificationTicket, *, by: Actor, at: datetime) -> None:
    """Order the correction; once every system has answered, the recipients are told."""
    order_as_decided(ticket, OrderAct.CORRECT, by=by, at=at)
    if open_orders(ticket).exists():
        return
    if taken_back(ticket, OrderAct.CORRECT, at=at):
        _go_on(ticket, by, at)
        return
    ticket.notify()
    ticket.save()
    record(ticket, Event.TICKET_MOVED_ON, by=SYSTEM, at=at)
    owe_notices(ticket, OrderAct.CORRECT, again=True, by=SYSTEM, at=at)
