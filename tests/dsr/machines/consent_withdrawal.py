"""Withdrawal of consent: it takes effect before anybody decides anything."""

from dsr.vocabulary import State
from tests.dsr.steps import Paths, check_erasure, close, confirm, send_reply, withdraw

PATHS: Paths = {
    State.STOPPING: (),
    State.ERASURE_CHECK: (check_erasure,),
    State.REPLY_PENDING: (confirm,),
    State.REPLIED: (confirm, send_reply),
    State.CLOSED: (confirm, send_reply, close),
    State.WITHDRAWN: (withdraw,),
}
NEVER: tuple[set[str], None] = (set(), None)
TRANSITIONS: dict[str, tuple[set[str], str | None]] = {
    "revoke": ({"received", "triage", "in_progress"}, "revoking"),
    "stop": ({"revoking"}, "stopping"),
    "check_erasure": ({"stopping"}, "erasure_check"),
    "confirm": ({"erasure_check"}, "reply_pending"),
    "propose": (
        {"in_progress", "awaiting_identity", "stopping", "erasure_check"},
        "decision_pending",
    ),
    "propose_extension": NEVER,
    "extend": NEVER,
    "fee_paid": NEVER,
    "fee_lapsed": NEVER,
}
