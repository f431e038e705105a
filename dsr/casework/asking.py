"""Writes down what was asked of the person, and what came of it, round by round."""

from datetime import datetime

from dsr.models import ClarificationRound, IdentityCheck, Ticket
from dsr.vocabulary import Actor, ProofResult


def identity_asked(
    ticket: Ticket, doubts: str, items: str, *, by: Actor, at: datetime
) -> None:
    """Open a round; the caller holds the lock."""
    IdentityCheck.objects.create(
        ticket=ticket, doubts=doubts, items=items, asked_at=at, asked_by=by.name
    )


def identity_checked(
    ticket: Ticket, result: ProofResult, *, method: str = "", by: Actor, at: datetime
) -> None:
    """Close the open round; who was never asked gets a round that says so."""
    check = ticket.identity_checks.filter(checked_at=None).last()
    check = check or IdentityCheck(ticket=ticket)
    check.result, check.method = result, method.strip()
    check.checked_at, check.checked_by = at, by.name
    check.save()


def clarification_asked(
    ticket: Ticket, question: str, *, by: Actor, at: datetime
) -> None:
    """Open a round."""
    ClarificationRound.objects.create(
        ticket=ticket, question=question, asked_at=at, asked_by=by.name
    )


def clarification_closed(
    ticket: Ticket, answer: str, *, by: Actor, at: datetime
) -> None:
    """Close the open round with what was said, or because nothing was."""
    opened = ticket.clarifications.filter(closed_at=None)
    opened.update(
        answer=answer.strip(),
        timed_out=not answer.strip(),
        closed_at=at,
        closed_by=by.name,
    )
