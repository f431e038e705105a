"""Portability: choose what the person provided, make the files, decide, deliver."""

from dsr import casework
from dsr.vocabulary import State
from tests.dsr import steps
from tests.dsr.steps import (
    OFFICER,
    RECEIVED,
    WHY,
    Paths,
    close,
    decide,
    make_copy,
    propose,
    send_reply,
    take,
    take_unproven,
)


def ask_transfer(ticket_id: int) -> None:
    """Note that another company is to receive the files."""
    casework.ask_transfer(ticket_id, to=WHY, by=OFFICER, at=RECEIVED)


_DECIDED = (take, propose, make_copy, decide)
PATHS: Paths = {
    **{state: path for state, path in steps.PATHS.items() if state != State.EXECUTING},
    State.IN_PROGRESS: (take_unproven,),
    State.FILTERING: (take,),
    State.EXPORTING: (take, propose),
    State.DECISION_PENDING: (take, propose, make_copy),
    State.DELIVERING: (take, ask_transfer, propose, make_copy, decide),
    State.REPLY_PENDING: _DECIDED,
    State.REPLIED: (*_DECIDED, send_reply),
    State.CLOSED: (*_DECIDED, send_reply, close),
}
TRANSITIONS: dict[str, tuple[set[str], str | None]] = {
    "ask_transfer": ({"filtering"}, None),
    "accept_transfer": ({"filtering", "delivering"}, None),
    "excuse_transfer": ({"filtering", "delivering"}, None),
    "finish_transfer": ({"delivering"}, None),
    "start_filtering": ({"in_progress"}, "filtering"),
    "clear_health": ({"filtering"}, None),
    "make_copy": ({"filtering"}, "exporting"),
    "copy_made": ({"exporting"}, "decision_pending"),
    "return_proposal": ({"exporting", "decision_pending"}, "in_progress"),
    "grant": ({"decision_pending"}, "delivering"),
    "deliver": ({"delivering"}, "reply_pending"),
}
