"""A letter that would leave after its day says so, and goes only with a tick."""

from typing import Any

import pytest

from dsr import casework
from dsr.letters.compose import compose
from dsr.letters.contents import find_contents
from dsr.models import LedgerEntry, Letter, Ticket
from dsr.policy.lateness import bound_of
from dsr.vocabulary import State
from tests.dsr.conftest import (
    COLLEAGUE,
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    decide,
    refused,
)

pytestmark = pytest.mark.django_db
PAPER = {"postal_address": "Rue Haute 1\n4000 Liège"}
# Received on 5 March; the month ends on 7 April, 33 days later.
LAST = RECEIVED + 33 * DAY


def reply_of(ticket: Ticket) -> Letter:
    return ticket.letters.get(kind="reply", state="draft")


def facts(event: str) -> dict[str, object]:
    """Return what the ledger says of a letter the last time."""
    entry = LedgerEntry.objects.filter(event=event).latest("number")
    return {"kind": entry.facts["kind"], "late_after": entry.facts.get("late_after")}


def test_a_reply_in_time_needs_no_tick(walk: Walk) -> None:
    reply = reply_of(walk(State.REPLY_PENDING, email=JEANNE))
    casework.approve_letter(reply.pk, by=OFFICER, at=LAST)
    assert facts("letter.approved") == {"kind": "reply", "late_after": None}


def test_a_late_reply_says_so_and_goes_with_a_tick_that_is_recorded(
    walk: Walk,
) -> None:
    reply = reply_of(walk(State.REPLY_PENDING, email=JEANNE))
    with refused(r"should have left by 7 April 2026 \(GDPR Art. 12\(3\)\).*tick"):
        casework.approve_letter(reply.pk, by=OFFICER, at=LAST + DAY)
    casework.approve_letter(reply.pk, although_late=True, by=OFFICER, at=LAST + DAY)
    casework.send_letters(at=LAST + DAY)
    for event in ("letter.approved", "letter.sent"):
        assert facts(event) == {"kind": "reply", "late_after": "2026-04-07"}


def test_paper_leaves_earlier(walk: Walk) -> None:
    ticket = walk(State.AWAITING_IDENTITY, **PAPER)
    casework.propose(
        ticket.pk,
        outcome="not_identified",
        grounds=["not_identified"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    decide(ticket.pk)
    reply = reply_of(ticket)
    with refused("should have left by 4 April 2026"):
        casework.approve_letter(reply.pk, by=OFFICER, at=LAST)
    casework.approve_letter(reply.pk, by=OFFICER, at=LAST - 3 * DAY)
    casework.record_posted(reply.pk, proof="registered 1", by=OFFICER, at=LAST)
    assert facts("letter.sent") == {"kind": "reply", "late_after": "2026-04-04"}


def test_a_refusal_has_its_own_day_whatever_was_extended(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "rectification", email=JEANNE)
    casework.propose_extension(ticket.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    casework.extend(ticket.pk, by=COLLEAGUE, at=RECEIVED)
    casework.send_letters(at=RECEIVED)
    last = {}
    for outcome in ("granted", "partial", "refused"):
        ticket = Ticket.objects.get(pk=ticket.pk)
        ticket.outcome = outcome
        bound = bound_of("reply", ticket, on_paper=False)
        last[outcome] = bound and bound.legal.isoformat()
    assert last == {
        "granted": "2026-06-05",
        "partial": "2026-04-07",
        "refused": "2026-04-07",
    }


def test_a_late_question_says_that_it_suspends_nothing(walk: Walk) -> None:
    ticket = walk(State.TRIAGE, email=JEANNE)
    asked: dict[str, Any] = {"doubts": WHY, "items": "a letter"}
    with refused("12 March 2026.*does not suspend the time limit"):
        casework.ask_identity(ticket.pk, **asked, by=OFFICER, at=RECEIVED + 8 * DAY)
    casework.ask_identity(
        ticket.pk, **asked, although_late=True, by=OFFICER, at=RECEIVED + 8 * DAY
    )
    assert facts("letter.approved")["late_after"] == "2026-03-12"
    letter = ticket.letters.get(kind="identity_request")
    said = find_contents(compose(letter).html or "")
    assert said["time"] == "Le délai de réponse continue de courir."


def test_an_extension_on_paper_has_to_leave_in_time(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, **PAPER)
    casework.propose_extension(ticket.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    with refused("4 April 2026.*A later notice extends nothing"):
        casework.extend(ticket.pk, by=COLLEAGUE, at=LAST - DAY)
    casework.extend(ticket.pk, although_late=True, by=COLLEAGUE, at=LAST - DAY)
    assert facts("letter.approved")["late_after"] == "2026-04-04"


def test_what_the_law_wants_is_changed_but_never_emptied(walk: Walk) -> None:
    ticket = walk(State.AWAITING_IDENTITY, email=JEANNE)
    casework.propose(
        ticket.pk,
        outcome="not_identified",
        grounds=["not_identified"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    decide(ticket.pk)
    reply = reply_of(ticket)
    for text in ("", "   "):
        with refused("The law wants “the reasons” in this letter"):
            casework.edit_letter(
                reply.pk, parts={"reasons": text}, by=COLLEAGUE, at=RECEIVED
            )
    with refused("at least 30 characters"):
        casework.edit_letter(
            reply.pk, parts={"reasons": "No."}, by=COLLEAGUE, at=RECEIVED
        )
