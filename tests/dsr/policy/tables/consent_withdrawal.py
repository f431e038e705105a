"""Withdrawal of consent: who may do what to one. GDPR Arts. 7(3) and 17(1)(b).

Nobody is doubted, delayed, charged or refused; it is in effect before anybody acts.
"""

from dsr import casework
from dsr.models import Ticket
from dsr.vocabulary import State
from tests.dsr.machines import consent_withdrawal
from tests.dsr.policy.tables.table import (
    DECIDER,
    DPO,
    HANDLER,
    PERSON,
    WITHOUT_ADDRESS,
    Acts,
    Also,
    Opening,
    Table,
    of_others,
)
from tests.dsr.steps import (
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    answer_gates,
    merge,
    take_unproven,
)
from tests.dsr.telling import answer_for_everyone

# Without an address nobody's consent can be found yet.
WORKABLE = {"triage", "in_progress"}
IN_EFFECT = {"revoking", "stopping", "erasure_check"}
UNDECIDED = {"decision_pending"} | WORKABLE | IN_EFFECT

ACTS: Acts = {
    # find the person, where no address is known
    "take_in_hand": (HANDLER, {"triage"}),
    "merge": (HANDLER, {"triage"}),
    "establish_identity": (HANDLER, WORKABLE),
    "advise": (DPO, WORKABLE | {"decision_pending"}),
    "answer_gates": (HANDLER | DPO, UNDECIDED),
    # what is left to erase
    "check_purpose": (HANDLER, {"erasure_check"}),
    # only that nobody knows the person, or that it never rested on consent
    "propose": (HANDLER, {"in_progress", "erasure_check"}),
    "return_proposal": (HANDLER | DECIDER, {"decision_pending"}),
    # end
    "withdraw": (HANDLER | PERSON, UNDECIDED | {"reply_pending"}),
    "reopen": (DPO, {"closed"}),
}
NEVER = {
    # with an address it is in effect at once, and without one nobody can be asked
    "ask_identity",
    "reject_proof",
    "accept_proof",
    "redirect",
    # it is in effect, and free (Arts. 7(3) and 12(5))
    "propose_extension",
    "extend",
    "override_late_refusal",
    "record_unfounded",
    "record_repetition",
    "record_abuse",
    "fee_paid",
    "fee_lapsed",
    # nothing is carried out after a decision, and the reply closes it
    "complete",
    "close",
    # it goes on by itself with the last answer; asked by hand where nobody is asked
    "check_erasure",
}


def propose_not_applicable(ticket_id: int) -> None:
    """Propose to say that it never rested on consent."""
    casework.propose(
        ticket_id,
        outcome="not_applicable",
        grounds=["legal_basis"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )


def check_purposes(ticket_id: int) -> None:
    """Note of every purpose that its data are erased."""
    for check in Ticket.objects.get(pk=ticket_id).purpose_checks.all():
        casework.check_purpose(
            ticket_id, purpose=check.purpose, result="erased", by=OFFICER, at=RECEIVED
        )


NO_CONSENT = (answer_for_everyone, propose_not_applicable)
TABLE = Table(
    acts=ACTS,
    never=NEVER | of_others("consent_withdrawal"),
    paths=consent_withdrawal.PATHS
    | {
        State.TRIAGE: (),
        State.IN_PROGRESS: (take_unproven,),
        State.REVOKING: (),
        State.DECISION_PENDING: NO_CONSENT,
        State.MERGED: (merge,),
    },
    openings={
        State.TRIAGE: WITHOUT_ADDRESS,
        State.IN_PROGRESS: WITHOUT_ADDRESS,
        State.MERGED: WITHOUT_ADDRESS,
        State.REVOKING: Opening({"email": JEANNE}, systems=False),
    },
    unseen={
        "received",
        "awaiting_identity",
        "awaiting_clarification",
        "redirected",
        "replied",
    },
    also=(
        Also(
            "it is proposed to say so, and the checks are answered",
            "decision_pending",
            (*NO_CONSENT, answer_gates),
            more={"decide": HANDLER | DECIDER},
        ),
        Also(
            "every purpose was looked at, and its data are erased",
            "erasure_check",
            (answer_for_everyone, check_purposes),
            more={"open_erasure": HANDLER, "confirm": HANDLER},
        ),
    ),
)
