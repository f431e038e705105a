"""What moves the legal day: proof asked for, precision asked for, an extension told."""

from datetime import date, datetime

import pytest

from dsr import casework
from dsr.models import LedgerEntry, Letter, Ticket
from dsr.vocabulary import State
from tests.dsr.conftest import (
    COLLEAGUE,
    DAY,
    DECIDER,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    Walk,
    events,
    letters,
    refused,
    verify,
)

DUE, EXTENDED = date(2026, 4, 7), date(2026, 6, 5)


@pytest.fixture
def ticket(open_case: Open) -> Ticket:
    """Open an access request by mail, being qualified."""
    return open_case("access", email=JEANNE).tickets.get()


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def ask(
    ticket: Ticket, at: datetime = RECEIVED + DAY, *, although_late: bool = False
) -> Ticket:
    return casework.ask_identity(
        ticket.pk,
        doubts=WHY,
        items="a letter",
        although_late=although_late,
        by=OFFICER,
        at=at,
    )


def pending(ticket: Ticket) -> set[str]:
    return set(ticket.timers.pending().values_list("kind", flat=True))


def test_asking_for_proof_suspends_the_day_but_not_the_strict_one(
    ticket: Ticket,
) -> None:
    asked = ask(ticket)
    assert asked.state == State.AWAITING_IDENTITY
    assert (asked.due, asked.due_strict) == (None, DUE)
    assert asked.refusal_notice_due is None
    assert letters(asked.case)[-1] == ("identity_request", "queued")
    assert "identity_timeout" in pending(asked)
    assert "due_passed" not in pending(asked)
    assert "strict_due_passed" in pending(asked)


def test_accepting_the_proof_adds_the_days_waited_for(ticket: Ticket) -> None:
    ask(ticket)
    kept = casework.accept_proof(
        ticket.pk, method="call back", by=OFFICER, at=RECEIVED + 11 * DAY
    )
    assert kept.state == State.IN_PROGRESS
    assert (kept.due, kept.due_strict) == (date(2026, 4, 15), DUE)
    assert kept.refusal_notice_due == date(2026, 4, 15)
    assert "identity_timeout" not in pending(kept)
    assert {"due_passed", "strict_due_passed"} <= pending(kept)


def test_a_proof_that_is_not_enough_leaves_the_clock_suspended(ticket: Ticket) -> None:
    ask(ticket)
    again = casework.reject_proof(
        ticket.pk, why=WHY, items="", by=OFFICER, at=RECEIVED + 3 * DAY
    )
    assert again.state == State.AWAITING_IDENTITY
    assert again.due is None
    assert letters(again.case)[-1] == ("proof_insufficient", "queued")
    timeout = again.timers.get(kind="identity_timeout")
    assert timeout.due_at == RECEIVED + 33 * DAY


def test_proof_asked_for_too_late_suspends_nothing(ticket: Ticket) -> None:
    asked = ask(ticket, RECEIVED + 8 * DAY, although_late=True)
    assert (asked.due, asked.due_strict) == (DUE, DUE)


def test_what_asking_for_proof_wants(ticket: Ticket) -> None:
    with refused("The doubt needs at least 30"):
        casework.ask_identity(ticket.pk, doubts="?", items="x", by=OFFICER, at=RECEIVED)
    with refused("one thing a line"):
        casework.ask_identity(ticket.pk, doubts=WHY, items=" ", by=OFFICER, at=RECEIVED)
    with refused("role of handler"):
        casework.ask_identity(ticket.pk, doubts=WHY, items="x", by=DECIDER, at=RECEIVED)


def test_no_proof_is_asked_to_stop_advertising(open_case: Open) -> None:
    ticket = open_case("marketing_opt_out", email=JEANNE).tickets.get()
    with refused("needs no proof of identity"):
        ask(ticket)


def test_how_identity_was_established_is_kept_and_the_document_is_not(
    ticket: Ticket,
) -> None:
    ask(ticket)
    email = ticket.case.subject.identifiers.get()
    casework.accept_proof(
        ticket.pk,
        method="called back on K-100001's number",
        identifiers=[email.pk],
        by=OFFICER,
        at=RECEIVED + 2 * DAY,
    )
    email.refresh_from_db()
    assert (email.verified_by, email.verified_at) == ("officer", RECEIVED + 2 * DAY)
    note = ticket.case.messages.get()
    assert (note.kind, note.text) == (
        "note",
        "Identity established: called back on K-100001's number",
    )
    assert {task.state for task in ticket.searches.all()} == {"waiting"}


def test_an_identifier_of_another_person_is_not_verified(
    ticket: Ticket, open_case: Open
) -> None:
    other = open_case("access", identifiers={"customer_number": "K-100002"})
    foreign = other.subject.identifiers.get().pk
    with refused("not of this person"):
        casework.establish_identity(
            ticket.pk, method=WHY, identifiers=[foreign], by=OFFICER, at=RECEIVED
        )
    assert not other.subject.identifiers.verified().exists()


def test_establishing_identity_needs_a_method_and_an_identifier(
    ticket: Ticket,
) -> None:
    mine = ticket.case.subject.identifiers.get().pk
    for method, chosen, sentence in (("call", [], "Choose by"), (" ", [mine], "Say")):
        with refused(sentence):
            casework.establish_identity(
                ticket.pk, method=method, identifiers=chosen, by=OFFICER, at=RECEIVED
            )


