"""What is said with the acts of an objection, and of a restriction."""

from typing import Any

from dsr.controller import current
from dsr.models import Ticket
from dsr.vocabulary import RestrictionGround
from tests.dsr.machines.at_random.people import SHORT, WHY, WORD, Pick
from tests.dsr.machines.at_random.said.said import Said, nothing, says

WEIGHED: dict[str, object] = {
    "situation": WHY,
    "interest": WHY,
    "alternatives": WHY,
    "business_owner": WORD,
}


def a_ground(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Restrict on one of the grounds."""
    return {"ground": pick(list(RestrictionGround)), "what": WHY}


def absent_grounds(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Find one ground absent, or all of them."""
    every = list(RestrictionGround)
    return {"grounds": pick((every, [pick(every)])), "why": WHY}


def some_purposes(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Name some purposes of the policy, whatever they rest on."""
    known = list(current().purposes)
    return {"purposes": pick((["statistics"], [pick(known), pick(known)]))}


def a_weighing(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Let all purposes stop, or let some of them go on."""
    known = list(ticket.objected.order_by("pk").values_list("purpose", flat=True))
    return WEIGHED | {"continuing": pick(([], known, known[:1]))}


OBJECTION: dict[str, Said] = {
    "apply_restriction": Said(a_ground, (says(ground="because"),)),
    "examine_restriction": Said(
        absent_grounds,
        (
            says(grounds=[], why=WHY),
            says(grounds=["because"], why=WHY),
            says(grounds=["unlawful"], why=SHORT),
        ),
    ),
    "check_basis": Said(
        some_purposes, (says(purposes=[]), says(purposes=["anything"]))
    ),
    "begin_balancing": Said(nothing),
    "weigh_interests": Said(
        a_weighing,
        (
            says(**WEIGHED | {"situation": SHORT}),
            says(**WEIGHED | {"business_owner": " "}),
            says(**WEIGHED, continuing=["anything"]),
        ),
    ),
}
