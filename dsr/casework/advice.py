"""The data protection officer is heard, and may allow a late refusal."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.ticket_lock import locked, record
from dsr.models import Advice, LateRefusal, Ticket
from dsr.policy.checks import long_reason
from dsr.vocabulary import Actor, Event


@transaction.atomic
def advise(ticket_id: int, *, text: str, by: Actor, at: datetime) -> Ticket:
    """Keep the DPO's advice with the ticket. GDPR Arts. 38(6) and 39(1)(a)."""
    ticket = locked(ticket_id, "advise", by=by, at=at)
    long_reason(text, _("The advice"))
    ticket.advise()
    advice = Advice.objects.create(
        ticket=ticket, text=text.strip(), advised_at=at, advised_by=by.name
    )
    record(ticket, Event.TICKET_ADVISED, by=by, at=at, advice=advice.pk)
    return ticket


@transaction.atomic
def override_late_refusal(
    ticket_id: int, *, why: str, by: Actor, at: datetime
) -> Ticket:
    """Allow that what is proposed is refused after its day; another decides it.

    Source: GDPR Art. 12(4), which no extension moves.
    """
    ticket = locked(ticket_id, "override_late_refusal", by=by, at=at)
    long_reason(why, _("The reason"))
    ticket.override_late_refusal()
    leave = LateRefusal.objects.create(
        ticket=ticket,
        due=ticket.refusal_notice_due or ticket.due_strict,
        why=why.strip(),
        overridden_at=at,
        overridden_by=by.name,
    )
    record(
        ticket,
        Event.REFUSAL_OVERRIDDEN,
        by=by,
        at=at,
        leave=leave.pk,
        due=leave.due.isoformat(),
    )
    return ticket
