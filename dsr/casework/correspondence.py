"""Letters from draft to proof of dispatch: a worker sends, here stands what follows."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.closing import close_if_done
from dsr.casework.fees import fee_told
from dsr.casework.measure_letters import notice_sent, propose_lift_of
from dsr.casework.notice_letters import recipient_not_told, recipient_told
from dsr.casework.ticket_lock import lock, lock_case, record, record_case
from dsr.controller.data import Recipient
from dsr.letters import drafting, fixing
from dsr.letters.compose import Asked
from dsr.models import Case, Letter, Ticket, Timer
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import local_day
from dsr.policy.lateness import Bound, bound_of, in_time_or_ticked
from dsr.vocabulary import (
    Actor,
    ClockEventKind,
    Event,
    LetterKind,
    LetterState,
    OrderAct,
    Outcome,
    Role,
    State,
    TimerKind,
)

HANDLER, DECIDER, SYSTEM = Role.HANDLER.value, Role.DECIDER.value, Role.SYSTEM.value
EDITABLE = (LetterState.DRAFT,)
LEAVING = (Event.LETTER_APPROVED, Event.LETTER_SENT)


def write(
    kind: LetterKind,
    *,
    case: Case,
    ticket: Ticket | None = None,
    parts: Mapping[str, object] | None = None,
    to: Recipient | None = None,
    asked: Asked | None = None,
    although_late: bool = False,
    by: Actor,
    at: datetime,
) -> Letter:
    """Write a letter that needs no second look, and put it in the queue.

    One that leaves after the day it is bound to goes only `although_late`.
    """
    letter = drafting.new_letter(
        kind, case=case, ticket=ticket, parts=parts, to=to, by=by.name, at=at
    )
    _queue(letter, asked=asked, although_late=although_late, by=by, at=at)
    return letter


def draft_reply(ticket: Ticket, *, by: Actor, at: datetime) -> Letter:
    """Draft the answer to a ticket, for an officer to read, complete and approve."""
    letter = drafting.draft(
        LetterKind.REPLY, case=ticket.case, ticket=ticket, by=by.name, at=at
    )
    record(ticket, Event.LETTER_DRAFTED, by=by, at=at, letter=letter.pk)
    return letter


@transaction.atomic
def approve_letter(
    letter_id: int, *, although_late: bool = False, by: Actor, at: datetime
) -> Letter:
    """Fix text and PDF of a draft, and put it in the queue.

    One that leaves after the day it is bound to goes only `although_late`.
    """
    check_role(by, HANDLER, DECIDER)
    letter = locked_letter(letter_id, EDITABLE)
    if not letter.to_email and not letter.to_address:
        raise PolicyError(
            _("%(case)s has neither an e-mail nor a postal address; add one first.")
            % {"case": letter.case}
        )
    _queue(letter, although_late=although_late, by=by, at=at)
    return letter


@transaction.atomic
def cancel_letter(letter_id: int, *, by: Actor, at: datetime) -> Letter:
    """Take back a draft, or a letter that could not be sent."""
    check_role(by, HANDLER, DECIDER)
    letter = locked_letter(letter_id, (LetterState.DRAFT, LetterState.FAILED))
    if letter.kind == LetterKind.REPLY and letter.again_of_id is None:
        raise PolicyError(_("The law wants this reply; correct it instead."))
    take_back(letter, by=by, at=at)
    return letter


@transaction.atomic
def retry_letter(letter_id: int, *, by: Actor, at: datetime) -> Letter:
    """Try again to send a letter that was given up."""
    check_role(by, HANDLER, DECIDER)
    letter = locked_letter(letter_id, (LetterState.FAILED,))
    letter.state = LetterState.QUEUED
    letter.wait(at=at)
    letter.save()
    return letter


@transaction.atomic
def letter_sent(letter_id: int, *, proof: str, by: Actor, at: datetime) -> Letter:
    """Record that the worker handed a letter over; told twice, it counts once."""
    check_role(by, SYSTEM)
    letter = lock_letter(letter_id)
    if letter.state == LetterState.SENT:
        return letter
    return mark_sent(letter, proof=proof, sent_at=at, by=by, at=at)


@transaction.atomic
def letter_not_sent(letter_id: int, *, error: str, by: Actor, at: datetime) -> Letter:
    """Try again later; given up, the letter waits for an officer."""
    check_role(by, SYSTEM)
    letter = lock_letter(letter_id)
    if letter.state != LetterState.QUEUED:  # sent by another, or taken back meanwhile
        return letter
    if not letter.postpone(error, at=at):
        letter.state = LetterState.FAILED
        _note(letter, Event.LETTER_FAILED, by=by, at=at)
    letter.save()
    return letter


def cancel_open_letters(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Take back what is not sent of a ticket that ended otherwise."""
    waiting = ticket.letters.select_for_update(of=("self",))
    # A restriction outlives its ticket, and so do the notices of it.
    waiting = waiting.exclude(kind=LetterKind.LIFT_NOTICE)
    for letter in waiting.exclude(notice__operation__in=OrderAct.OF_MEASURES):
        take_back(letter, by=by, at=at)


def take_back(letter: Letter, *, by: Actor, at: datetime) -> None:
    """Take back a letter, unless it has gone out; the caller holds the lock."""
    if letter.state in (LetterState.SENT, LetterState.CANCELLED):
        return
    letter.state = LetterState.CANCELLED
    letter.finish()
    letter.save()
    _note(letter, Event.LETTER_CANCELLED, by=by, at=at)
    recipient_not_told(letter)


