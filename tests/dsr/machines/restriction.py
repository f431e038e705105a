"""Restriction: the data are frozen first, and then it is decided."""

from dsr import casework
from dsr.vocabulary import State
from tests.dsr.steps import (
    OFFICER,
    RECEIVED,
    Paths,
    carry_out,
    close,
    close_orders,
    decide,
    excuse_notices,
    propose,
    send_reply,
    take,
)
from tests.dsr.steps import PATHS as COMMON


def apply_restriction(ticket_id: int) -> None:
    """Have the data marked, because their accuracy is contested."""
    casework.apply_restriction(
        ticket_id, ground="accuracy_contested", by=OFFICER, at=RECEIVED
    )


_APPLYING = (take, apply_restriction)
_PROPOSED = (*_APPLYING, close_orders, propose)
_DECIDED = (*_PROPOSED, decide)
_ANSWERED = (*_DECIDED, excuse_notices, carry_out)
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
    State.APPLYING: _APPLYING,
    State.DECISION_PENDING: _PROPOSED,
    State.NOTIFYING: _DECIDED,
    State.REPLY_PENDING: _ANSWERED,
    State.REPLIED: (*_ANSWERED, send_reply),
    State.CLOSED: (*_ANSWERED, send_reply, close),
}
TRANSITIONS: dict[str, tuple[set[str], str | None]] = {
    "apply_restriction": ({"in_progress", "applying"}, "applying"),
    "examine_restriction": ({"in_progress", "applying"}, None),
    "grant": ({"decision_pending"}, "notifying"),
    "complete": ({"notifying"}, "reply_pending"),
}
