"""What was asked of the person is kept round by round, and stands in the file."""

from dsr import casework
from dsr.controller import current
from dsr.models import Ticket
from dsr.vocabulary import SYSTEM, State
from exports.reports.case_file import case_file
from tests.dsr.conftest import (
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    refused,
)


def test_each_round_of_proof_is_kept_and_never_the_proof(walk: Walk) -> None:
    ticket = walk(State.AWAITING_IDENTITY, email=JEANNE)
    casework.reject_proof(
        ticket.pk, why=WHY, items="a policy number", by=OFFICER, at=RECEIVED
    )
    casework.accept_proof(ticket.pk, method="call back", by=OFFICER, at=RECEIVED)
    rounds = ticket.identity_checks.values_list("items", "result", "method")
    assert list(rounds) == [
        ("a letter we sent", "insufficient", ""),
        ("a policy number", "sufficient", "call back"),
    ]


def test_who_was_known_was_not_asked(walk: Walk) -> None:
    ticket = walk(State.TRIAGE, email=JEANNE)
    known = ticket.case.subject.identifiers.get(kind="email")
    casework.establish_identity(
        ticket.pk, method="call back", identifiers=[known.pk], by=OFFICER, at=RECEIVED
    )
    check = ticket.identity_checks.get()
    assert (check.asked_at, check.result) == (None, "sufficient")


def test_proof_that_never_came_closes_its_round(walk: Walk) -> None:
    ticket = walk(State.AWAITING_IDENTITY, email=JEANNE)
    casework.propose(
        ticket.pk,
        outcome="not_identified",
        grounds=["not_identified"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    assert ticket.identity_checks.get().result == "unanswered"


def test_a_clarification_is_answered_or_times_out(walk: Walk) -> None:
    for answer, timed_out in (("The claim of 2024.", False), ("", True)):
        ticket = walk(State.AWAITING_CLARIFICATION, email=JEANNE)
        casework.clarify(ticket.pk, answer=answer, by=SYSTEM, at=RECEIVED)
        kept = ticket.clarifications.get()
        assert (kept.answer, kept.timed_out) == (answer, timed_out)


def test_the_file_holds_the_rounds_and_what_made_it_complex(walk: Walk) -> None:
    ticket = walk(State.AWAITING_IDENTITY, email=JEANNE)
    casework.accept_proof(ticket.pk, method="call back", by=OFFICER, at=RECEIVED)
    with refused("busy does not make a request complex"):
        casework.propose_extension(
            ticket.pk, reason=WHY, factors=["busy"], by=OFFICER, at=RECEIVED
        )
    casework.propose_extension(
        ticket.pk, reason=WHY, factors=["amount", "number"], by=OFFICER, at=RECEIVED
    )
    case = Ticket.objects.get(pk=ticket.pk).case
    (told,) = case_file(case, current())["tickets"]
    assert told["extension"]["factors"] == ["amount", "number"]
    (check,) = told["records"]
    assert check["kind"] == "identitycheck"
    assert {"name": "method", "label": "How it was checked", "value": "call back"} in (
        check["facts"]
    )
