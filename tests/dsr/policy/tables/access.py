"""Access: who may do what to a request for it. GDPR Arts. 12 and 15."""

from dsr.vocabulary import State
from tests.dsr.machines import access
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
from tests.dsr.steps import clear_health, take

PATHS = access.PATHS
ASKABLE = {"triage", "in_progress"}
SEARCHED = {"collecting", "reviewing"}
WORKABLE = ASKABLE | SEARCHED
WAITING = {"awaiting_identity", "awaiting_clarification"}
UNDECIDED = {"received", "packaging", "decision_pending"} | WAITING | WORKABLE

ACTS: Acts = {
    # qualify
    "take_in_hand": (HANDLER, {"received", "triage"}),
    "merge": (HANDLER, {"triage"}),
    "redirect": (HANDLER, WORKABLE),
    # who asks, and what is meant; only a copy may wait for that (recital 63)
    "ask_identity": (HANDLER, ASKABLE),
    "reject_proof": (HANDLER, {"awaiting_identity"}),
    "accept_proof": (HANDLER, {"awaiting_identity"}),
    "establish_identity": (HANDLER, WORKABLE),
    "ask_clarification": (HANDLER, WORKABLE),
    "clarify": (HANDLER | MACHINE, {"awaiting_clarification"}),
    # examine
    "answer_information": (HANDLER, SEARCHED),
    "add_question": (HANDLER, SEARCHED),
    "clear_health": (ADVISER, {"reviewing"}),
    "record_unfounded": (HANDLER, WORKABLE),
    "record_repetition": (HANDLER, WORKABLE),
    "record_abuse": (HANDLER, WORKABLE),
    "propose_extension": (HANDLER, WORKABLE),
    "advise": (DPO, WORKABLE | WAITING | {"decision_pending"}),
    "answer_gates": (HANDLER | DPO, UNDECIDED),
    # decide
    "propose": (HANDLER, {"in_progress", "awaiting_identity"} | SEARCHED),
    "return_proposal": (HANDLER | DECIDER, {"packaging", "decision_pending"}),
    # end
    "close": (HANDLER | MACHINE, {"replied"}),
    "withdraw": (HANDLER | PERSON, UNDECIDED | {"reply_pending"}),
    "reopen": (DPO, {"replied", "closed"}),
}
TABLE = Table(
    acts=ACTS,
    # the copy is made before the decision, and sent with the reply
    never={"complete"} | of_others("access"),
    paths=PATHS,
    openings={State.RECEIVED: BY_FORM},
    also=(
        *strangers(ask_clarification=HANDLER),
        *delays("reviewing", take),
        *decisions((take,), PATHS[State.DECISION_PENDING]),
        *fees(take),
        Also(
            "the health data were looked at",
            "reviewing",
            (take, clear_health),
            less={"clear_health": ADVISER},
        ),
    ),
)
