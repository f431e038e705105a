"""Withdrawal of consent: it takes effect before anybody decides anything."""

from dsr.vocabulary import State
from tests.dsr.steps import Paths, close, confirm, send_reply, withdraw
from tests.dsr.telling import answer_for_everyone

PATHS: Paths = {
    State.STOPPING: (),
    State.ERASURE_CHECK: (answer_for_everyone,),
    State.REPLY_PENDING: (answer_for_everyone, confirm),
    State.REPLIED: (answer_for_everyone, confirm, send_reply),
    State.CLOSED: (answer_for_everyone, confirm, send_reply, close),
    State.WITHDRAWN: (withdraw,),
}
NEVER: tuple[set[str], None] = (set(), None)
TRANSITIONS: dict[str, tuple[set[str], str | None]] = {
    "revoke": ({"received", "triage", "in_progress"}, "revoking"),
    "stop": ({"revoking"}, "stopping"),
    "check_erasure": ({"stopping"}, "erasure_check"),
    "check_purpose": ({"erasure_check"}, None),
    "open_erasure": ({"erasure_check"}, None),
    "confirm": ({"erasure_check"}, "reply_pending"),
    "propose": (
        {"in_progress", "awaiting_identity", "erasure_check"},
        "decision_pending",
    ),
    "grant": NEVER,
    "propose_extension": NEVER,
    "extend": NEVER,
    "fee_paid": NEVER,
    "fee_lapsed": NEVER,
}
