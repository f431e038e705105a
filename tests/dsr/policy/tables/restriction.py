"""Restriction: who may do what to a request for it. GDPR Arts. 12, 18 and 19."""

from dsr.vocabulary import State
from tests.dsr.machines import restriction
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

PATHS = restriction.PATHS
ASKABLE = {"triage", "in_progress"}
WORKABLE = ASKABLE | {"applying"}
UNDECIDED = {"received", "awaiting_identity", "decision_pending"} | WORKABLE

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
    # freeze first, on a further ground too (recital 67), then examine
    "apply_restriction": (HANDLER, {"in_progress", "applying"}),
    "examine_restriction": (HANDLER, {"in_progress", "applying"}),
    "record_unfounded": (HANDLER, WORKABLE),
    "record_repetition": (HANDLER, WORKABLE),
    "record_abuse": (HANDLER, WORKABLE),
    "propose_extension": (HANDLER, WORKABLE),
    "advise": (DPO, WORKABLE | {"awaiting_identity", "decision_pending"}),
    "answer_gates": (HANDLER | DPO, UNDECIDED),
    # decide
    "propose": (HANDLER, {"in_progress", "awaiting_identity", "applying"}),
    "return_proposal": (HANDLER | DECIDER, {"decision_pending"}),
    # end
    "withdraw": (HANDLER | PERSON, UNDECIDED | {"notifying", "reply_pending"}),
    "reopen": (DPO, {"closed"}),
}
TABLE = Table(
    acts=ACTS,
    # the reply closes it; the restriction lives on by itself
    never={"close"} | of_others("restriction"),
    paths=PATHS,
    openings={State.RECEIVED: BY_FORM},
    unseen={"awaiting_clarification", "replied"},
    also=(
        *strangers(),
        *delays("applying", take, restriction.apply_restriction),
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
