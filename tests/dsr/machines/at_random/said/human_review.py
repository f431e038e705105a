"""What is said with the acts of a review by a person."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dsr.casework import Qualification, Reviewed
from dsr.models import Ticket
from tests.dsr.machines.at_random.people import REVIEWER, SHORT, WHY, WORD, Pick
from tests.dsr.machines.at_random.said.said import Said, nothing, says

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


HUMAN_REVIEW: dict[str, Said] = {
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
