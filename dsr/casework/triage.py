"""The first look and the ends: whose request is it, and who takes it in hand."""

from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.correspondence import cancel_open_letters, write
from dsr.casework.proceeding import proceed
from dsr.casework.searches import order_searches, stop_searches
from dsr.casework.ticket_lock import lock, locked, record
from dsr.controller.data import Language, Recipient
from dsr.models import Ticket
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import local_day, long_reason
from dsr.vocabulary import Actor, ClockEventKind, Event, LetterKind, Role


@transaction.atomic
def take_in_hand(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Accept the request; where a copy is owed, the search begins."""
    ticket = locked(ticket_id, "take_in_hand", by=by, at=at)
    ticket.take_in_hand(owner=by.name)
    ticket.save()
    clockwork.set_timers(ticket, at=at)
    record(ticket, Event.TICKET_TAKEN, by=by, at=at)
    order_searches(ticket, by=by, at=at)
    proceed(ticket, by=by, at=at)
    return ticket


@transaction.atomic
def assign(ticket_id: int, *, owner: str, by: Actor, at: datetime) -> Ticket:
    """Give the ticket to a member of the desk, or to nobody."""
    check_role(by, Role.HANDLER, Role.DECIDER, Role.DPO)
    ticket = lock(ticket_id)
    ticket.owner = owner
    ticket.save(update_fields=["owner"])
    record(ticket, Event.TICKET_ASSIGNED, by=by, at=at, owner=owner)
    return ticket


@transaction.atomic
def redirect(
    ticket_id: int,
    *,
    controller: str,
    forward: bool = False,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Tell the person which controller has to answer. GDPR Arts. 4(7), 26, 28.

    Whose processor we are, the request is forwarded to them as well: on paper or
    by the way agreed with them, and the officer notes how. GDPR Art. 28(3)(e).
    """
    ticket = locked(ticket_id, "redirect", by=by, at=at)
    long_reason(controller, _("The name and address of the other controller"))
    ticket.redirect(at=at)
    end(ticket, by=by, at=at)
    record(ticket, Event.TICKET_REDIRECTED, by=by, at=at, forwarded=forward)
    if forward:
        name, _line, address = controller.strip().partition("\n")
        language = cast("Language", ticket.case.language)
        write(
            LetterKind.FORWARDING,
            case=ticket.case,
            ticket=ticket,
            parts={"controller": controller},
            to=Recipient(name, address=address or name, language=language),
            by=by,
            at=at,
        )
    write(
        LetterKind.REDIRECTION,
        case=ticket.case,
        ticket=ticket,
        parts={"controller": controller} | ({"forwarded": True} if forward else {}),
        by=by,
        at=at,
    )
    return ticket


@transaction.atomic
def merge(ticket_id: int, *, into_id: int, by: Actor, at: datetime) -> Ticket:
    """Join an open ticket of the same person and right; a reminder is no new request.

    Source: EDPB Guidelines 01/2022 § 29.
    """
    ticket = locked(ticket_id, "merge", by=by, at=at)
    into = lock(into_id)
    same = into.right_code == ticket.right_code
    same = same and into.case.subject_id == ticket.case.subject_id
    if not same or not into.is_open or into.pk == ticket.pk:
        raise PolicyError(
            _("%(into)s is not an open ticket of the same person and right.")
            % {"into": into}
        )
    if into.received_at > ticket.received_at:
        raise PolicyError(
            _("%(into)s came later; merge it into this one, the earlier receipt stays.")
            % {"into": into}
        )
    ticket.merge(at=at)
    end(ticket, by=by, at=at)
    record(
        ticket,
        Event.TICKET_MERGED,
        by=by,
        at=at,
        into=into.pk,
        into_case=into.case.reference,
    )
    if ticket.case.contact_email or ticket.case.postal_address:
        parts = {"into": into.pk}
        case = ticket.case
        write(LetterKind.MERGED, case=case, ticket=ticket, parts=parts, by=by, at=at)
    return ticket


@transaction.atomic
def withdraw(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """End what the person no longer asks for, and confirm it."""
    ticket = locked(ticket_id, "withdraw", by=by, at=at)
    ticket.withdraw(at=at)
    end(ticket, by=by, at=at)
    record(ticket, Event.TICKET_WITHDRAWN, by=by, at=at)
    if ticket.case.contact_email or ticket.case.postal_address:
        write(
            LetterKind.WITHDRAWAL_CONFIRMATION,
            case=ticket.case,
            ticket=ticket,
            by=by,
            at=at,
        )
    return ticket


@transaction.atomic
def close(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """End a ticket whose follow-ups are done."""
    ticket = locked(ticket_id, "close", by=by, at=at)
    ticket.close(at=at)
    ticket.save()
    record(ticket, Event.TICKET_CLOSED, by=by, at=at)
    return ticket


@transaction.atomic
def reopen(
    ticket_id: int,
    *,
    why: str,
    told: str = "",
    answer_by: date | None = None,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Answer again; the dates of the first answer stay in the ledger.

    Args:
        ticket_id: the ticket.
        why: why it is reopened, for the desk.
        told: the reason in words for the person, if they are to read one.
        answer_by: the day that the authority or a court ordered, which nothing
            moves; left out, the period begins anew as for a new request.
        by: who reopens.
        at: when.

    """
    ticket = locked(ticket_id, "reopen", by=by, at=at)
    long_reason(why, _("The reason"))
    if answer_by is not None and answer_by < local_day(at):
        raise PolicyError(_("The day promised for the new answer has passed already."))
    frozen = ticket.clock_frozen
    ticket.reopen()
    ticket.save()
    clockwork.happened(ticket, ClockEventKind.REOPENED, day=answer_by, by=by, at=at)
    ticket.save()
    promised = ticket.due_strict
    record(
        ticket,
        Event.TICKET_REOPENED,
        by=by,
        at=at,
        clock_before=frozen,
        answer_by=promised.isoformat(),
    )
    if ticket.case.contact_email or ticket.case.postal_address:
        parts = {"until": promised.isoformat(), "reasons": told}
        case = ticket.case
        write(LetterKind.REOPENED, case=case, ticket=ticket, parts=parts, by=by, at=at)
    proceed(ticket, by=by, at=at)
    return ticket


def end(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Stop the clock of a ticket that ended without a reply, its letters and searches.

    Nobody's data are gathered for what nobody asks for any more.
    """
    clockwork.freeze(ticket)
    ticket.save()
    clockwork.set_timers(ticket, at=at)
    cancel_open_letters(ticket, by=by, at=at)
    stop_searches(ticket)
