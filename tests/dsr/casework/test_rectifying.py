"""A contested datum is verified, judged, corrected everywhere; the ledger is blind."""

import json
from typing import Any

import pytest
from pypdf import PdfReader

from dsr import casework
from dsr.models import Correction, LedgerEntry, Letter, Message, Ticket
from dsr.policy import PolicyError
from dsr.vocabulary import State
from tests.dsr.conftest import (
    COLLEAGUE,
    DECIDER,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    Walk,
    decide,
    refused,
    send_reply,
    take,
)
from tests.dsr.machines.rectification import judge, note_datum
from tests.dsr.steps import LAW, carry_out, close_orders, excuse_notices, propose

STATEMENT = "I never said that I was at fault."
KEPT = {"verdict": "keep", "why": WHY}
ADDED = {"verdict": "supplement", "why": WHY, "statement": STATEMENT}
UNKNOWN = {"verdict": "annotate", "why": WHY}


@pytest.fixture
def ticket(open_case: Open) -> Ticket:
    """Take a rectification in hand and search."""
    ticket = open_case("rectification", email=JEANNE).tickets.get()
    take(ticket.pk)
    return ticket


def note(ticket: Ticket, place: str = "street", **given: Any) -> Correction:
    said: dict[str, Any] = {
        "system": "crm",
        "says": "Rue Haute 1",
        "should_say": "Rue Haute 11",
    }
    casework.verify(ticket.pk, place=place, by=OFFICER, at=RECEIVED, **(said | given))
    return Correction.objects.get(place=place)


def verdict(datum: Correction, **said: Any) -> None:
    casework.judge_datum(
        datum.ticket_id, datum=datum.pk, by=OFFICER, at=RECEIVED, **said
    )


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_the_ledger_knows_the_values_by_keyed_digests_only(ticket: Ticket) -> None:
    note(ticket)
    facts = LedgerEntry.objects.get(event="datum.noted").facts
    assert facts["system"] == "crm"
    assert len(facts["before"]) == len(facts["after"]) == 64
    assert facts["before"] != facts["after"]
    assert "Haute" not in json.dumps(facts)
    assert "street" not in json.dumps(facts)


def test_a_datum_noted_again_is_judged_anew(ticket: Ticket) -> None:
    verdict(note(ticket), verdict="correct")
    again = note(ticket, should_say="Rue Haute 111")
    assert (again.verdict, again.judged_at, again.should_say) == (
        "",
        None,
        "Rue Haute 111",
    )


def test_only_a_system_that_was_searched_holds_a_datum(ticket: Ticket) -> None:
    with refused("attic was not searched for this person; choose one of: claims, crm"):
        note(ticket, system="attic")
    with refused("Say where the datum stands"):
        note(ticket, should_say=" ")


def test_nothing_is_noted_of_somebody_nobody_searched_for(open_case: Open) -> None:
    unknown = open_case("rectification").tickets.get()
    casework.take_in_hand(unknown.pk, by=OFFICER, at=RECEIVED)
    with refused("Nothing was searched yet"):
        note(unknown)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"verdict": "perhaps"}, "There is no verdict “perhaps”"),
        ({"verdict": "keep"}, "How it was verified needs at least 30 characters"),
        ({"verdict": "annotate"}, "How it was verified needs at least"),
        ({"verdict": "supplement", "why": WHY}, "supplemented by the person's own"),
    ],
)
def test_what_is_not_corrected_is_explained(
    ticket: Ticket, said: dict[str, str], sentence: str
) -> None:
    datum = note(ticket)
    with refused(sentence):
        verdict(datum, **said)


def test_a_datum_of_another_ticket_is_not_judged(
    ticket: Ticket, open_case: Open
) -> None:
    datum = note(ticket)
    other = open_case("rectification", email="ann@example.org").tickets.get()
    take(other.pk)
    with pytest.raises(PolicyError, match="is not possible in this state"):
        casework.judge_datum(
            other.pk, datum=datum.pk, verdict="correct", by=OFFICER, at=RECEIVED
        )


