"""Who may do what, in which state: every act, every role, every state."""

import pytest

from dsr.models import find_faults
from dsr.policy import ACTS, PolicyError, acts, check
from dsr.vocabulary import SUBJECT, SYSTEM, Actor, Role, State
from tests.dsr.conftest import JEANNE, RECEIVED, Walk
from tests.dsr.machines import access

ACTORS = {
    "handler": Actor("a", frozenset({"handler"})),
    "decider": Actor("b", frozenset({"decider"})),
    "dpo": Actor("c", frozenset({"dpo"})),
    "auditor": Actor("d", frozenset({"auditor"})),
    "medical_adviser": Actor("e", frozenset({"medical_adviser"})),
    "reviewer": Actor("rita", frozenset({"reviewer"})),
    "admin": Actor("f", frozenset({"admin"})),
    "subject": SUBJECT,
    "system": SYSTEM,
    "nobody": Actor("nobody", frozenset()),
}
OPEN = {
    "received",
    "triage",
    "awaiting_identity",
    "awaiting_clarification",
    "in_progress",
    "collecting",
    "reviewing",
    "packaging",
    "decision_pending",
    "reply_pending",
}
ASKABLE = {"triage", "in_progress"}
WORKABLE = {*ASKABLE, "collecting", "reviewing"}
ALWAYS = {"answer_gates", "withdraw"}  # until it is decided
# For an access request with an address, in its first month, that the handler
# `officer` proposed to grant.
MATRIX: dict[str, tuple[set[str], set[str]]] = {
    "take_in_hand": ({"handler"}, {"received", "triage"}),
    "ask_identity": ({"handler"}, ASKABLE),
    "reject_proof": ({"handler"}, {"awaiting_identity"}),
    "accept_proof": ({"handler"}, {"awaiting_identity"}),
    "establish_identity": ({"handler"}, WORKABLE),
    "ask_clarification": ({"handler"}, WORKABLE),
    "clarify": ({"handler", "system"}, {"awaiting_clarification"}),
    "propose_extension": ({"handler"}, WORKABLE),
    "extend": ({"decider"}, set()),  # nobody proposed it
    "propose": (
        {"handler"},
        {"in_progress", "awaiting_identity", "collecting", "reviewing"},
    ),
    "advise": (
        {"dpo"},
        WORKABLE | {"awaiting_identity", "awaiting_clarification", "decision_pending"},
    ),
    "override_late_refusal": ({"dpo"}, set()),  # nothing is refused late
    "record_unfounded": ({"handler"}, WORKABLE),
    "record_repetition": ({"handler"}, WORKABLE),
    "record_abuse": ({"handler"}, WORKABLE),
    "fee_paid": (set(), set()),  # no fee was asked
    "fee_lapsed": (set(), set()),
    "qualify_decision": (set(), set()),  # of another right
    "assign_reviewer": (set(), set()),
    "record_review": (set(), set()),
    "stop_special_use": (set(), set()),
    "return_proposal": ({"handler", "decider"}, {"packaging", "decision_pending"}),
    "answer_gates": (
        {"handler", "dpo"},
        OPEN - {"reply_pending"},
    ),
    "decide": ({"handler", "decider"}, set()),  # no check is answered
    "complete": (set(), set()),  # of another right
    "answer_information": ({"handler"}, {"collecting", "reviewing"}),
    "add_question": ({"handler"}, {"collecting", "reviewing"}),
    "clear_health": ({"medical_adviser"}, {"reviewing"}),
    "ask_transfer": (set(), set()),
    "accept_transfer": (set(), set()),
    "excuse_transfer": (set(), set()),
    "finish_transfer": (set(), set()),
    "apply_restriction": (set(), set()),
    "examine_restriction": (set(), set()),
    "check_basis": (set(), set()),
    "begin_balancing": (set(), set()),
    "weigh_interests": (set(), set()),
    "check_erasure": (set(), set()),
    "check_purpose": (set(), set()),
    "open_erasure": (set(), set()),
    "confirm": (set(), set()),
    "verify": (set(), set()),
    "judge_datum": (set(), set()),
    "examine_grounds": (set(), set()),
    "examine_exceptions": (set(), set()),
    "tell_publishers": (set(), set()),
    "move_keep_until": (set(), set()),
    "erase_kept": (set(), set()),
    "close": ({"handler", "system"}, {"replied"}),
    "redirect": ({"handler"}, WORKABLE),
    "merge": ({"handler"}, {"triage"}),
    "withdraw": ({"handler", "subject"}, OPEN),
    "reopen": ({"dpo"}, {"replied", "closed"}),
}


