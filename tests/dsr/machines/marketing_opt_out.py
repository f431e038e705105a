"""Marketing opt-out: it takes effect before anybody decides anything."""

from dsr.vocabulary import State
from tests.dsr.steps import Paths, close, confirm, send_reply, withdraw
from tests.dsr.telling import answer_for_everyone

PATHS: Paths = {
    State.PROPAGATING: (),
    State.REPLY_PENDING: (answer_for_everyone, confirm),
    State.REPLIED: (answer_for_everyone, confirm, send_reply),
    State.CLOSED: (answer_for_everyone, confirm, send_reply, close),
    State.WITHDRAWN: (withdraw,),
}
NEVER: tuple[set[str], None] = (set(), None)
TRANSITIONS: dict[str, tuple[set[str], str | None]] = {
    "suppress": ({"received", "triage", "in_progress"}, "suppressing"),
    "propagate": ({"suppressing"}, "propagating"),
    "confirm": ({"propagating"}, "reply_pending"),
    "propose": ({"in_progress", "propagating"}, "decision_pending"),
    "ask_identity": NEVER,
    "grant": NEVER,
    "propose_extension": NEVER,
    "extend": NEVER,
    "fee_paid": NEVER,
    "fee_lapsed": NEVER,
}
