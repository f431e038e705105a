"""The ten gates: what facts show, what an officer answers, what a decision needs."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dsr import casework
from dsr.casework import NewAnswer
from dsr.models import Ticket
from dsr.policy import PolicyError, check
from dsr.policy.gates import QUESTIONS, disagreements
from dsr.policy.gates.facts import Facts, facts_of, shown_by
from dsr.policy.gates.questions import answers_to
from dsr.rights import TICKETS
from dsr.vocabulary import Gate, GateAnswerCode, State
from tests.dsr.conftest import (
    DECIDER,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
)

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


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def answer(ticket: Ticket, gate: str, code: str, note: str = "", **who: Any) -> Ticket:
    given: dict[str, Any] = {"by": OFFICER, "at": RECEIVED} | who
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
    ticket = walk(State.REVIEWING, email=JEANNE)
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
    ticket = walk(State.REVIEWING, email=JEANNE)
    answer(ticket, gate, code, WHY)
    assert list(disagreements(fresh(ticket), outcome, grounds)) == []


def test_the_rule_stands_in_the_policy(walk: Walk) -> None:
    ticket = walk(State.DECISION_PENDING, "erasure", email=JEANNE)
    with pytest.raises(PolicyError, match="Answer these checks first"):
        check("decide", ticket, by=DECIDER, at=RECEIVED)


def test_facts_come_in_the_language_of_the_reader(walk: Walk) -> None:
    ticket = walk(State.REVIEWING, email=JEANNE)
    with translation.override("fr"):
        shown = shown_by(facts_of(ticket))
    assert "mars 2026" in shown["G0"].fact
