"""Closes by itself what is answered, once nobody has to be told any more."""

from datetime import datetime

from dsr.casework.proceeding import follows_always
from dsr.casework.ticket_lock import record
from dsr.models import Ticket
from dsr.rights import right_of
from dsr.vocabulary import Actor, Event, Outcome, State


@follows_always
def close_if_done(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Close a ticket that is answered, unless a copy or a notice is still owed.

    A restriction on the way holds up no reply, but its recipients are told, or it is
    justified why not, before the ticket ends. GDPR Art. 19.
    """
    if ticket.state != State.REPLIED:
        return
    copy = right_of(ticket).owes_copy and ticket.outcome in Outcome.CARRIED_OUT
    if copy or ticket.notices.still_open().exists():
        return
    ticket.close(at=at)
    ticket.save()
    record(ticket, Event.TICKET_CLOSED, by=by, at=at)
