"""What is said with each act: words that may do, and words that never do.

Every act of the policy has a line here; a test fails where one is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dsr.casework import Qualification, Reviewed
from dsr.models import Ticket
from dsr.rights import right_of
from tests.dsr.machines.at_random.people import REVIEWER, SHORT, WHY, WORD, Pick

Arguments = Callable[[Ticket, Pick], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """`may` is refused for the facts only; each of `never` whatever the facts are."""

    may: Arguments
    never: tuple[Arguments, ...] = ()


def nothing(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Say nothing: the act asks for nothing."""
    return {}


def says(**words: object) -> Arguments:
    """Return arguments that are the same for every ticket."""

    def arguments(ticket: Ticket, pick: Pick) -> dict[str, Any]:
        return dict(words)

    return arguments


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
    return {"outcome": outcome, "grounds": chosen, "reasons": WHY}


def an_answer_or_none(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Say what the person answered, if anything."""
    return {"answer": pick(("", WHY))}


def an_earlier_ticket(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Name some ticket of the same right; it may be this one."""
    same = Ticket.objects.filter(right_code=ticket.right_code).order_by("pk")
    return {"into_id": pick(list(same.values_list("pk", flat=True)))}


SCORED = Qualification(WHY, "system", WORD, WORD, True, True, basis="contract")
QUALIFICATIONS = (
    SCORED,
    replace(SCORED, maker=REVIEWER.name),
    replace(SCORED, basis="none"),
    replace(SCORED, uses_special_data=True, special_basis="none"),
    replace(SCORED, is_automated=False, basis="", evidence=WHY),
    replace(SCORED, is_significant=False, basis="", evidence=WHY),
)
CHANGED = Reviewed(WHY, WHY, WHY, "changed", WHY, WHY, minutes=30)
REVIEWED = (
    CHANGED,
    replace(CHANGED, result="upheld"),
    replace(CHANGED, result="overturned", view=""),
)


def a_qualification(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Qualify the decision in one of the ways there are."""
    return {"qualification": pick(QUALIFICATIONS)}


def a_reviewer(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Name a reviewer, or somebody who is none."""
    return {
        "reviewer": pick((REVIEWER.name, REVIEWER.name, "officer", "nobody")),
        "authority": WHY,
        "view_by": ticket.due_strict - timedelta(days=pick((1, 10, 25))),
    }


def a_review(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Record what a review found."""
    return {"reviewed": pick(REVIEWED)}


SAID: dict[str, Said] = {
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
    "check_erasure": Said(nothing),
    "confirm": Said(says(done=WHY), (says(done=SHORT),)),
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
    "qualify_decision": Said(
        a_qualification,
        (
            says(qualification=replace(SCORED, what=SHORT)),
            says(qualification=replace(SCORED, basis="")),
            says(qualification=replace(SCORED, is_automated=False, evidence=SHORT)),
            says(qualification=replace(SCORED, uses_special_data=True)),
        ),
    ),
    "assign_reviewer": Said(
        a_reviewer,
        (
            says(reviewer="officer", authority=WHY, view_by=date(2026, 3, 20)),
            says(reviewer=REVIEWER.name, authority=WHY, view_by=date(2020, 1, 1)),
        ),
    ),
    "record_review": Said(
        a_review,
        (
            says(reviewed=replace(CHANGED, minutes=0)),
            says(reviewed=replace(CHANGED, reasons=SHORT)),
            says(reviewed=replace(CHANGED, view_considered=SHORT)),
        ),
    ),
    "stop_special_use": Said(nothing),
}
