"""What is said with the acts of an access request, and of portability."""

from typing import Any

from dsr.models import Ticket
from tests.dsr.machines.at_random.people import SHORT, WHY, WORD, Pick
from tests.dsr.machines.at_random.said.said import Said, nothing, says


def some_information(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Answer one of the items of Article 15, one way or the other."""
    items = list(ticket.information.order_by("pk").values_list("item", flat=True))
    return {
        "item": pick(items or ["purposes"]),
        "state": pick(("given", "not_applicable", "refused")),
        "because": pick((WHY, WHY, "")),
    }


COPIES: dict[str, Said] = {
    "answer_information": Said(
        some_information,
        (
            says(item="anything", state="given", because=WHY),
            says(item="purposes", state="perhaps", because=WHY),
        ),
    ),
    "add_question": Said(says(question=WHY), (says(question=" "),)),
    "clear_health": Said(nothing),
    "ask_transfer": Said(says(to=WORD), (says(to=" "), says(to=WORD * 200))),
    "accept_transfer": Said(nothing),
    "excuse_transfer": Said(says(reason=WHY), (says(reason=SHORT),)),
    "finish_transfer": Said(says(receipt=WORD), (says(receipt=" "),)),
}
