"""The steps by which systems and recipients have answered for a ticket."""

from datetime import datetime

from dsr import casework
from dsr.casework.correspondence import letter_sent
from dsr.models import RecipientNotice, Ticket
from dsr.vocabulary import SYSTEM
from tests.dsr.steps import OFFICER, RECEIVED, WHY


def answer_for_everyone(ticket_id: int, at: datetime = RECEIVED) -> None:
    """Let every system and every recipient have answered; then the ticket goes on."""
    ticket = Ticket.objects.get(pk=ticket_id)
    waiting = [one.pk for one in ticket.orders.waiting()]
    if waiting:
        casework.close_orders(
            ticket_id, orders=waiting, done=True, note=WHY, by=OFFICER, at=at
        )
    tell_everyone(ticket_id, at)


def tell_everyone(ticket_id: int, at: datetime = RECEIVED) -> None:
    """Have every notice sent: those by mail by the worker, those on paper by hand."""
    notices = RecipientNotice.objects.filter(ticket=ticket_id)
    for notice in notices.filter(state="open"):
        casework.tell_recipient(notice.pk, details=WHY, by=OFFICER, at=at)
    for notice in notices.filter(state="queued").select_related("letter"):
        if notice.letter and notice.letter.to_email:
            letter_sent(notice.letter.pk, proof="sent", by=SYSTEM, at=at)
        elif notice.letter:
            casework.record_posted(
                notice.letter.pk, proof="registered 2", by=OFFICER, at=at
            )
