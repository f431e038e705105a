"""What is said with the acts that every right knows."""

from datetime import date
from typing import Any

from dsr.casework import NewAnswer
from dsr.models import Ticket
from dsr.policy.gates import checklist
from dsr.rights import right_of
from dsr.vocabulary import Gate
from tests.dsr.machines.at_random.people import SHORT, WHY, WORD, Pick
from tests.dsr.machines.at_random.said.excess import a_fee
from tests.dsr.machines.at_random.said.said import Said, nothing, says
from tests.dsr.steps import INNOCENT, LAW, SUSPECT


def _identifiers(ticket: Ticket) -> list[int]:
    known = ticket.case.subject.identifiers.order_by("pk")
    return list(known.values_list("pk", flat=True))


def known_by(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Say by what the person is known: everything, or the first thing only."""
    known = _identifiers(ticket)
    return {"method": WORD, "identifiers": pick((known, known[:1]))}


def proposal(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Propose an end that the right knows, on a ground that carries it."""
    outcome = pick(("granted", *right_of(ticket).outcomes))
    grounds = right_of(ticket).grounds_for(outcome)
    chosen = [pick(grounds).code] if grounds else []
    law = LAW if "legal_restriction" in chosen else ""
    said = {"outcome": outcome, "grounds": chosen, "law": law, "reasons": WHY}
    return {**said, "fee": a_fee(ticket, pick)} if outcome == "fee" else said


def an_answer_or_none(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Say what the person answered, if anything."""
    return {"answer": pick(("", WHY))}


def an_earlier_ticket(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Name some ticket of the same right; it may be this one."""
    same = Ticket.objects.filter(right_code=ticket.right_code).order_by("pk")
    return {"into_id": pick(list(same.values_list("pk", flat=True)))}


def some_answers(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Answer the open checks as the proposal implies, or one of them anyhow."""
    implied = INNOCENT | {
        gate: answer
        for ground, (gate, answer) in SUSPECT.items()
        if ground in ticket.grounds
    }
    asked = [line for line in checklist(ticket) if line.may_answer]
    if asked and not pick(range(5)):  # nothing may be answered once it is decided
        line = pick(asked)
        return {"answers": [NewAnswer(line.gate, pick(line.may_answer), WHY)]}
    return {
        "answers": [NewAnswer(one.gate, implied[Gate(one.gate)], WHY) for one in asked]
    }


EVERY_RIGHT: dict[str, Said] = {
    "take_in_hand": Said(nothing),
    "ask_identity": Said(
        says(doubts=WHY, items=WORD),
        (says(doubts=SHORT, items=WORD), says(doubts=WHY, items=" ")),
    ),
    "reject_proof": Said(says(why=WHY, items=WORD), (says(why=SHORT, items=WORD),)),
    "accept_proof": Said(
        known_by,
        (says(method=" "), says(method=WORD, identifiers=[0])),
    ),
    "establish_identity": Said(
        known_by,
        (says(method=WORD, identifiers=[]), says(method=WORD, identifiers=[0])),
    ),
    "ask_clarification": Said(says(question=WHY), (says(question=SHORT),)),
    "clarify": Said(an_answer_or_none),
    "propose_extension": Said(says(reason=WHY), (says(reason=SHORT),)),
    "extend": Said(nothing),
    "propose": Said(
        proposal,
        (
            says(outcome="refused", reasons=WHY),
            says(outcome="refused", grounds=["too_busy"], reasons=WHY),
            says(outcome="redirected"),
            says(outcome=""),
        ),
    ),
    "return_proposal": Said(says(why=WHY), (says(why=SHORT),)),
    "decide": Said(nothing),
    "complete": Said(says(done=WHY), (says(done=SHORT),)),
    "close": Said(nothing),
    "redirect": Said(says(controller=WHY), (says(controller=SHORT),)),
    "merge": Said(an_earlier_ticket),
    "withdraw": Said(nothing),
    "reopen": Said(
        says(why=WHY, told=WHY),
        (says(why=SHORT), says(why=WHY, answer_by=date(2020, 1, 1))),
    ),
    "advise": Said(says(text=WHY), (says(text=SHORT),)),
    "override_late_refusal": Said(says(why=WHY), (says(why=SHORT),)),
    "answer_gates": Said(
        some_answers,
        (
            says(answers=[]),
            says(answers=[NewAnswer("G99", "none", WHY)]),
            says(answers=[NewAnswer("G6", "named", " ")]),
        ),
    ),
}
