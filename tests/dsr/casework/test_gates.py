"""Answering the gates: by whom, when, with what, and what is written down."""

from typing import Any

import pytest

from dsr import casework
from dsr.casework import NewAnswer, NewFile
from dsr.models import Document, GateAnswer, LedgerEntry, Ticket
from dsr.policy.gates import checklist, open_gates
from dsr.vocabulary import Outcome, State
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    DECIDER,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    Walk,
    ask_identity,
    decide,
    events,
    propose,
    refused,
    take,
)
from tests.dsr.steps import answer_gates
from tests.dsr.telling import answer_for_everyone


def said(ticket: Ticket) -> dict[str, str]:
    return {line.gate: line.answer for line in checklist(fresh(ticket))}


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def answer(ticket: Ticket, gate: str, code: str, note: str = "", **who: Any) -> Ticket:
    given: dict[str, Any] = {"by": OFFICER, "at": RECEIVED} | who
    return casework.answer_gates(
        ticket.pk, answers=[NewAnswer(gate, code, note)], **given
    )


def test_a_decision_names_the_open_checks(walk: Walk) -> None:
    ticket = walk(State.DECISION_PENDING, email=JEANNE)
    with refused(
        "Not answered yet: G2 Controllership, G5 Unfounded, excessive, abusive, "
        "G6 Statutory restriction, G7 Rights of others"
    ):
        casework.decide(ticket.pk, by=DECIDER, at=RECEIVED)
    decide(ticket.pk)
    assert fresh(ticket).outcome == Outcome.GRANTED


def test_the_facts_are_written_down_at_the_decision(walk: Walk) -> None:
    ticket = walk(State.DECISION_PENDING, "erasure", email=JEANNE)
    decide(ticket.pk)
    Document.objects.all().delete()
    ticket.case.subject.identifiers.update(verified_at=None, verified_by="")
    assert said(ticket) == {
        "G0": "received",
        "G1": "this_right",
        "G2": "ours_alone",
        "G3": "established",
        "G4": "self",
        "G5": "none",
        "G6": "none",
        "G7": "not_concerned",
        "G8": "electronic",
        "G9": "computed",
    }
    line = LedgerEntry.objects.filter(event="ticket.gates_answered").last()
    assert line is not None
    assert line.by == "system"
    assert line.facts["gates"]["G3"] == "established"
    assert "note" not in str(line.facts)


def test_an_officer_answers_some_and_the_rest_stays_open(walk: Walk) -> None:
    ticket = walk(State.TRIAGE, email=JEANNE)
    answer(ticket, "G2", "ours_alone")
    lines = open_gates(checklist(fresh(ticket)))
    assert [line.gate for line in lines] == ["G1", "G3", "G5", "G6", "G7"]
    line = LedgerEntry.objects.filter(event="ticket.gates_answered").last()
    assert line is not None
    assert line.facts["gates"] == {"G2": "ours_alone"}


def test_the_last_answer_holds_and_the_first_is_kept(walk: Walk) -> None:
    ticket = walk(State.REVIEWING, email=JEANNE)
    answer(ticket, "G5", "none")
    answer(ticket, "G5", "abuse", "asked for the sake of damages", at=RECEIVED + DAY)
    assert said(ticket)["G5"] == "abuse"
    history = GateAnswer.objects.filter(gate="G5").values_list("answer", flat=True)
    assert list(history) == ["none", "abuse"]
    assert "damages" not in str(list(LedgerEntry.objects.values_list("facts")))


@pytest.mark.parametrize(
    ("gate", "code", "note", "sentence"),
    [
        ("G2", "other", " ", "Add a note to G2 Controllership: “another controller”"),
        ("G2", "none", "", "G2 Controllership cannot be answered “none”; possible"),
        ("G9", "none", "", "G9 Time limit is not for you to answer"),
        ("G3", "failed", "x", "G3 Identity is not for you to answer: proven: e-mail"),
        ("G1", "this_right", "x", "Nothing new|is not for you to answer"),
        ("G10", "none", "", "There is no check “G10”; known are: G0, G1"),
    ],
)
def test_an_answer_must_be_the_gates_own(
    walk: Walk, gate: str, code: str, note: str, sentence: str
) -> None:
    ticket = walk(State.REVIEWING, email=JEANNE)
    with refused(sentence):
        answer(ticket, gate, code, note)


