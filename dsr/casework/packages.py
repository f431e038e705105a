"""Access and portability: from the search to the package that lies ready.

A package is made for a proposal, before the decision; whoever returns the proposal
throws it away. The exports make it, and tell the desk. GDPR Arts. 15(3) and 20(1).
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.clockwork import set_timers
from dsr.casework.correspondence import draft_reply, write
from dsr.casework.forgetting import note_deletion
from dsr.casework.information import fill_in
from dsr.casework.proceeding import follows
from dsr.casework.provenance import draw_map
from dsr.casework.ticket_lock import lock, record
from dsr.casework.transfers import note_wish
from dsr.models import Ticket
from dsr.policy import PolicyError, check_role
from dsr.policy.searching import open_searches
from dsr.policy.transferring import transfer_of
from dsr.rights import WithCopy
from dsr.rights.access import AccessTicket
from dsr.rights.portability import PortabilityTicket
from dsr.vocabulary import Actor, Event, LetterKind, RightCode, Role, State


@follows(RightCode.ACCESS)
def go_on_with_access(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Collect while a system is still to be searched; then the review begins."""
    if not isinstance(ticket, AccessTicket) or not ticket.searches.exists():
        return
    open_ones = open_searches(ticket)
    if ticket.state == State.IN_PROGRESS or (
        ticket.state == State.REVIEWING and open_ones
    ):
        ticket.collect()
        _note(ticket, Event.TICKET_COLLECTING, by, at)
        fill_in(ticket, at=at)
    if ticket.state == State.COLLECTING and not open_ones:
        ticket.start_review()
        _note(ticket, Event.TICKET_REVIEWING, by, at)
        fill_in(ticket, at=at)


@follows(RightCode.PORTABILITY)
def go_on_with_portability(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Choose the data while they are searched; what is decided is delivered."""
    if not isinstance(ticket, PortabilityTicket):
        return
    if ticket.state == State.IN_PROGRESS and ticket.searches.exists():
        ticket.start_filtering()
        _note(ticket, Event.TICKET_FILTERING, by, at)
        note_wish(ticket, at=at)
    if ticket.state == State.FILTERING and not open_searches(ticket):
        draw_map(ticket, at=at)
    transfer = transfer_of(ticket)
    if ticket.state == State.DELIVERING and not (transfer and transfer.is_open):
        ticket.deliver()
        _note(ticket, Event.TICKET_DELIVERED, by, at)
        draft_reply(ticket, by=by, at=at)


def _note(ticket: Ticket, event: Event, by: Actor, at: datetime) -> None:
    ticket.save()
    set_timers(ticket, at=at)
    record(ticket, event, by=by, at=at)


def awaits_copy(ticket: Ticket, proposed_at: datetime) -> bool:
    """Whether a copy made for the proposal of this instant is still wanted."""
    return ticket.state in State.COPYING and ticket.proposed_at == proposed_at


@transaction.atomic
def package_built(
    ticket_id: int,
    *,
    proposed_at: datetime,
    sha256: str,
    size: int,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Put the copy that was made for a proposal to the one who decides.

    Raises:
        PolicyError: that proposal was returned, or replaced, or the ticket ended.

    """
    check_role(by, Role.SYSTEM)
    ticket = lock(ticket_id)
    if not isinstance(ticket, WithCopy) or not awaits_copy(ticket, proposed_at):
        raise PolicyError(
            _("%(ticket)s is “%(state)s”; it does not wait for this copy any more.")
            % {"ticket": ticket, "state": ticket.get_state_display()}
        )
    ticket.copy_made()
    ticket.save()
    set_timers(ticket, at=at)
    record(ticket, Event.PACKAGE_BUILT, by=by, at=at, sha256=sha256, size=size)
    return ticket


@transaction.atomic
def package_failed(ticket_id: int, *, reason: str, by: Actor, at: datetime) -> Ticket:
    """Record that the package was given up; an officer must look."""
    check_role(by, Role.SYSTEM)
    ticket = lock(ticket_id)
    record(ticket, Event.PACKAGE_FAILED, by=by, at=at, reason=reason)
    return ticket


@transaction.atomic
def package_opened(ticket_id: int, *, sha256: str, by: Actor, at: datetime) -> Ticket:
    """Record that somebody at the desk looked at the very package. GDPR Art. 5(2)."""
    check_role(by, Role.HANDLER, Role.DECIDER, Role.DPO)
    ticket = lock(ticket_id)
    record(ticket, Event.PACKAGE_OPENED, by=by, at=at, sha256=sha256)
    return ticket


@transaction.atomic
def package_dropped(ticket_id: int, *, sha256: str, by: Actor, at: datetime) -> Ticket:
    """Record that a package was deleted because nobody is to have it any more."""
    check_role(by, Role.SYSTEM)
    ticket = lock(ticket_id)
    record(ticket, Event.PACKAGE_DROPPED, by=by, at=at, sha256=sha256)
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
    note_deletion(ticket.case, "T1", "package", 1, at)
    if ticket.state == State.REPLIED:
        ticket.close(at=at)
        ticket.save()
        record(ticket, Event.TICKET_CLOSED, by=by, at=at)
    return ticket
