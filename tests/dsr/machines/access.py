"""Access: search, review, make the copy; then decide on what lies there."""

from dsr.vocabulary import State
from tests.dsr import steps
from tests.dsr.steps import (
    Paths,
    close,
    decide,
    make_copy,
    propose,
    send_reply,
    take,
    take_and_collect,
    take_unproven,
)

_DECIDED = (take, propose, make_copy, decide)
PATHS: Paths = {
    **{state: path for state, path in steps.PATHS.items() if state != State.EXECUTING},
    State.IN_PROGRESS: (take_unproven,),
    State.COLLECTING: (take_and_collect,),
    State.REVIEWING: (take,),
    State.PACKAGING: (take, propose),
    State.DECISION_PENDING: (take, propose, make_copy),
    State.REPLY_PENDING: _DECIDED,
    State.REPLIED: (*_DECIDED, send_reply),
    State.CLOSED: (*_DECIDED, send_reply, close),
}
TRANSITIONS: dict[str, tuple[set[str], str | None]] = {
    "ask_clarification": (
        {"triage", "in_progress", "collecting", "reviewing"},
        "awaiting_clarification",
    ),
    "answer_information": ({"collecting", "reviewing"}, None),
    "add_question": ({"collecting", "reviewing"}, None),
    "collect": ({"in_progress", "reviewing"}, "collecting"),
    "start_review": ({"collecting"}, "reviewing"),
    "clear_health": ({"reviewing"}, None),
    "make_copy": ({"reviewing"}, "packaging"),
    "copy_made": ({"packaging"}, "decision_pending"),
    "return_proposal": ({"packaging", "decision_pending"}, "in_progress"),
    "grant": ({"decision_pending"}, "reply_pending"),
}