def test_what_says_the_same_is_nothing_new(walk: Walk) -> None:
    ticket = walk(State.REVIEWING, email=JEANNE)
    answer(ticket, "G6", "none")
    with refused("Nothing new was answered"):
        answer(ticket, "G6", "none")


def test_the_law_is_the_dpos_business_too(walk: Walk) -> None:
    ticket = walk(State.REVIEWING, email=JEANNE)
    answer(ticket, "G6", "silent", "Act of 30 July 2018, Art. 12", by=DPO)
    assert said(ticket)["G6"] == "silent"
    with refused("takes the role of handler"):
        answer(ticket, "G2", "ours_alone", by=DPO)
    for nobody in (DECIDER, AUDITOR):
        with refused("takes the role of handler"):
            answer(ticket, "G6", "none", by=nobody)


def test_a_decided_ticket_is_not_assessed_anew(walk: Walk) -> None:
    ticket = walk(State.REPLY_PENDING, "erasure", email=JEANNE)
    with refused("not possible in this state"):
        answer(ticket, "G2", "joint", "with the broker")


def test_a_mandate_on_file_answers_for_whom_they_ask(open_case: Open) -> None:
    case = open_case("erasure", email=JEANNE, agent_name="Paul", agent_relation="son")
    ticket = case.tickets.get()
    assert said(ticket)["G4"] == ""
    answer(ticket, "G4", "parent", "seen at the counter")
    assert said(ticket)["G4"] == "parent"
    new = NewFile("mandate", "mandate.pdf", "application/pdf", b"%PDF-1.4")
    casework.add_document(case.pk, new, by=OFFICER, at=RECEIVED)
    assert said(ticket)["G4"] == "mandate"


def test_a_contradiction_stops_the_decision(walk: Walk) -> None:
    ticket = walk(State.DECISION_PENDING, "erasure", email=JEANNE)
    answer(ticket, "G2", "other", "the broker keeps this file")
    answer_gates(ticket.pk)
    with refused("another controller has to answer"):
        casework.decide(ticket.pk, by=DECIDER, at=RECEIVED)
    casework.return_proposal(ticket.pk, why=WHY, by=OFFICER, at=RECEIVED)
    passed = casework.redirect(ticket.pk, controller=WHY, by=OFFICER, at=RECEIVED)
    assert passed.state == State.REDIRECTED


def test_who_was_asked_and_gave_no_proof_is_not_identified(open_case: Open) -> None:
    ticket = open_case("erasure", email=JEANNE).tickets.get()
    ask_identity(ticket.pk)
    assert said(ticket)["G3"] == "failed"
    casework.propose(
        ticket.pk,
        outcome="not_identified",
        grounds=["not_identified"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    decide(ticket.pk, by=DECIDER)
    assert fresh(ticket).outcome == Outcome.NOT_IDENTIFIED


def test_what_takes_effect_at_once_is_held_up_by_no_check(walk: Walk) -> None:
    ticket = walk(State.PROPAGATING, "marketing_opt_out", email=JEANNE)
    assert said(ticket)["G3"] == "not_needed"
    assert [line.gate for line in open_gates(checklist(ticket))] == ["G2", "G5", "G6"]
    answer_for_everyone(ticket.pk)
    assert fresh(ticket).state == State.REPLY_PENDING


def test_taking_and_proposing_answers_nothing_by_itself(open_case: Open) -> None:
    ticket = open_case("access", email=JEANNE).tickets.get()
    take(ticket.pk)
    propose(ticket.pk)
    assert not GateAnswer.objects.exists()
    assert "ticket.gates_answered" not in events(ticket.case)


def test_opened_again_the_checks_are_answered_anew(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "restriction", email=JEANNE)
    later = RECEIVED + 40 * DAY
    casework.reopen(ticket.pk, why=WHY, by=DPO, at=later)
    ticket = fresh(ticket)
    lines = {line.gate: line for line in open_gates(checklist(ticket))}
    assert sorted(lines) == ["G2", "G5", "G6"]  # the rest is shown by facts
    before = lines["G2"].before
    assert before is not None
    assert (before.answer, before.answered_at) == ("ours_alone", RECEIVED)
    propose(ticket.pk)
    with refused("Not answered yet: G2 Controllership"):
        casework.decide(ticket.pk, by=DECIDER, at=later)
    answer(ticket, "G2", before.answer, before.note, at=later)
    assert said(ticket)["G2"] == "ours_alone"
    decide(ticket.pk, at=later)
    assert fresh(ticket).outcome == Outcome.GRANTED