def _queue(
    letter: Letter,
    *,
    asked: Asked | None = None,
    although_late: bool,
    by: Actor,
    at: datetime,
) -> None:
    if SYSTEM not in by.roles:  # a machine has nobody to ask; it sends, and notes it
        bound = bound_of_letter(letter)
        in_time_or_ticked(bound, although_late=although_late, at=at)
    fixing.fix(letter, asked=asked, at=at)
    letter.state = LetterState.QUEUED
    letter.approved_by, letter.approved_at = by.name, at
    if letter.to_email:
        letter.wait(at=at)
    letter.save()
    _note(letter, Event.LETTER_APPROVED, by=by, at=at)


def mark_sent(
    letter: Letter, *, proof: str, sent_at: datetime, by: Actor, at: datetime
) -> Letter:
    """Record that a locked letter went out, and let it have its legal effect.

    The effect is of `sent_at`, when it went; the ledger says when that was recorded.
    """
    letter.state, letter.sent_at, letter.proof = LetterState.SENT, sent_at, proof
    letter.finish()
    letter.save()
    _note(letter, Event.LETTER_SENT, by=by, at=at)
    if letter.again_of_id is not None:
        _looked_after(letter, letter.again_of_id, at=at)
    elif letter.ticket_id is not None:
        _effect(lock(letter.ticket_id), letter, by=by, at=at)
    if letter.kind == LetterKind.ACKNOWLEDGEMENT:
        rung = Timer.objects.filter(kind=TimerKind.ACKNOWLEDGE_DUE)
        rung.filter(ticket__case=letter.case_id).delete()
    return letter


def _looked_after(repeat: Letter, first_id: int, *, at: datetime) -> None:
    """Let the alarm about a letter that came back be silent: its repeat went out.

    The repeat has no further effect: the first dispatch had it.
    """
    first = Letter.objects.filter(pk=first_id, looked_after_at=None)
    first.update(looked_after_at=at, looked_after_by=repeat.approved_by)
    for ticket in repeat.case.tickets.order_by("pk"):
        clockwork.set_timers(ticket, at=at)


def _effect(ticket: Ticket, letter: Letter, *, by: Actor, at: datetime) -> None:
    """Let the dispatch itself have its legal effect."""
    sent_at = letter.sent_at or at
    answers = letter.kind == LetterKind.REPLY and ticket.state == State.REPLY_PENDING
    if answers and ticket.outcome == Outcome.FEE:
        fee_told(ticket, letter, by=by, at=at)
    elif answers:
        clockwork.freeze(ticket)
        ticket.reply(at=sent_at)
        clockwork.set_timers(ticket, at=at)
        ticket.save()
        record(ticket, Event.TICKET_REPLIED, by=by, at=at, letter=letter.pk)
        propose_lift_of(ticket, at=at)
        close_if_done(ticket, by, at)
    elif letter.kind == LetterKind.EXTENSION_NOTICE and ticket.is_open:
        # It counts only once told, and only in month one; GDPR Art. 12(3).
        kind = ClockEventKind.EXTENSION_NOTIFIED
        clockwork.happened(ticket, kind, by=by, at=sent_at)
        ticket.save()
        late = local_day(sent_at) > ticket.extension_notice_due
        record(ticket, Event.TICKET_EXTENSION_TOLD, by=by, at=at, late=late)
    elif letter.kind == LetterKind.RECIPIENT_NOTICE:
        recipient_told(ticket, letter, by=by, at=at)
    elif letter.kind == LetterKind.LIFT_NOTICE:
        notice_sent(letter, by=by, at=at)


def _note(letter: Letter, event: Event, *, by: Actor, at: datetime) -> None:
    facts = {"letter": letter.pk, "kind": letter.kind, "ticket": letter.ticket_id}
    if letter.pdf_sha256:
        facts["pdf_sha256"] = letter.pdf_sha256
    if letter.proof:  # its digest only: an officer may have written a name into it
        facts["proof_sha256"] = hashlib.sha256(letter.proof.encode()).hexdigest()
    if letter.sent_at and letter.sent_at != at:
        facts["posted_on"] = local_day(letter.sent_at).isoformat()
    if event in LEAVING:
        bound = bound_of_letter(letter)
        if bound is not None and bound.is_missed(letter.sent_at or at):
            facts["late_after"] = bound.leave_by.isoformat()
    record_case(letter.case, event, by=by, at=at, **facts)


def bound_of_letter(letter: Letter) -> Bound | None:
    """Return the day by which a letter has to leave, if one binds it.

    None binds a repeat: its first dispatch was in time, or late.
    """
    if letter.again_of_id is not None:
        return None
    return bound_of(letter.kind, letter.ticket, on_paper=not letter.to_email)


def lock_letter(letter_id: int) -> Letter:
    """Lock the ticket first, as every act does, so that no two wait for each other.

    Of a repeat the whole case: the alarm about the first may ring on any ticket.
    """
    letter = Letter.objects.get(pk=letter_id)
    if letter.again_of_id is not None:
        lock_case(letter.case_id)
    elif letter.ticket_id is not None:
        lock(letter.ticket_id)
    letters = Letter.objects.select_for_update(of=("self",))
    return letters.select_related("case__subject", "ticket").get(pk=letter_id)


def locked_letter(letter_id: int, states: tuple[LetterState, ...]) -> Letter:
    """Return a letter, locked, if it is in one of these states."""
    letter = lock_letter(letter_id)
    if letter.state not in states:
        raise PolicyError(
            _("The letter is “%(state)s”; this is no longer possible.")
            % {"state": letter.get_state_display()}
        )
    return letter
