"""A fee is paid, and the request goes on; or it is not, and the request ends."""

from datetime import datetime

from django.db import transaction

from dsr.casework import clockwork
from dsr.casework.correspondence import write
from dsr.casework.proceeding import proceed
from dsr.casework.ticket_lock import locked, record
from dsr.casework.triage import end
from dsr.models import FeeNotice, Ticket
from dsr.vocabulary import Actor, Event, LetterKind


@transaction.atomic
def fee_paid(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Go on with a request whose fee has come; no other is asked for it."""
    ticket = locked(ticket_id, "fee_paid", by=by, at=at)
    fee = FeeNotice.objects.select_for_update().get(ticket=ticket)
    fee.paid_at, fee.paid_by = at, by.name
    fee.save()
    ticket.fee_paid()
    ticket.save()
    clockwork.set_timers(ticket, at=at)
    record(ticket, Event.FEE_PAID, by=by, at=at, fee=fee.pk)
    proceed(ticket, by=by, at=at)
    return ticket


@transaction.atomic
def fee_lapsed(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """End a request whose fee did not come by its day, and tell the person."""
    ticket = locked(ticket_id, "fee_lapsed", by=by, at=at)
    fee = FeeNotice.objects.select_for_update().get(ticket=ticket)
    fee.lapsed_at, fee.lapsed_by = at, by.name
    fee.save()
    ticket.fee_lapsed(at=at)
    end(ticket, by=by, at=at)
    record(ticket, Event.FEE_LAPSED, by=by, at=at, fee=fee.pk)
    if ticket.case.contact_email or ticket.case.postal_address:
        write(LetterKind.FEE_LAPSED, case=ticket.case, ticket=ticket, by=by, at=at)
    return ticket