@pytest.mark.parametrize(
    ("verdicts", "outcome", "grounds"),
    [
        ([{"verdict": "correct"}], "granted", []),
        ([{"verdict": "correct"}, KEPT], "partial", ["accurate"]),
        ([ADDED], "partial", ["opinion"]),
        ([ADDED, UNKNOWN], "partial", ["opinion", "not_established"]),
        ([KEPT], "refused", ["accurate"]),
        ([KEPT, UNKNOWN], "refused", ["accurate", "not_established"]),
    ],
)
def test_the_outcome_follows_from_the_verdicts(
    ticket: Ticket, verdicts: list[dict[str, str]], outcome: str, grounds: list[str]
) -> None:
    for number, said in enumerate(verdicts):
        verdict(note(ticket, place=f"field {number}"), **said)
    for other in {"granted", "partial", "refused"} - {outcome}:
        wrong = ["accurate"] if other != "granted" else []
        with refused("By the verdicts on the data the outcome is"):
            casework.propose(
                ticket.pk,
                outcome=other,
                grounds=wrong,
                reasons=WHY,
                by=OFFICER,
                at=RECEIVED,
            )
    casework.propose(
        ticket.pk,
        outcome=outcome,
        grounds=grounds,
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    assert fresh(ticket).state == State.DECISION_PENDING


def test_the_grounds_follow_from_the_verdicts_too(ticket: Ticket) -> None:
    verdict(note(ticket), **ADDED)
    with refused("the grounds are: opinion"):
        casework.propose(
            ticket.pk,
            outcome="partial",
            grounds=["accurate"],
            reasons=WHY,
            by=OFFICER,
            at=RECEIVED,
        )


def test_nothing_is_proposed_before_every_datum_is_judged(ticket: Ticket) -> None:
    with refused("No datum was verified yet"):
        propose(ticket.pk)
    note(ticket)
    with refused("Not judged yet: crm, street"):
        propose(ticket.pk)


def test_a_refusal_for_another_reason_needs_no_verdicts(ticket: Ticket) -> None:
    casework.propose(
        ticket.pk,
        outcome="refused",
        grounds=["legal_restriction"],
        law=LAW,
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    assert fresh(ticket).state == State.DECISION_PENDING


def test_it_is_corrected_everywhere_before_the_person_is_told(walk: Walk) -> None:
    ticket = walk(State.CORRECTING, "rectification", email=JEANNE)
    assert set(ticket.orders.values_list("act", "state")) == {("correct", "waiting")}
    close_orders(ticket.pk)
    assert fresh(ticket).state == State.NOTIFYING
    assert ticket.notices.filter(operation="correct").exists()
    with refused("these recipients are not told yet"):
        carry_out(ticket.pk)
    excuse_notices(ticket.pk)
    carry_out(ticket.pk)
    assert fresh(ticket).state == State.REPLY_PENDING


def test_a_returned_proposal_goes_back_to_the_data(walk: Walk) -> None:
    ticket = walk(State.DECISION_PENDING, "rectification", email=JEANNE)
    casework.return_proposal(ticket.pk, why=WHY, by=DECIDER, at=RECEIVED)
    assert fresh(ticket).state == State.VERIFYING
    assert ticket.corrections.get().verdict == "correct"


def test_the_data_are_restricted_meanwhile_where_the_person_asks(
    ticket: Ticket,
) -> None:
    casework.verify(
        ticket.pk,
        system="crm",
        place="street",
        should_say="Rue Haute 11",
        restrict=True,
        by=OFFICER,
        at=RECEIVED,
    )
    measure = ticket.measures.get()
    assert (measure.ground, measure.what) == ("accuracy_contested", "crm: street")


def test_underwriting_is_told_by_a_note_and_nothing_waits(ticket: Ticket) -> None:
    datum = note(ticket)
    casework.judge_datum(
        ticket.pk,
        datum=datum.pk,
        verdict="correct",
        tell_underwriting=True,
        by=OFFICER,
        at=RECEIVED,
    )
    assert "Tell underwriting: crm, street" in Message.objects.get(kind="note").text
    propose(ticket.pk)
    assert decide(ticket.pk, by=COLLEAGUE).state == State.CORRECTING


def test_the_reply_says_from_what_to_what_where_and_when(ticket: Ticket) -> None:
    verdict(note(ticket), verdict="correct")
    verdict(note(ticket, place="call note", system="claims"), **ADDED)
    verdict(note(ticket, place="birth date"), **KEPT)
    casework.propose(
        ticket.pk,
        outcome="partial",
        grounds=["opinion", "accurate"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    decide(ticket.pk, by=COLLEAGUE)
    for step in (close_orders, excuse_notices, carry_out):
        step(ticket.pk)
    pdf_text = text_of(send_reply(ticket.pk))
    for part in (
        "Rue Haute 1",
        "Rue Haute 11",
        "Gestion des clients",
        STATEMENT,
        "birth date",
    ):
        assert part in pdf_text
    assert "5 mars 2026" in pdf_text


def text_of(letter: Letter) -> str:
    """Read the letter as it was sent."""
    with letter.pdf.open() as pdf:
        pages = PdfReader(pdf).pages
        return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_judging_needs_a_datum(ticket: Ticket) -> None:
    note_datum(ticket.pk)
    judge(ticket.pk)
    assert ticket.corrections.get().judged_by == "officer"
