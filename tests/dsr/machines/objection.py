"""Objection: the basis first; then the data are frozen while the interests weigh."""

from dsr import casework
from dsr.vocabulary import State
from tests.dsr.steps import (
    OFFICER,
    RECEIVED,
    WHY,
    Paths,
    carry_out,
    close_orders,
    decide,
    excuse_notices,
    propose,
    send_reply,
    take,
)
from tests.dsr.steps import PATHS as COMMON


def check_basis(ticket_id: int) -> None:
    """Find that statistics and client management rest on a legitimate interest."""
    purposes = ["statistics", "client_management"]
    casework.check_basis(ticket_id, purposes=purposes, by=OFFICER, at=RECEIVED)


def begin_balancing(ticket_id: int) -> None:
    """Begin to weigh; the data are restricted meanwhile."""
    casework.begin_balancing(ticket_id, by=OFFICER, at=RECEIVED)


def weigh(ticket_id: int, *continuing: str) -> None:
    """Write down a weighing by which only some purposes go on."""
    casework.weigh_interests(
        ticket_id,
        situation=WHY,
        interest=WHY,
        alternatives=WHY,
        business_owner="head.of.statistics",
        continuing=continuing,
        by=OFFICER,
        at=RECEIVED,
    )


_WEIGHING = (take, check_basis, begin_balancing)
_PROPOSED = (*_WEIGHING, close_orders, propose)
_DECIDED = (*_PROPOSED, decide)
_ANSWERED = (*_DECIDED, close_orders, carry_out)
_BEFORE = (
    State.RECEIVED,
    State.TRIAGE,
    State.AWAITING_IDENTITY,
    State.IN_PROGRESS,
    State.REDIRECTED,
    State.MERGED,
    State.WITHDRAWN,
)
PATHS: Paths = {state: COMMON[state] for state in _BEFORE} | {
    State.BASIS_CHECK: (take, check_basis),
    State.BALANCING: _WEIGHING,
    State.DECISION_PENDING: _PROPOSED,
    State.EXECUTING: _DECIDED,
    State.REPLY_PENDING: _ANSWERED,
    State.REPLIED: (*_ANSWERED, send_reply),
    # The reply waits for nobody; the end, for whoever must know of the restriction.
    State.CLOSED: (*_ANSWERED, send_reply, excuse_notices),
}
TRANSITIONS: dict[str, tuple[set[str], str | None]] = {
    "check_basis": ({"in_progress", "basis_check", "balancing"}, "basis_check"),
    "begin_balancing": ({"basis_check"}, "balancing"),
    "weigh_interests": ({"balancing"}, None),
    "reconsider": ({"executing"}, "in_progress"),
}
