"""Rectification: who may do what to a request for it. GDPR Arts. 12, 16 and 19."""

from dsr.vocabulary import State
from tests.dsr.machines import rectification
from tests.dsr.policy.tables.facts import decisions, delays, fees, strangers
from tests.dsr.policy.tables.table import (
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
from tests.dsr.steps import excuse_notices, take

PATHS = rectification.PATHS
ASKABLE = {"triage", "in_progress"}
WORKABLE = ASKABLE | {"verifying"}
UNDECIDED = {"received", "awaiting_identity", "decision_pending"} | WORKABLE
DECIDED = {"correcting", "notifying", "reply_pending"}

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
    # examine: each datum is judged, then somebody decides on all
    "verify": (HANDLER, {"in_progress", "verifying"}),
    "judge_datum": (HANDLER, {"verifying"}),
    "record_unfounded": (HANDLER, WORKABLE),
    "record_repetition": (HANDLER, WORKABLE),
    "record_abuse": (HANDLER, WORKABLE),
    "propose_extension": (HANDLER, WORKABLE),
    "advise": (DPO, WORKABLE | {"awaiting_identity", "decision_pending"}),
    "answer_gates": (HANDLER | DPO, UNDECIDED),
    # decide
    "propose": (HANDLER, {"in_progress", "awaiting_identity", "verifying"}),
    "return_proposal": (HANDLER | DECIDER, {"decision_pending"}),
    # end
    "withdraw": (HANDLER | PERSON, UNDECIDED | DECIDED),
    "reopen": (DPO, {"closed"}),
}
TABLE = Table(
    acts=ACTS,
    # the reply closes it; no copy waits to be fetched
    never={"close"} | of_others("rectification"),
    paths={state: path for state, path in PATHS.items() if state != State.EXECUTING},
    openings={State.RECEIVED: BY_FORM},
    unseen={"awaiting_clarification", "replied"},
    also=(
        *strangers(),
        *delays("verifying", take, rectification.note_datum),
        *decisions((take,), PATHS[State.DECISION_PENDING]),
        *fees(take),
        Also(
            "every recipient is told, or it is justified why not",
            "notifying",
            (*PATHS[State.NOTIFYING], excuse_notices),
            more={"complete": HANDLER | MACHINE},
        ),
    ),
)
