"""What is said with the acts on an excessive request, and on its fee."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from dsr.casework import Abuse, Fee
from dsr.models import Ticket
from dsr.vocabulary import FeeBasis
from tests.dsr.machines.at_random.people import SHORT, WHY, WORD, Pick
from tests.dsr.machines.at_random.said.said import Said, nothing, says

ABUSE = Abuse(WHY, WHY, WORD, WORD, WORD, WORD)


def a_fee(ticket: Ticket, pick: Pick) -> Fee:
    """Return a fee, to be paid on a day that lies ahead or not."""
    days = pick((20, 40, 60, 100))
    return Fee(
        amount=Decimal(pick((10, 25, 0))),
        basis=pick(FeeBasis.values),
        cost_basis=WHY,
        pay_by=ticket.received_on + timedelta(days=days),
    )


def an_earlier_reply(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Name some ticket as the earlier one; it may not be answered at all."""
    known = Ticket.objects.order_by("pk").values_list("pk", flat=True)
    return {"earlier_id": pick(list(known)), "scope": WHY}


EXCESS: dict[str, Said] = {
    "record_unfounded": Said(says(facts=WHY), (says(facts=SHORT),)),
    "record_repetition": Said(
        an_earlier_reply,
        (says(earlier_id=0, scope=WHY), says(earlier_id=1, scope=SHORT)),
    ),
    "record_abuse": Said(
        says(abuse=ABUSE),
        (
            says(abuse=replace(ABUSE, subjective=SHORT)),
            says(abuse=replace(ABUSE, objective=SHORT)),
            says(abuse=replace(ABUSE, conduct=" ")),
        ),
    ),
    "fee_paid": Said(nothing),
    "fee_lapsed": Said(nothing),
}
