"""What no system could carry out: it is told to nobody as done, but decided anew.

GDPR Arts. 5(2) and 12(3): the law knows no such ground to refuse, so the desk orders
it again once a system can, or finds what the law does allow.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from dsr.casework.clockwork import set_timers
from dsr.casework.ticket_lock import record
from dsr.models import Message, MessageKind, Ticket
from dsr.rights.erasure import ErasureTicket
from dsr.rights.objection import ObjectionTicket
from dsr.rights.rectification import RectificationTicket
from dsr.vocabulary import SYSTEM, Event, OrderAct


def taken_back(
    ticket: ErasureTicket | ObjectionTicket | RectificationTicket,
    act: OrderAct,
    *,
    at: datetime,
) -> bool:
    """Take a decision back that no system could carry out, and say whether it was so.

    The caller holds the lock.
    """
    if not ticket.orders.all().failed(act):
        return False
    ticket.reconsider()
    ticket.save()
    set_timers(ticket, at=at)
    note_undone(ticket, act, at=at)
    return True


def note_undone(ticket: Ticket, act: OrderAct, *, at: datetime) -> None:
    """Write down that no system could act, and leave word of it for the desk."""
    record(ticket, Event.TICKET_UNDONE, by=SYSTEM, at=at, act=act.value)
    text = _(
        "%(right)s: no system could carry it out, so it is not told as done. See to it "
        "that one can, and have it done again."
    ) % {"right": ticket.get_right_code_display()}
    Message.objects.create(
        case=ticket.case, kind=MessageKind.NOTE, text=text, at=at, by=SYSTEM.name
    )
