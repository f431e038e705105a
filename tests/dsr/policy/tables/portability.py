"""Portability: who may do what to a request for it. GDPR Arts. 12 and 20."""

from dsr import casework
from dsr.vocabulary import State
from tests.dsr.machines import portability
from tests.dsr.machines.portability import ask_transfer
from tests.dsr.policy.tables.facts import decisions, delays, fees, strangers
from tests.dsr.policy.tables.table import (
    ADVISER,
    BY_FORM,
    DECIDER,
    DPO,
    HANDLER,
    MACHINE,
    PERSON,
    Acts,
    Also,
    Table,
    of_others,
)
from tests.dsr.steps import OFFICER, RECEIVED, WHY, clear_health, take

PATHS = portability.PATHS
ASKABLE = {"triage", "in_progress"}
WORKABLE = ASKABLE | {"filtering"}
BEFORE = {"received", "awaiting_identity"} | WORKABLE
UNDECIDED = BEFORE | {"exporting", "decision_pending"}

ACTS: Acts = {
    # qualify
    "take_in_hand": (HANDLER, {"received", "triage"}),
    "merge": (HANDLER, {"triage"}),
    "redirect": (HANDLER, WORKABLE),
    # who asks
    "ask_identity": (HANDLER, ASKABLE),
    "reject_proof": (HANDLER, {"awaiting_identity"}),
    "accept_proof": (HANDLER, {"awaiting_identity"}),
    "establish_identity": (HANDLER, WORKABLE),
    # examine
    "clear_health": (ADVISER, {"filtering"}),
    "record_unfounded": (HANDLER, WORKABLE),
    "record_repetition": (HANDLER, WORKABLE),
    "record_abuse": (HANDLER, WORKABLE),
    "propose_extension": (HANDLER, WORKABLE),
    "advise": (DPO, WORKABLE | {"awaiting_identity", "decision_pending"}),
    "answer_gates": (HANDLER | DPO, UNDECIDED),
    # decide
    "propose": (HANDLER, {"in_progress", "awaiting_identity", "filtering"}),
    "return_proposal": (HANDLER | DECIDER, {"exporting", "decision_pending"}),
    # pass on: a receiver was named, else nothing is being delivered
    "ask_transfer": (HANDLER, {"filtering"}),
    "accept_transfer": (HANDLER, {"delivering"}),
    "excuse_transfer": (HANDLER, {"delivering"}),
    # end
    "close": (HANDLER | MACHINE, {"replied"}),
    "withdraw": (HANDLER | PERSON, UNDECIDED | {"delivering", "reply_pending"}),
    "reopen": (DPO, {"replied", "closed"}),
}


def accept_transfer(ticket_id: int) -> None:
    """Have the receiver agree."""
    casework.accept_transfer(ticket_id, by=OFFICER, at=RECEIVED)


def excuse_transfer(ticket_id: int) -> None:
    """Say why it is not feasible."""
    casework.excuse_transfer(ticket_id, reason=WHY, by=OFFICER, at=RECEIVED)


ASKED = (take, ask_transfer)
TABLE = Table(
    acts=ACTS,
    # the files are made before the decision, and delivered after it
    never={"complete"} | of_others("portability"),
    paths=PATHS,
    openings={State.RECEIVED: BY_FORM},
    unseen={"awaiting_clarification"},  # only access waits for it
    also=(
        *strangers(),
        *delays("filtering", take),
        *decisions((take,), PATHS[State.DECISION_PENDING]),
        *fees(take),
        Also(
            "the health data were looked at",
            "filtering",
            (take, clear_health),
            less={"clear_health": ADVISER},
        ),
        Also(
            "a receiver is named",
            "filtering",
            ASKED,
            more={"accept_transfer": HANDLER, "excuse_transfer": HANDLER},
            less={"ask_transfer": HANDLER},
        ),
        Also(
            "the receiver agrees",
            "filtering",
            (*ASKED, accept_transfer),
            more={"excuse_transfer": HANDLER},
            less={"ask_transfer": HANDLER},
        ),
        Also(
            "a transfer is not feasible",
            "filtering",
            (*ASKED, excuse_transfer),
            less={"ask_transfer": HANDLER},
        ),
        Also(
            "the files lie ready, and the receiver agrees",
            "delivering",
            (*PATHS[State.DELIVERING], accept_transfer),
            more={"finish_transfer": HANDLER},
            less={"accept_transfer": HANDLER},
        ),
    ),
)
