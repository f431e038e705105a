"""Objection: who may do what to one. GDPR Arts. 12, 18(1)(d) and 21(1)."""

from dsr import casework
from dsr.vocabulary import State
from tests.dsr.machines import objection
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
from tests.dsr.steps import OFFICER, RECEIVED, close_orders, take

PATHS = objection.PATHS
ASKABLE = {"triage", "in_progress"}
WORKABLE = ASKABLE | {"basis_check", "balancing"}
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
    # the basis first; the data are frozen before anything is weighed
    "check_basis": (HANDLER, {"in_progress", "basis_check", "balancing"}),
    "begin_balancing": (HANDLER, {"basis_check"}),
    "weigh_interests": (HANDLER, {"balancing"}),
    "record_unfounded": (HANDLER, WORKABLE),
    "record_repetition": (HANDLER, WORKABLE),
    "record_abuse": (HANDLER, WORKABLE),
    "propose_extension": (HANDLER, WORKABLE),
    "advise": (DPO, WORKABLE | {"awaiting_identity", "decision_pending"}),
    "answer_gates": (HANDLER | DPO, UNDECIDED),
    # decide
    "propose": (HANDLER, (WORKABLE - {"triage"}) | {"awaiting_identity"}),
    "return_proposal": (HANDLER | DECIDER, {"decision_pending"}),
    # end
    "withdraw": (HANDLER | PERSON, UNDECIDED | {"executing", "reply_pending"}),
    "reopen": (DPO, {"replied", "closed"}),
}


def check_contract(ticket_id: int) -> None:
    """Find that the purpose rests on the contract."""
    casework.check_basis(
        ticket_id, purposes=["contracts_and_claims"], by=OFFICER, at=RECEIVED
    )


TABLE = Table(
    acts=ACTS,
    # the reply closes it, or the last word to a recipient
    never={"close"} | of_others("objection"),
    paths=PATHS,
    openings={State.RECEIVED: BY_FORM},
    unseen={"awaiting_clarification"},
    also=(
        *strangers(),
        *delays("basis_check", take, objection.check_basis),
        *decisions((take,), PATHS[State.DECISION_PENDING]),
        *fees(take),
        Also(
            "no purpose rests on a legitimate interest",
            "basis_check",
            (take, check_contract),
            less={"begin_balancing": HANDLER},
        ),
        Also(
            "every system has stopped",
            "executing",
            (*PATHS[State.EXECUTING], close_orders),
            more={"complete": HANDLER | MACHINE},
        ),
    ),
)
