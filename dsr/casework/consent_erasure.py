"""Opens the request for erasure that a withdrawn consent leads to. Art. 17(1)(b)."""

from datetime import datetime

from django.db import transaction

from dsr.casework.opening import add_right
from dsr.casework.ticket_lock import lock_case, locked
from dsr.models import Ticket
from dsr.vocabulary import Actor, RightCode


@transaction.atomic
def open_erasure(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Open a ticket for erasure beside the withdrawal, in the same case.

    It has its own machine, with exceptions and proof; what its ground is, the
    withdrawal shows (`policy.erasing.grounds_shown_by`).
    """
    found = Ticket.objects.values_list("case_id", flat=True).get(pk=ticket_id)
    lock_case(found)
    ticket = locked(ticket_id, "open_erasure", by=by, at=at)
    add_right(found, right_code=RightCode.ERASURE, received_at=at, by=by, at=at)
    return ticket
