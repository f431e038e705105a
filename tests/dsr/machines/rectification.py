"""Rectification: every datum is judged before a decision, and corrected before a reply.

GDPR Arts. 16 and 19.
"""

from dsr import casework
from dsr.models import Ticket
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


def note_datum(ticket_id: int) -> None:
    """Note that the street is wrong."""
    casework.verify(
        ticket_id,
        system="crm",
        place="street",
        says="Rue Haute 1",
        should_say="Rue Haute 11",
        evidence="The contract says 11.",
        by=OFFICER,
        at=RECEIVED,
    )


def judge(ticket_id: int) -> None:
    """Find that it is."""
    datum = Ticket.objects.get(pk=ticket_id).corrections.get().pk
    casework.judge_datum(
        ticket_id, datum=datum, verdict="correct", by=OFFICER, at=RECEIVED
    )


_DECIDED = (take, note_datum, judge, propose, decide)
_DONE = (*_DECIDED, close_orders, excuse_notices, carry_out)
PATHS: Paths = COMMON | {
    State.VERIFYING: (take, note_datum),
    State.DECISION_PENDING: (take, note_datum, judge, propose),
    State.CORRECTING: _DECIDED,
    State.NOTIFYING: (*_DECIDED, close_orders),
    State.REPLY_PENDING: _DONE,
    State.REPLIED: (*_DONE, send_reply),
    State.CLOSED: (*_DONE, send_reply, close),
}
TRANSITIONS: dict[str, tuple[set[str], str | None]] = {
    "verify": ({"in_progress", "verifying"}, "verifying"),
    "judge_datum": ({"verifying"}, None),
    "grant": ({"decision_pending"}, "correcting"),
    "reconsider": ({"correcting"}, "in_progress"),
    "notify": ({"correcting"}, "notifying"),
    "complete": ({"notifying"}, "reply_pending"),
}
