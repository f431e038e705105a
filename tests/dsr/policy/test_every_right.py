"""No role may do more than is its own, to any right, in any state.

The roles stand here, the states in the table of each right's transitions, both by hand.
"""

import pytest

from dsr.models import find_faults
from dsr.policy import ACTS, acts
from dsr.rights import TICKETS
from dsr.rights.drawing import states
from dsr.vocabulary import State
from tests.dsr.conftest import JEANNE, RECEIVED, Walk
from tests.dsr.machines import PATHS_OF
from tests.dsr.models.test_states import table_of
from tests.dsr.policy.test_acts import ACTORS
from tests.dsr.steps import PATHS

COPIES = {"access", "portability"}
# Passed through within one act, as long as the list of systems can be used.
MOMENTS = {State.SUPPRESSING, State.REVOKING}


def lasting(right: str) -> set[str]:
    """Return the states in which a ticket of the right can be found.

    Only access waits for clarification (recital 63); where no copy is owed, a
    ticket is closed with its reply.
    """
    only_access = {State.AWAITING_CLARIFICATION} if right != "access" else set()
    closed_at_once = {State.REPLIED} if right not in COPIES else set()
    return states(TICKETS[right]) - MOMENTS - only_access - closed_at_once


# All others are the handler's.
ROLES: dict[str, set[str]] = {
    "clarify": {"handler", "system"},
    "close": {"handler", "system"},
    "complete": {"handler", "system"},
    "fee_lapsed": {"handler", "system"},
    "return_proposal": {"handler", "decider"},
    "decide": {"handler", "decider"},
    "extend": {"decider"},
    "withdraw": {"handler", "subject"},
    "answer_gates": {"handler", "dpo"},
    "move_keep_until": {"handler", "dpo"},
    "reopen": {"dpo"},
    "advise": {"dpo"},
    "override_late_refusal": {"dpo"},
    "assign_reviewer": {"dpo"},
    "record_review": {"reviewer"},
    "clear_health": {"medical_adviser"},
}
WALKED = [
    (right, state)
    for right, paths in PATHS_OF.items()
    for state in paths
    if state in lasting(right)
]


@pytest.mark.parametrize("right", TICKETS)
def test_the_way_to_every_state_is_known(right: str) -> None:
    assert lasting(right) <= {*PATHS, *PATHS_OF[right]}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_for_the_roles_of_the_table(name: str) -> None:
    assert set(ACTS[name].roles) == ROLES.get(name, {"handler"})


@pytest.mark.parametrize(("right", "state"), WALKED)
def test_nobody_does_more_than_their_role_and_the_state_allow(
    walk: Walk, right: str, state: State
) -> None:
    ticket = walk(state, right, email=JEANNE)
    assert ticket.state == state
    table = table_of(right)
    for role, actor in ACTORS.items():
        for one in acts(ticket, by=actor, at=RECEIVED):
            sources = table.get(ACTS[one.name].transition, (set(), None))[0]
            possible = state in sources and role in ROLES.get(one.name, {"handler"})
            assert possible or not one.allowed, f"{role}: {one.name}"
            assert one.allowed == (one.why_not == ""), f"{role}: {one.name}"
    assert list(find_faults()) == []
