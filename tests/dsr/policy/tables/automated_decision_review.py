"""Review of an automated decision: who may do what to a request. GDPR Art. 22."""

from dataclasses import replace

from dsr import casework
from dsr.vocabulary import State
from tests.dsr.machines import automated_decision_review as machine
from tests.dsr.machines.automated_decision_review import SCORED
from tests.dsr.policy.tables.facts import decisions, delays, fees, strangers
from tests.dsr.policy.tables.table import (
    BY_FORM,
    DECIDER,
    DPO,
    HANDLER,
    MACHINE,
    PERSON,
    REVIEWER,
    Acts,
    Also,
    Table,
    of_others,
)
from tests.dsr.steps import OFFICER, RECEIVED, WHY, decide, propose, take

PATHS = machine.PATHS
ASKABLE = {"triage", "in_progress"}
WORKABLE = ASKABLE | {"qualifying", "reviewing_human"}
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
    # the DPO assigns, and none but the assigned reviewer reviews
    "qualify_decision": (HANDLER, {"in_progress", "qualifying"}),
    "assign_reviewer": (DPO, {"qualifying", "reviewing_human"}),
    "record_review": (REVIEWER, {"reviewing_human"}),
    "record_unfounded": (HANDLER, WORKABLE),
    "record_repetition": (HANDLER, WORKABLE),
    "record_abuse": (HANDLER, WORKABLE),
    "propose_extension": (HANDLER, WORKABLE),
    "advise": (DPO, WORKABLE | {"awaiting_identity", "decision_pending"}),
    "answer_gates": (HANDLER | DPO, UNDECIDED),
    # decide
    "propose": (HANDLER, (WORKABLE - {"triage"}) | {"awaiting_identity"}),
    "return_proposal": (HANDLER | DECIDER, {"decision_pending"}),
    # no system is asked: what was decided anew is done at once
    "complete": (HANDLER | MACHINE, {"executing"}),
    # end
    "withdraw": (HANDLER | PERSON, UNDECIDED | {"executing", "reply_pending"}),
    "reopen": (DPO, {"closed"}),
}
BY_HAND = replace(SCORED, is_automated=False, basis="", evidence=WHY)
UNLAWFUL = replace(SCORED, uses_special_data=True, special_basis="none")


def qualify_by_hand(ticket_id: int) -> None:
    """Find that a person took the decision."""
    machine.qualify(ticket_id, BY_HAND)


def qualify_unlawful(ticket_id: int) -> None:
    """Find that a machine used data on health, and nothing allowed it."""
    machine.qualify(ticket_id, UNLAWFUL)


def stop_special_use(ticket_id: int) -> None:
    """End that use."""
    casework.stop_special_use(ticket_id, by=OFFICER, at=RECEIVED)


SPECIAL = (take, qualify_unlawful, propose, decide)
TABLE = Table(
    acts=ACTS,
    # the reply closes it
    never={"close"} | of_others("automated_decision_review"),
    paths={State.RECEIVED: ()} | PATHS,
    openings={State.RECEIVED: BY_FORM},
    unseen={"awaiting_clarification", "replied"},
    also=(
        *strangers(),
        *delays("qualifying", take, machine.qualify),
        *decisions((take,), PATHS[State.DECISION_PENDING]),
        *fees(take),
        Also(
            "a person took the decision",
            "qualifying",
            (take, qualify_by_hand),
            less={"assign_reviewer": DPO},
        ),
        Also(
            "the review is recorded",
            "reviewing_human",
            (*PATHS[State.REVIEWING_HUMAN], machine.review),
            less={"record_review": REVIEWER},
        ),
        Also(
            "special data were used without a basis",
            "executing",
            SPECIAL,
            more={"stop_special_use": HANDLER},
            less={"complete": HANDLER | MACHINE},
        ),
        Also("their use has ended", "executing", (*SPECIAL, stop_special_use)),
    ),
)