def test_the_matrix_names_every_act() -> None:
    assert set(MATRIX) == set(ACTS)


def test_every_role_is_somebody_in_the_matrix() -> None:
    assert set(ACTORS) == {*Role.values, "nobody"}


@pytest.mark.parametrize("state", access.PATHS)
def test_who_may_do_what_in_this_state(walk: Walk, state: State) -> None:
    ticket = walk(state, email=JEANNE)
    assert ticket.state == state
    for role, actor in ACTORS.items():
        allowed = {
            one.name for one in acts(ticket, by=actor, at=RECEIVED) if one.allowed
        }
        assert allowed == {
            name
            for name, (roles, states) in MATRIX.items()
            if role in roles and state in states
        }, role
    assert list(find_faults()) == []


@pytest.mark.parametrize(
    ("right", "state", "handler"),
    [
        # systems and recipients have not answered
        ("marketing_opt_out", "propagating", {"propose", *ALWAYS}),
        ("marketing_opt_out", "reply_pending", {"withdraw"}),
        ("consent_withdrawal", "stopping", {"propose", *ALWAYS}),
        (
            "consent_withdrawal",
            "erasure_check",
            {"check_purpose", "propose", *ALWAYS},
        ),
        ("consent_withdrawal", "reply_pending", {"withdraw"}),
        ("rectification", "correcting", {"withdraw"}),
        ("rectification", "notifying", {"withdraw"}),
        ("erasure", "executing", {"withdraw"}),
        ("erasure", "notifying", {"withdraw"}),
    ],
)
def test_who_may_do_what_once_it_is_in_effect(
    walk: Walk, right: str, state: str, handler: set[str]
) -> None:
    ticket = walk(state, right, email=JEANNE)
    assert ticket.state == state
    possible = {"handler": handler, "subject": {"withdraw"}}
    if "answer_gates" in handler:
        possible["dpo"] = {"answer_gates"}
    for role, actor in ACTORS.items():
        allowed = {
            one.name for one in acts(ticket, by=actor, at=RECEIVED) if one.allowed
        }
        assert allowed == possible.get(role, set()), role


def test_an_act_of_another_right_is_not_known(walk: Walk) -> None:
    ticket = walk(State.TRIAGE)
    with pytest.raises(PolicyError, match="Access knows no act “Confirm what was"):
        check("confirm", ticket, by=ACTORS["handler"], at=RECEIVED)
    assert "confirm" not in {
        one.name for one in acts(ticket, by=ACTORS["handler"], at=RECEIVED)
    }


def test_what_may_not_be_done_says_why(walk: Walk) -> None:
    ticket = walk(State.TRIAGE)
    for actor in ACTORS.values():
        for status in acts(ticket, by=actor, at=RECEIVED):
            assert status.allowed == (status.why_not == "")
            if status.allowed:
                check(status.name, ticket, by=actor, at=RECEIVED)
            else:
                with pytest.raises(PolicyError) as caught:
                    check(status.name, ticket, by=actor, at=RECEIVED)
                assert str(caught.value) == status.why_not
                assert status.why_not.endswith(".")


def test_a_refusal_to_act_names_ticket_state_and_act(walk: Walk) -> None:
    ticket = walk(State.TRIAGE)
    with pytest.raises(PolicyError) as caught:
        check("decide", ticket, by=ACTORS["decider"], at=RECEIVED)
    assert str(caught.value) == (
        f"{ticket.case.reference} access is “being qualified”; "
        "“Decide as proposed” is not possible in this state."
    )


def test_a_refusal_to_an_actor_names_the_role_that_may(walk: Walk) -> None:
    with pytest.raises(PolicyError, match="takes the role of handler"):
        check("propose", walk(State.TRIAGE), by=ACTORS["auditor"], at=RECEIVED)
