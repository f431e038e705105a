"""Marketing opt-out: who may do what to one. GDPR Arts. 12(3) and 21(2), (3).

Nobody is doubted, delayed, charged or refused; it is in effect before anybody acts.
"""

from dsr import casework
from dsr.vocabulary import Channel, State
from tests.dsr.machines import marketing_opt_out
from tests.dsr.policy.tables.table import (
    BY_AGENT,
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
    answer_gates,
    merge,
    redirect,
    take_unproven,
)
from tests.dsr.telling import answer_for_everyone

# Without an address nothing can be stopped yet.
WORKABLE = {"triage", "in_progress"}
UNDECIDED = {
    "received",
    "suppressing",
    "propagating",
    "decision_pending",
} | WORKABLE

ACTS: Acts = {
    # find the person, where no address is known
    "take_in_hand": (HANDLER, {"received", "triage"}),
    "merge": (HANDLER, {"triage"}),
    "establish_identity": (HANDLER, WORKABLE),
    "advise": (DPO, WORKABLE | {"decision_pending"}),
    "answer_gates": (HANDLER | DPO, UNDECIDED),
    # only that nobody knows the person is ever decided
    "propose": (HANDLER, {"in_progress", "propagating"}),
    "return_proposal": (HANDLER | DECIDER, {"decision_pending"}),
    # end
    "withdraw": (HANDLER | PERSON, UNDECIDED | {"reply_pending"}),
    "reopen": (DPO, {"closed"}),
}
NEVER = {
    # the address is enough (Art. 12(6))
    "ask_identity",
    "reject_proof",
    "accept_proof",
    # it is in effect, and free (Arts. 12(5) and 21(3))
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
}


def propose_no_data(ticket_id: int) -> None:
    """Propose to say that nobody knows the person."""
    casework.propose(ticket_id, outcome="no_data", by=OFFICER, at=RECEIVED)


UNKNOWN = (propose_no_data,)
# Somebody else writes for a person, and gives that person's address.
FOR_JEANNE = Opening({**BY_AGENT.given, "identifiers": {"email": JEANNE}})
TABLE = Table(
    acts=ACTS,
    never=NEVER | of_others("marketing_opt_out"),
    paths=marketing_opt_out.PATHS
    | {
        State.RECEIVED: (),
        State.TRIAGE: (),
        State.IN_PROGRESS: (take_unproven,),
        State.SUPPRESSING: (),
        State.DECISION_PENDING: UNKNOWN,
        State.MERGED: (merge,),
        State.REDIRECTED: (redirect,),
    },
    openings={
        State.RECEIVED: Opening({**BY_AGENT.given, "channel": Channel.WEB}),
        State.TRIAGE: WITHOUT_ADDRESS,
        State.IN_PROGRESS: WITHOUT_ADDRESS,
        State.MERGED: WITHOUT_ADDRESS,
        State.SUPPRESSING: Opening({"email": JEANNE}, systems=False),
        State.REDIRECTED: BY_AGENT,
    },
    unseen={"awaiting_clarification", "replied"},
    also=(
        Also(
            "who writes for the person gives their own address only",
            "triage",
            (),
            more={"redirect": HANDLER},
            less={"establish_identity": HANDLER},
            opening=BY_AGENT,
        ),
        Also(
            "it is proposed to say so, and the checks are answered",
            "decision_pending",
            (*UNKNOWN, answer_gates),
            more={"decide": HANDLER | DECIDER},
        ),
        Also(
            "everybody has stopped, and somebody else is to be answered",
            "propagating",
            (answer_for_everyone,),
            more={"confirm": HANDLER},
            opening=FOR_JEANNE,
        ),
    ),
)
