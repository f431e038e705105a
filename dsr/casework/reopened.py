"""When a ticket was last opened again: what was answered before has to be anew."""

from datetime import datetime

from dsr.models import LedgerEntry, Ticket
from dsr.vocabulary import Event


def reopened_at(ticket: Ticket) -> datetime | None:
    """Return the instant, or None where the first answer still stands."""
    lines = LedgerEntry.objects.filter(
        reference=ticket.case.reference,
        event=Event.TICKET_REOPENED,
        facts__ticket=ticket.pk,
    )
    last = lines.order_by("number").last()
    return last.at if last else None
