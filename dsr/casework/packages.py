"""What the exports tell the desk about a ticket's package."""

from datetime import date, datetime

from django.db import transaction

from dsr.casework.correspondence import draft_reply, write
from dsr.casework.ticket_lock import lock, locked, record
from dsr.models import Ticket
from dsr.policy import check_role
from dsr.vocabulary import Actor, Event, LetterKind, Role, State


@transaction.atomic
def package_built(
    ticket_id: int, *, sha256: str, size: int, by: Actor, at: datetime
) -> Ticket:
    """Complete the ticket whose copy lies ready, and draft the reply."""
    ticket = locked(ticket_id, "complete", by=by, at=at)
    ticket.complete(done="")
    ticket.save()
    record(ticket, Event.PACKAGE_BUILT, by=by, at=at, sha256=sha256, size=size)
    draft_reply(ticket, by=by, at=at)
    return ticket


@transaction.atomic
def package_failed(ticket_id: int, *, reason: str, by: Actor, at: datetime) -> Ticket:
    """Record that the package was given up; an officer must look."""
    check_role(by, Role.SYSTEM)
    ticket = lock(ticket_id)
    record(ticket, Event.PACKAGE_FAILED, by=by, at=at, reason=reason)
    return ticket


@transaction.atomic
def package_fetched(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Record that the package was fetched."""
    check_role(by, Role.SUBJECT)
    ticket = lock(ticket_id)
    record(ticket, Event.PACKAGE_FETCHED, by=by, at=at)
    return ticket


@transaction.atomic
def package_expires_soon(
    ticket_id: int, *, until: date, by: Actor, at: datetime
) -> Ticket:
    """Remind the person, once a reply, of a copy that lies unfetched."""
    check_role(by, Role.SYSTEM)
    ticket = lock(ticket_id)
    told = ticket.letters.filter(kind=LetterKind.PACKAGE_REMINDER)
    if ticket.replied_at is None or told.filter(created_at__gte=ticket.replied_at):
        return ticket
    if ticket.case.contact_email:  # on paper the copy came with the reply
        write(
            LetterKind.PACKAGE_REMINDER,
            case=ticket.case,
            ticket=ticket,
            parts={"until": until.isoformat()},
            by=by,
            at=at,
        )
    return ticket


@transaction.atomic
def package_expired(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Record that the package was deleted; its digests stay, the ticket is done."""
    check_role(by, Role.SYSTEM)
    ticket = lock(ticket_id)
    record(ticket, Event.PACKAGE_EXPIRED, by=by, at=at)
    if ticket.state == State.REPLIED:
        ticket.close(at=at)
        ticket.save()
        record(ticket, Event.TICKET_CLOSED, by=by, at=at)
    return ticket
