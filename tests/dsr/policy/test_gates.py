"""The ten gates: what facts show, what an officer answers, what a decision needs."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dsr import casework
from dsr.casework import NewAnswer, NewFile
from dsr.models import Document, GateAnswer, LedgerEntry, Ticket
from dsr.policy import PolicyError, check
from dsr.policy.gates import QUESTIONS, checklist, disagreements, open_gates
from dsr.policy.gates.facts import Facts, facts_of, shown_by
from dsr.policy.gates.questions import answers_to
from dsr.rights import TICKETS
from dsr.vocabulary import Gate, GateAnswerCode, Outcome, State
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

FACTS = Facts(
    received_at=RECEIVED,
    channel="mail",
    original_sha256="ab" * 32,
    is_taken=True,
    asks_identity=True,
    proof_awaited=False,
    proven=("email",),
    is_by_agent=False,
    has_mandate=False,
    owes_copy=True,
    withheld=0,
    language="français",
    by_mail=True,
    by_post=False,
    due_strict=date(2026, 4, 7),
    due=date(2026, 4, 7),
)


def said(ticket: Ticket) -> dict[str, str]:
    return {line.gate: line.answer for line in checklist(fresh(ticket))}


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def answer(ticket: Ticket, gate: str, code: str, note: str = "", **who: Any) -> Ticket:
    given = {"by": OFFICER, "at": RECEIVED} | who
    return casework.answer_gates(
        ticket.pk, answers=[NewAnswer(gate, code, note)], **given
    )


def test_every_gate_has_its_question_source_and_help() -> None:
    assert list(QUESTIONS) == Gate.values
    for one in QUESTIONS.values():
        assert str(one.question).endswith("?")
        assert str(one.source.to("fr")).startswith("RGPD, art. ")
        assert str(one.fails).endswith(".")
    codes = {code for one in QUESTIONS.values() for code in one.answers}
    shown = {
        *(one.answer for one in shown_by(FACTS).values()),
        *(one.answer for one in shown_by(replace(FACTS, asks_identity=False)).values()),
    }
    silent = {
        GateAnswerCode.SELF,
        GateAnswerCode.NOT_CONCERNED,
        GateAnswerCode.ON_PAPER,
    }
    assert codes | shown | silent == set(GateAnswerCode)
    assert set(GateAnswerCode.NEEDS_NOTE) <= codes


def test_facts_answer_what_they_can_and_leave_judgement_to_people() -> None:
    shown = shown_by(FACTS)
    assert {gate: one.answer.value for gate, one in shown.items()} == {
        "G0": "received",
        "G1": "this_right",
        "G3": "established",
        "G4": "self",
        "G8": "electronic",
        "G9": "computed",
    }
    assert shown["G0"].fact == (
        "on 5 March 2026, 11:00, by e-mail; original with digest abababababab…"
    )
    assert shown["G3"].fact == "proven: e-mail address"


@pytest.mark.parametrize(
    ("facts", "gate", "code"),
    [
        ({"is_taken": False}, "G1", None),
        ({"asks_identity": False, "proven": ()}, "G3", "not_needed"),
        ({"proven": ()}, "G3", None),
        ({"proof_awaited": True}, "G3", "failed"),
        ({"is_by_agent": True}, "G4", None),
        ({"is_by_agent": True, "has_mandate": True}, "G4", "mandate"),
        ({"withheld": 2}, "G7", "redacted"),
        ({"owes_copy": False}, "G7", "not_concerned"),
        ({"by_mail": False}, "G8", None),
        ({"by_mail": False, "by_post": True}, "G8", "on_paper"),
        ({"due": None}, "G9", "computed"),
        ({"original_sha256": ""}, "G0", "received"),
    ],
)
def test_what_a_fact_shows(facts: dict[str, Any], gate: str, code: str | None) -> None:
    shown = shown_by(replace(FACTS, **facts)).get(gate)
    assert (shown.answer.value if shown else None) == code


@given(
    st.builds(
        Facts,
        received_at=st.just(RECEIVED),
        channel=st.sampled_from(["web", "mail", "post", "phone", "api"]),
        original_sha256=st.sampled_from(["", "ab" * 32]),
        is_taken=st.booleans(),
        asks_identity=st.booleans(),
        proof_awaited=st.booleans(),
        proven=st.sampled_from([(), ("email",), ("email", "customer_number")]),
        is_by_agent=st.booleans(),
        has_mandate=st.booleans(),
        owes_copy=st.booleans(),
        withheld=st.integers(0, 99),
        language=st.just("English"),
        by_mail=st.booleans(),
        by_post=st.booleans(),
        due_strict=st.just(date(2026, 4, 7)),
        due=st.sampled_from([None, date(2026, 4, 7)]),
    )
)
def test_no_fact_ever_answers_what_takes_judgement(facts: Facts) -> None:
    shown = shown_by(facts)
    assert not {Gate.G2, Gate.G5, Gate.G6} & set(shown)
    assert {Gate.G0, Gate.G9} <= set(shown)
    assert all(one.fact for one in shown.values())


@pytest.mark.parametrize("right", TICKETS)
def test_a_sign_of_abuse_is_offered_where_the_right_knows_its_ground(
    right: str,
) -> None:
    ticket = TICKETS[right](right_code=right)
    at_once = right in ("marketing_opt_out", "consent_withdrawal")
    assert (len(answers_to("G5", ticket)) == 1) == at_once
    assert (GateAnswerCode.ABUSE in answers_to("G5", ticket)) == (right == "access")
    assert (GateAnswerCode.FAILED in answers_to("G3", ticket)) == (not at_once)


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
    ticket = walk(State.IN_PROGRESS, email=JEANNE)
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
    ticket = walk(State.IN_PROGRESS, email=JEANNE)
    with refused(sentence):
        answer(ticket, gate, code, note)


def test_what_says_the_same_is_nothing_new(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, email=JEANNE)
    answer(ticket, "G6", "none")
    with refused("Nothing new was answered"):
        answer(ticket, "G6", "none")


def test_the_law_is_the_dpos_business_too(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, email=JEANNE)
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


AGREE: list[tuple[str, str, str, list[str], str]] = [
    ("G2", "other", "granted", [], "another controller has to answer"),
    ("G2", "processor", "refused", ["manifestly_unfounded"], "another controller"),
    ("G5", "abuse", "granted", [], "sign of an abuse"),
    ("G5", "unfounded", "refused", ["excessive_abuse"], "sign of manifestly unfounded"),
    ("G5", "none", "refused", ["manifestly_unfounded"], "G5 does not say so"),
    ("G6", "none", "refused", ["legal_restriction"], "G6 names none"),
    ("G6", "named", "granted", [], "does not rest on it"),
    ("G7", "none", "partial", ["others_rights"], "nothing is to be kept back"),
    ("G7", "none", "not_identified", ["not_identified"], "G3 says that they are"),
]


@pytest.mark.parametrize("row", AGREE)
def test_the_checklist_and_the_proposal_say_the_same(
    walk: Walk, row: tuple[str, str, str, list[str], str]
) -> None:
    gate, code, outcome, grounds, sentence = row
    ticket = walk(State.IN_PROGRESS, email=JEANNE)
    answer(ticket, gate, code, WHY)
    found = list(disagreements(fresh(ticket), outcome, grounds))
    assert any(sentence in one for one in found), found


@pytest.mark.parametrize(
    ("gate", "code", "outcome", "grounds"),
    [
        ("G5", "unfounded", "refused", ["manifestly_unfounded"]),
        ("G5", "excessive", "fee", []),
        ("G5", "none", "fee", []),  # a further copy, Art. 15(3)
        ("G6", "silent", "granted", []),
        ("G6", "named", "partial", ["legal_restriction"]),
        ("G7", "redacted", "partial", ["others_rights"]),
        ("G2", "joint", "granted", []),
    ],
)
def test_what_agrees_is_let_pass(
    walk: Walk, gate: str, code: str, outcome: str, grounds: list[str]
) -> None:
    ticket = walk(State.IN_PROGRESS, email=JEANNE)
    answer(ticket, gate, code, WHY)
    assert list(disagreements(fresh(ticket), outcome, grounds)) == []


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
    casework.confirm(ticket.pk, done=WHY, by=OFFICER, at=RECEIVED)
    assert fresh(ticket).state == State.REPLY_PENDING


def test_the_rule_stands_in_the_policy(walk: Walk) -> None:
    ticket = walk(State.DECISION_PENDING, "erasure", email=JEANNE)
    with pytest.raises(PolicyError, match="Answer these checks first"):
        check("decide", ticket, by=DECIDER, at=RECEIVED)


def test_facts_come_in_the_language_of_the_reader(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, email=JEANNE)
    with translation.override("fr"):
        shown = shown_by(facts_of(ticket))
    assert "mars 2026" in shown["G0"].fact


def test_taking_and_proposing_answers_nothing_by_itself(open_case: Open) -> None:
    ticket = open_case("erasure", email=JEANNE).tickets.get()
    take(ticket.pk)
    propose(ticket.pk)
    assert not GateAnswer.objects.exists()
    assert "ticket.gates_answered" not in events(ticket.case)
