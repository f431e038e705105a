"""Facts that change the same for every right with a decision: extension, no, fee."""

from datetime import date
from decimal import Decimal

from dsr import casework
from dsr.models import Ticket
from tests.dsr.policy.tables.table import (
    BY_AGENT,
    DECIDER,
    DPO,
    HANDLER,
    LATE,
    MACHINE,
    WITHOUT_ADDRESS,
    Also,
    Roles,
    Step,
)
from tests.dsr.steps import DECIDER as SECOND
from tests.dsr.steps import DPO as OVERSEER
from tests.dsr.steps import (
    LAW,
    OFFICER,
    RECEIVED,
    WHY,
    answer_gates,
    ask_identity,
    send_reply,
)

FEE = casework.Fee(Decimal("12.50"), "excessive", WHY, date(2026, 3, 20))
LAPSED = RECEIVED.replace(day=21)


def propose_extension(ticket_id: int) -> None:
    """Propose two further months."""
    casework.propose_extension(ticket_id, reason=WHY, by=OFFICER, at=RECEIVED)


def extend(ticket_id: int) -> None:
    """Agree to them."""
    casework.extend(ticket_id, by=SECOND, at=RECEIVED)


def refuse(ticket_id: int) -> None:
    """Propose to refuse, because a law restricts the right."""
    casework.propose(
        ticket_id,
        outcome="refused",
        grounds=["legal_restriction"],
        law=LAW,
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )


def allow_late(ticket_id: int) -> None:
    """Give leave for a late refusal."""
    casework.override_late_refusal(ticket_id, why=WHY, by=OVERSEER, at=LATE)


def show_unfounded(ticket_id: int) -> None:
    """Record that the request is manifestly unfounded."""
    casework.record_unfounded(ticket_id, facts=WHY, by=OFFICER, at=RECEIVED)


def propose_fee(ticket_id: int) -> None:
    """Propose to ask a fee for it."""
    casework.propose(
        ticket_id,
        outcome="fee",
        grounds=["manifestly_unfounded"],
        reasons=WHY,
        fee=FEE,
        by=OFFICER,
        at=RECEIVED,
    )


def agree(ticket_id: int) -> None:
    """Decide as proposed, once the checks are answered."""
    casework.decide(ticket_id, by=SECOND, at=RECEIVED)


def show_mandate(ticket_id: int) -> None:
    """Keep the mandate with the case."""
    paper = casework.NewFile("mandate", "mandate.txt", "text/plain", b"I let him.")
    case = Ticket.objects.get(pk=ticket_id).case_id
    casework.add_document(case, paper, by=OFFICER, at=RECEIVED)


def strangers(**more: Roles) -> tuple[Also, ...]:
    """Return what changes while it is not known where to write, or who may ask."""
    ask, papers = (ask_identity,), (show_mandate,)
    return (
        Also(
            "nobody knows where to write",
            "triage",
            (),
            less={"ask_identity": HANDLER, "redirect": HANDLER} | more,
            opening=WITHOUT_ADDRESS,
        ),
        Also(
            "who writes for the person shows no mandate",
            "triage",
            (),
            less={"establish_identity": HANDLER},
            opening=BY_AGENT,
        ),
        Also("the mandate is shown", "triage", papers, opening=BY_AGENT),
        Also(
            "proof comes without a mandate",
            "awaiting_identity",
            ask,
            less={"accept_proof": HANDLER},
            opening=BY_AGENT,
        ),
        Also(
            "proof comes with the mandate",
            "awaiting_identity",
            (*ask, *papers),
            opening=BY_AGENT,
        ),
    )


def delays(state: str, *path: Step) -> tuple[Also, ...]:
    """Return what changes with an extension, in a state where it may be proposed."""
    mine = {"propose_extension": HANDLER}
    proposed = (*path, propose_extension)
    return (
        Also("an extension is proposed", state, proposed, more={"extend": DECIDER}),
        Also("it is extended", state, (*proposed, extend), less=mine),
        Also("month one has passed", state, path, less=mine, at=LATE),
        Also("it has passed over a proposal", state, proposed, less=mine, at=LATE),
    )


def decisions(path: tuple[Step, ...], proposed: tuple[Step, ...]) -> tuple[Also, ...]:
    """Return what changes once the checks are answered.

    On `path` a refusal can be proposed; on `proposed` it is proposed to grant.
    """
    state, no = "decision_pending", (*path, refuse, answer_gates)
    return (
        Also(
            "it is proposed to grant, and the checks are answered",
            state,
            (*proposed, answer_gates),
            more={"decide": HANDLER | DECIDER},
        ),
        Also(
            "it is proposed to refuse, and the checks are answered",
            state,
            no,
            more={"decide": DECIDER},
        ),
        Also(
            "the day to refuse by has passed",
            state,
            no,
            more={"override_late_refusal": DPO},
            at=LATE,
        ),
        Also(
            "the late refusal is allowed",
            state,
            (*no, allow_late),
            more={"decide": DECIDER},
            at=LATE,
        ),
    )


def fees(*path: Step) -> tuple[Also, ...]:
    """Return what changes while a fee is awaited, and when its day has passed."""
    proposed = (*path, show_unfounded, propose_fee, answer_gates)
    told, state = (*proposed, agree, send_reply), "reply_pending"
    return (
        Also(
            "it is proposed to ask a fee, and the checks are answered",
            "decision_pending",
            proposed,
            more={"decide": DECIDER},
        ),
        Also("the fee is not told yet", state, (*proposed, agree)),
        Also("the fee is told", state, told, more={"fee_paid": HANDLER}),
        Also(
            "its day has passed",
            state,
            told,
            more={"fee_paid": HANDLER, "fee_lapsed": HANDLER | MACHINE},
            at=LAPSED,
        ),
    )
