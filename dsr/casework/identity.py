"""Who is asking: proof is asked for on reasonable doubt only. GDPR Art. 12(6)."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.alarms import IDENTITY_TIMEOUT
from dsr.casework.asking import identity_asked, identity_checked
from dsr.casework.correspondence import write
from dsr.casework.forgetting import forget_proofs
from dsr.casework.proceeding import proceed
from dsr.casework.searches import order_searches
from dsr.casework.ticket_lock import lock_case, locked, record
from dsr.models import Message, MessageKind, Ticket
from dsr.policy import PolicyError
from dsr.policy.checks import local_day, long_reason
from dsr.vocabulary import (
    SYSTEM,
    Actor,
    ClockEventKind,
    Event,
    LetterKind,
    ProofResult,
    State,
)

ASKING = (LetterKind.IDENTITY_REQUEST, LetterKind.PROOF_INSUFFICIENT)


@transaction.atomic
def ask_identity(
    ticket_id: int,
    *,
    doubts: str,
    items: str,
    although_late: bool = False,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Ask for the least that settles the doubt; the time limit is suspended.

    Args:
        ticket_id: the ticket.
        doubts: why it is in doubt who is asking; the person reads it.
        items: what would settle it, one a line.
        although_late: ask even if it comes too late to suspend the time limit.
        by: who asks.
        at: when.

    Source: GDPR Art. 12(6); EDPB Guidelines 01/2022 §§ 58-79 and 159.

    """
    ticket = locked(ticket_id, "ask_identity", by=by, at=at)
    long_reason(doubts, _("The doubt"))
    if not items.strip():
        raise PolicyError(_("Say what would settle the doubt, one thing a line."))
    ticket.ask_identity()
    clockwork.happened(ticket, ClockEventKind.IDENTITY_ASKED, by=by, at=at)
    ticket.save()
    identity_asked(ticket, doubts, items, by=by, at=at)
    record(ticket, Event.TICKET_IDENTITY_ASKED, by=by, at=at)
    write(
        LetterKind.IDENTITY_REQUEST,
        case=ticket.case,
        ticket=ticket,
        parts=_parts(doubts, items, at),
        although_late=although_late,
        by=by,
        at=at,
    )
    return ticket


@transaction.atomic
def reject_proof(
    ticket_id: int, *, why: str, items: str, by: Actor, at: datetime
) -> Ticket:
    """Say once more what is missing; the time limit stays suspended."""
    ticket = locked(ticket_id, "reject_proof", by=by, at=at)
    long_reason(why, _("The reason"))
    ticket.reject_proof()
    clockwork.happened(ticket, ClockEventKind.IDENTITY_INSUFFICIENT, by=by, at=at)
    ticket.save()
    identity_checked(ticket, ProofResult.INSUFFICIENT, by=by, at=at)
    identity_asked(ticket, why, items, by=by, at=at)
    record(ticket, Event.TICKET_PROOF_REJECTED, by=by, at=at)
    write(
        LetterKind.PROOF_INSUFFICIENT,
        case=ticket.case,
        ticket=ticket,
        parts=_parts(why, items, at),
        by=by,
        at=at,
    )
    return ticket


@transaction.atomic
def accept_proof(
    ticket_id: int,
    *,
    method: str,
    identifiers: Sequence[int] = (),
    by: Actor,
    at: datetime,
) -> Ticket:
    """Establish who is asking: keep how, never the document. EDPB § 79.

    `identifiers` are those the proof shows to be the person's own: only what is
    verified is searched for.
    """
    _lock_case_of(ticket_id)
    ticket = locked(ticket_id, "accept_proof", by=by, at=at)
    ticket.accept_proof()
    clockwork.happened(ticket, ClockEventKind.IDENTITY_OK, by=by, at=at)
    ticket.save()
    _verify(ticket, method, identifiers, by=by, at=at)
    return ticket


@transaction.atomic
def establish_identity(
    ticket_id: int, *, method: str, identifiers: Sequence[int], by: Actor, at: datetime
) -> Ticket:
    """Note that the person is known, and by what, without having asked."""
    _lock_case_of(ticket_id)
    ticket = locked(ticket_id, "establish_identity", by=by, at=at)
    if not identifiers:
        raise PolicyError(_("Choose by what the person is known."))
    if clockwork.identity_is_awaited(ticket):
        # Asked for earlier, then the proposal was returned or the ticket reopened.
        clockwork.happened(ticket, ClockEventKind.IDENTITY_OK, by=by, at=at)
        ticket.save()
    _verify(ticket, method, identifiers, by=by, at=at)
    return ticket


def _lock_case_of(ticket_id: int) -> None:
    """Lock the whole case: who is asking is known for each of its tickets."""
    lock_case(Ticket.objects.values_list("case_id", flat=True).get(pk=ticket_id))


def _go_on_with_the_others(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Search as well for the case's tickets that were in hand and waited for this."""
    others = ticket.case.tickets.filter(state=State.IN_PROGRESS).exclude(pk=ticket.pk)
    for other in others.filter(searches=None).order_by("pk"):
        order_searches(other, by=by, at=at)
        proceed(other, by=by, at=at)


def _verify(
    ticket: Ticket, method: str, identifiers: Sequence[int], *, by: Actor, at: datetime
) -> None:
    """Keep how the identity was established, and search by what it proves."""
    if not method.strip():
        raise PolicyError(_("Say how the identity was established."))
    chosen = list(ticket.case.subject.identifiers.filter(pk__in=identifiers))
    if len(chosen) != len(set(identifiers)):
        raise PolicyError(_("One of these identifiers is not of this person."))
    for identifier in chosen:
        identifier.verify(by=by.name, at=at)
        identifier.save()
    clockwork.set_timers(ticket, at=at)
    identity_checked(ticket, ProofResult.SUFFICIENT, method=method, by=by, at=at)
    record(
        ticket,
        Event.TICKET_PROOF_ACCEPTED,
        by=by,
        at=at,
        identifiers=[identifier.pk for identifier in chosen],
        method_sha256=hashlib.sha256(method.strip().encode()).hexdigest(),
    )
    Message.objects.create(
        case=ticket.case,
        kind=MessageKind.NOTE,
        text=_("Identity established: %(method)s") % {"method": method.strip()},
        at=at,
        by=by.name,
    )
    forget_proofs(ticket.case, at=at)
    order_searches(ticket, by=by, at=at)
    proceed(ticket, by=by, at=at)
    _go_on_with_the_others(ticket, by=by, at=at)


def remind_of_proof(ticket: Ticket, *, at: datetime) -> None:
    """Ask once more, in the words of the last letter; the caller holds the lock."""
    asked = ticket.letters.filter(kind__in=ASKING).order_by("created_at", "pk").last()
    if asked is None or not (asked.to_email or asked.to_address):
        return
    if date.fromisoformat(asked.parts["until"]) <= local_day(at):
        return  # the worker slept: nobody is reminded of a day that has passed
    write(
        LetterKind.IDENTITY_REMINDER,
        case=ticket.case,
        ticket=ticket,
        parts={name: asked.parts[name] for name in ("reasons", "items", "until")},
        by=SYSTEM,
        at=at,
    )


def _parts(why: str, items: str, at: datetime) -> dict[str, object]:
    until = local_day(at + IDENTITY_TIMEOUT).isoformat()
    return {"reasons": why, "items": items, "until": until}
