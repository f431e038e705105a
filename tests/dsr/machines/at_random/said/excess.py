"""What is said of what is unfounded or excessive, and of fees."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from dsr.casework import Abuse, Fee
from dsr.models import Ticket
from tests.dsr.machines.at_random.people import SHORT, WHY, WORD, Pick
from tests.dsr.machines.at_random.said.said import Said, nothing, says

ABUSE = Abuse(WHY, WHY, WORD, WORD, WORD, WORD)


def a_fee(ticket: Ticket, pick: Pick) -> Fee:
    """Ask some fee, on some basis."""
    pay_by = ticket.received_on + timedelta(days=pick((1, 14, 40)))
    basis = pick(("excessive", "further_copy"))
    return Fee(Decimal(pick((0, 5))), basis, WHY, pay_by)


def some_earlier_ticket(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Name some ticket of the same right; it may be this one."""
    same = Ticket.objects.filter(right_code=ticket.right_code).order_by("pk")
    return {"earlier_id": pick(list(same.values_list("pk", flat=True))), "scope": WHY}


EXCESS: dict[str, Said] = {
    "record_unfounded": Said(says(facts=WHY), (says(facts=SHORT),)),
    "record_repetition": Said(some_earlier_ticket, (says(earlier_id=0, scope=WHY),)),
    "record_abuse": Said(
        says(abuse=ABUSE),
        (
            says(abuse=replace(ABUSE, objective=SHORT)),
            says(abuse=replace(ABUSE, subjective=SHORT)),
            says(abuse=replace(ABUSE, conduct=" ")),
        ),
    ),
    "fee_paid": Said(nothing),
    "fee_lapsed": Said(nothing),
}
