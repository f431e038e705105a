"""Erasure: a ground and no exception, category by category, before anything goes.

GDPR Arts. 17 and 19.
"""

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
from tests.dsr.steps import (
    PATHS as COMMON,
)

ANSWERED = {"replied", "closed"}


def find_ground(ticket_id: int) -> None:
    """Find that contact data are no longer necessary."""
    casework.examine_grounds(
        ticket_id,
        categories=["identification"],
        ground="no_longer_necessary",
        by=OFFICER,
        at=RECEIVED,
    )


def find_no_exception(ticket_id: int) -> None:
    """Find that nothing keeps them."""
    casework.examine_exceptions(
        ticket_id,
        categories=["identification"],
        verdict="erase",
        by=OFFICER,
        at=RECEIVED,
    )


_EXAMINED = (take, find_ground, find_no_exception)
_DECIDED = (*_EXAMINED, propose, decide)
_DONE = (*_DECIDED, close_orders, excuse_notices, carry_out)
PATHS: Paths = COMMON | {
    State.GROUNDS: (take, find_ground),
    State.EXCEPTIONS: _EXAMINED,
    State.DECISION_PENDING: (*_EXAMINED, propose),
    State.EXECUTING: _DECIDED,
    State.NOTIFYING: (*_DECIDED, close_orders),
    State.REPLY_PENDING: _DONE,
    State.REPLIED: (*_DONE, send_reply),
    State.CLOSED: (*_DONE, send_reply, close),
}
TRANSITIONS: dict[str, tuple[set[str], str | None]] = {
    "examine_grounds": ({"in_progress", "grounds", "exceptions"}, "grounds"),
    "examine_exceptions": ({"grounds", "exceptions"}, "exceptions"),
    "reconsider": ({"executing"}, "in_progress"),
    "notify": ({"executing"}, "notifying"),
    "tell_publishers": ({"executing", "notifying"}, None),
    "complete": ({"notifying"}, "reply_pending"),
    "move_keep_until": (ANSWERED, None),
    "erase_kept": (ANSWERED, None),
}
