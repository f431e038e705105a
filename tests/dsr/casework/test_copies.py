"""Access and portability: the copy is made before the decision, for its proposal."""

from typing import Any

import pytest

from dsr import casework
from dsr.vocabulary import SYSTEM, State
from tests.dsr.conftest import (
    DAY,
    DECIDER,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    decide,
    refused,
)


@pytest.mark.parametrize(
    ("right", "making"), [("access", "packaging"), ("portability", "exporting")]
)
def test_the_copy_is_made_before_the_decision(
    walk: Walk, right: str, making: str
) -> None:
    ticket = walk(making, right, email=JEANNE)
    assert ticket.proposed_at
    made: dict[str, Any] = {
        "proposed_at": ticket.proposed_at,
        "sha256": "0" * 64,
        "size": 5,
        "at": RECEIVED,
    }
    with refused("is not possible in this state"):
        decide(ticket.pk)
    with refused("takes the role of the system"):
        casework.package_built(ticket.pk, by=OFFICER, **made)
    with refused("does not wait for this copy any more"):
        earlier = made | {"proposed_at": RECEIVED - DAY}
        casework.package_built(ticket.pk, by=SYSTEM, **earlier)
    built = casework.package_built(ticket.pk, by=SYSTEM, **made)
    assert (built.state, built.outcome) == (State.DECISION_PENDING, "")
    with refused("does not wait for this copy any more"):
        casework.package_built(ticket.pk, by=SYSTEM, **made)
    assert decide(ticket.pk).state == State.REPLY_PENDING
    assert ticket.letters.filter(kind="reply").count() == 1


@pytest.mark.parametrize(
    ("right", "back"), [("access", "reviewing"), ("portability", "filtering")]
)
@pytest.mark.parametrize("made", [False, True])
def test_a_returned_proposal_is_reviewed_again(
    walk: Walk, right: str, back: str, *, made: bool
) -> None:
    making = {"access": State.PACKAGING, "portability": State.EXPORTING}[right]
    ticket = walk(State.DECISION_PENDING if made else making, right, email=JEANNE)
    again = casework.return_proposal(ticket.pk, why=WHY, by=DECIDER, at=RECEIVED)
    assert (again.state, again.proposed_at) == (back, None)
