"""What is said to who may not act; who may is in the tables of each right."""

import pytest

from dsr.policy import PolicyError, acts, check
from dsr.vocabulary import State
from tests.dsr.conftest import RECEIVED, Walk
from tests.dsr.policy.tables import ACTORS


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
