"""Erasure: who may do what to a request for it. GDPR Arts. 12, 17 and 19."""

from datetime import UTC, date, datetime

from dsr import casework
from dsr.vocabulary import State
from tests.dsr.machines import erasure
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
from tests.dsr.steps import (
    OFFICER,
    RECEIVED,
    WHY,
    carry_out,
    close_orders,
    decide,
    excuse_notices,
    propose,
    send_reply,
    take,
)

PATHS = erasure.PATHS
ASKABLE = {"triage", "in_progress"}
EXAMINED = {"grounds", "exceptions"}
WORKABLE = ASKABLE | EXAMINED
UNDECIDED = {"received", "awaiting_identity", "decision_pending"} | WORKABLE
DECIDED = {"executing", "notifying", "reply_pending"}

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
    # examine: no exception without a ground
    "examine_grounds": (HANDLER, {"in_progress"} | EXAMINED),
    "examine_exceptions": (HANDLER, EXAMINED),
    "record_unfounded": (HANDLER, WORKABLE),
    "record_repetition": (HANDLER, WORKABLE),
    "record_abuse": (HANDLER, WORKABLE),
    "propose_extension": (HANDLER, WORKABLE),
    "advise": (DPO, WORKABLE | {"awaiting_identity", "decision_pending"}),
    "answer_gates": (HANDLER | DPO, UNDECIDED),
    # decide
    "propose": (HANDLER, {"in_progress", "awaiting_identity"} | EXAMINED),
    "return_proposal": (HANDLER | DECIDER, {"decision_pending"}),
    # end
    "withdraw": (HANDLER | PERSON, UNDECIDED | DECIDED),
    "reopen": (DPO, {"closed"}),
}
LAST = date(2027, 3, 31)
AFTER = datetime(2027, 4, 1, 12, 0, tzinfo=UTC)


def find_ground_for_public(ticket_id: int) -> None:
    """Find a ground for contact data that were made public."""
    casework.examine_grounds(
        ticket_id,
        categories=["identification"],
        ground="no_longer_necessary",
        made_public=True,
        by=OFFICER,
        at=RECEIVED,
    )


def keep_claims(ticket_id: int) -> None:
    """Find that claims are kept for a time, and propose the rest."""
    casework.examine_grounds(
        ticket_id,
        categories=["claims"],
        ground="no_longer_necessary",
        by=OFFICER,
        at=RECEIVED,
    )
    casework.examine_exceptions(
        ticket_id,
        categories=["claims"],
        verdict="retain",
        exception="legal_claims",
        keep_until=LAST,
        why=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    casework.propose(
        ticket_id,
        outcome="partial",
        grounds=["legal_claims"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )


def erase_kept(ticket_id: int) -> None:
    """Have erased what was kept."""
    casework.erase_kept(ticket_id, why=WHY, by=OFFICER, at=AFTER)


PUBLIC = (take, find_ground_for_public, erasure.find_no_exception, propose, decide)
KEPT = (
    *PATHS[State.EXCEPTIONS],
    keep_claims,
    decide,
    close_orders,
    excuse_notices,
    carry_out,
    send_reply,
)
TABLE = Table(
    acts=ACTS,
    # the reply closes it; what is kept is looked after all the same
    never={"close"} | of_others("erasure"),
    paths=PATHS,
    openings={State.RECEIVED: BY_FORM},
    unseen={"awaiting_clarification", "replied"},
    also=(
        *strangers(),
        *delays("grounds", take, erasure.find_ground),
        *decisions((take,), PATHS[State.DECISION_PENDING]),
        *fees(take),
        Also(
            "every recipient is told, or it is justified why not",
            "notifying",
            (*PATHS[State.NOTIFYING], excuse_notices),
            more={"complete": HANDLER | MACHINE},
        ),
        Also(
            "data were made public",
            "executing",
            PUBLIC,
            more={"tell_publishers": HANDLER},
        ),
        Also(
            "data were made public, and everybody else is told",
            "notifying",
            (*PUBLIC, close_orders, excuse_notices),
            more={"tell_publishers": HANDLER},
        ),
        Also(
            "something is kept",
            "closed",
            KEPT,
            more={"move_keep_until": HANDLER | DPO},
        ),
        Also(
            "its last day has passed",
            "closed",
            KEPT,
            more={"move_keep_until": HANDLER | DPO, "erase_kept": HANDLER},
            at=AFTER,
        ),
        Also("it is let go", "closed", (*KEPT, erase_kept), at=AFTER),
    ),
)
