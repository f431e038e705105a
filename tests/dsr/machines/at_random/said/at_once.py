"""What is said with the acts of marketing and consent."""

from typing import Any

from dsr.models import Ticket
from tests.dsr.machines.at_random.people import SHORT, WHY, Pick
from tests.dsr.machines.at_random.said.said import Said, nothing, says


def a_purpose(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Say of a withdrawn purpose that its data are erased, or for what they stay."""
    withdrawn = list(ticket.purpose_checks.values_list("purpose", flat=True))
    kept = {"result": "kept", "kept_for": "legal_obligations", "basis": "6(1)(c)"}
    found = pick(({"result": "erased"}, kept))
    return {"purpose": pick(withdrawn) if withdrawn else "none", **found}


AT_ONCE: dict[str, Said] = {
    "check_erasure": Said(nothing),
    "check_purpose": Said(
        a_purpose,
        (
            says(purpose="spying", result="erased"),
            says(purpose="direct_marketing", result="open"),
            says(
                purpose="direct_marketing",
                result="kept",
                kept_for="direct_marketing",
                basis="6(1)(f)",
            ),
        ),
    ),
    "open_erasure": Said(nothing),
    "confirm": Said(says(done=WHY), (says(done=SHORT),)),
}
