"""The direct transfer that a person may ask for. GDPR Art. 20(2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.proceeding import proceed
from dsr.casework.ticket_lock import locked, record
from dsr.models import DirectTransfer, Ticket
from dsr.policy import PolicyError
from dsr.policy.checks import long_reason
from dsr.vocabulary import SUBJECT, Actor, Event, TransferState

LONGEST = 300  # characters of a receiver's name, and of a receipt


def note_wish(ticket: Ticket, *, at: datetime) -> None:
    """Keep the receiver whom the person named in the form; the caller has the lock."""
    to = str(ticket.details.get("receiver", "")).strip()[:LONGEST]
    if to and not DirectTransfer.objects.filter(ticket=ticket).exists():
        _ask(ticket, to, by=SUBJECT, at=at)


def _ask(ticket: Ticket, to: str, *, by: Actor, at: datetime) -> None:
    DirectTransfer.objects.create(ticket=ticket, to=to, asked_by=by.name, asked_at=at)
    record(ticket, Event.TRANSFER_ASKED, by=by, at=at)


@transaction.atomic
def ask_transfer(ticket_id: int, *, to: str, by: Actor, at: datetime) -> Ticket:
    """Note to whom the person, in their own words, wants the data passed on."""
    ticket = locked(ticket_id, "ask_transfer", by=by, at=at)
    if not 0 < len(to.strip()) <= LONGEST:
        raise PolicyError(
            _("Name the receiver in at most %(most)d characters.") % {"most": LONGEST}
        )
    _ask(ticket, to.strip(), by=by, at=at)
    return ticket


@transaction.atomic
def accept_transfer(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Note that the receiver agrees to take the files, in a form both can use."""
    ticket = locked(ticket_id, "accept_transfer", by=by, at=at)
    transfer = _transfer(ticket)
    transfer.state = TransferState.ACCEPTED
    transfer.save()
    record(ticket, Event.TRANSFER_ACCEPTED, by=by, at=at)
    return ticket


@transaction.atomic
def finish_transfer(ticket_id: int, *, receipt: str, by: Actor, at: datetime) -> Ticket:
    """Note the receiver's receipt; the person is answered next."""
    ticket = locked(ticket_id, "finish_transfer", by=by, at=at)
    if not 0 < len(receipt.strip()) <= LONGEST:
        raise PolicyError(
            _("Say what the receiver confirmed, in at most %(most)d characters.")
            % {"most": LONGEST}
        )
    transfer = _transfer(ticket)
    transfer.state, transfer.receipt = TransferState.DONE, receipt.strip()
    _settle(ticket, transfer, Event.TRANSFER_DONE, by=by, at=at)
    return ticket


@transaction.atomic
def excuse_transfer(ticket_id: int, *, reason: str, by: Actor, at: datetime) -> Ticket:
    """Say why it is not technically feasible; the person has the files all the same.

    Source: GDPR Art. 20(2), recital 68: no duty to build compatible systems.
    """
    ticket = locked(ticket_id, "excuse_transfer", by=by, at=at)
    long_reason(reason, _("The technical reason"))
    transfer = _transfer(ticket)
    transfer.state, transfer.reason = TransferState.INFEASIBLE, reason.strip()
    _settle(ticket, transfer, Event.TRANSFER_INFEASIBLE, by=by, at=at)
    return ticket


def _settle(
    ticket: Ticket, transfer: DirectTransfer, event: Event, *, by: Actor, at: datetime
) -> None:
    transfer.settled_by, transfer.settled_at = by.name, at
    transfer.save()
    record(ticket, event, by=by, at=at)
    proceed(ticket, by=by, at=at)


def _transfer(ticket: Ticket) -> DirectTransfer:
    return DirectTransfer.objects.select_for_update().get(ticket=ticket)