def test_identity_known_after_a_returned_proposal_ends_the_suspension(
    ticket: Ticket,
) -> None:
    ask(ticket)
    casework.propose(
        ticket.pk,
        outcome="not_identified",
        grounds=["not_identified"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED + 5 * DAY,
    )
    casework.return_proposal(ticket.pk, why=WHY, by=DECIDER, at=RECEIVED + 6 * DAY)
    assert fresh(ticket).due is None
    casework.establish_identity(
        ticket.pk,
        method="call back",
        identifiers=[ticket.case.subject.identifiers.get().pk],
        by=OFFICER,
        at=RECEIVED + 11 * DAY,
    )
    assert fresh(ticket).due == date(2026, 4, 15)


def test_clarification_suspends_and_its_answer_narrows_the_scope(
    ticket: Ticket,
) -> None:
    verify(ticket.case)
    asked = casework.ask_clarification(
        ticket.pk, question=WHY, by=OFFICER, at=RECEIVED + DAY
    )
    assert (asked.due, asked.due_strict) == (None, DUE)
    assert "clarification_timeout" in pending(asked)
    assert letters(asked.case)[-1] == ("clarification_request", "queued")
    said = casework.clarify(
        ticket.pk, answer=" my claim of May ", by=OFFICER, at=RECEIVED + 11 * DAY
    )
    assert said.state == State.COLLECTING
    assert said.details == {"scope": "my claim of May"}
    assert said.due == date(2026, 4, 15)
    assert {task.state for task in said.searches.all()} == {"waiting"}


@pytest.mark.parametrize("right", ["erasure", "objection", "portability"])
def test_only_access_is_clarified(open_case: Open, right: str) -> None:
    ticket = open_case(right, email=JEANNE).tickets.get()
    with refused("recital 63"):
        casework.ask_clarification(ticket.pk, question=WHY, by=OFFICER, at=RECEIVED)


def extend(ticket: Ticket, at: datetime = RECEIVED + DAY) -> Letter:
    casework.propose_extension(ticket.pk, reason=WHY, by=OFFICER, at=at)
    casework.extend(ticket.pk, by=DECIDER, at=at)
    return ticket.letters.get(kind="extension_notice")


def test_an_extension_counts_only_when_it_was_told(ticket: Ticket) -> None:
    letter = extend(ticket)
    agreed = fresh(ticket)
    assert (agreed.due, agreed.extended_by) == (DUE, "decider")
    casework.send_letters(at=RECEIVED + 2 * DAY)
    told = fresh(ticket)
    assert (told.due, told.due_strict) == (EXTENDED, EXTENDED)
    assert told.refusal_notice_due == told.extension_notice_due == DUE
    assert told.timers.get(kind="due_passed").due_at.date() == date(2026, 6, 6)
    assert "extension_decision" not in pending(told)
    assert Letter.objects.get(pk=letter.pk).state == "sent"
    assert events(ticket.case)[-1] == "ticket.extension_told"


def test_an_extension_told_after_month_one_does_not_count(ticket: Ticket) -> None:
    extend(ticket)
    casework.send_letters(at=RECEIVED + 40 * DAY)
    told = fresh(ticket)
    assert (told.due, told.due_strict) == (DUE, DUE)
    line = LedgerEntry.objects.get(event="ticket.extension_told")
    assert line.facts["late"] is True


def test_an_extension_takes_a_second_person_and_its_own_reasons(
    ticket: Ticket,
) -> None:
    with refused("The reason needs at least 30"):
        casework.propose_extension(ticket.pk, reason="busy", by=OFFICER, at=RECEIVED)
    with refused("No extension of"):
        casework.extend(ticket.pk, by=DECIDER, at=RECEIVED)
    casework.propose_extension(ticket.pk, reason=WHY, by=COLLEAGUE, at=RECEIVED)
    with refused("four eyes"):
        casework.extend(ticket.pk, by=COLLEAGUE, at=RECEIVED)
    with refused("role of decider"):
        casework.extend(ticket.pk, by=OFFICER, at=RECEIVED)
    with refused("could be extended until 7 April"):
        casework.extend(ticket.pk, by=DECIDER, at=RECEIVED + 40 * DAY)
    casework.extend(ticket.pk, by=DECIDER, at=RECEIVED)
    with refused("one extension"):
        casework.propose_extension(ticket.pk, reason=WHY, by=OFFICER, at=RECEIVED)


@pytest.mark.parametrize("right", ["marketing_opt_out", "consent_withdrawal"])
def test_what_takes_effect_at_once_is_never_extended(
    open_case: Open, right: str
) -> None:
    ticket = open_case(right, email=JEANNE).tickets.get()
    with refused("takes effect at once"):
        casework.propose_extension(ticket.pk, reason=WHY, by=OFFICER, at=RECEIVED)


def test_the_dates_in_force_are_frozen_at_the_reply(walk: Walk) -> None:
    ticket = walk(State.REPLIED, email=JEANNE)
    assert ticket.clock_frozen is not None
    assert ticket.clock_frozen["due"] == "2026-04-07"
    assert ticket.clock_frozen["calendar_version"]
    assert all(step["source"] for step in ticket.clock_frozen["steps"])
    assert not pending(ticket)
