"""A legal hold keeps a case until the DPO lifts it, and asks to be reviewed."""

from typing import Any

from dsr import casework
from dsr.casework import NewFile
from dsr.models import LedgerEntry
from dsr.vocabulary import State
from tests.dsr.casework.conftest import YEARS, Delete
from tests.dsr.conftest import (
    DAY,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    events,
    refused,
)


def test_a_held_case_is_kept_until_the_hold_is_lifted(
    walk: Walk, delete: Delete
) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    new = NewFile("original", "a.pdf", "application/pdf", b"%PDF-1.4")
    casework.add_document(ticket.case_id, new, by=OFFICER, at=RECEIVED)
    review = (RECEIVED + 100 * DAY).date()
    held = casework.place_hold(
        ticket.case_id, reason=WHY, review_on=review, by=DPO, at=RECEIVED + 2 * DAY
    )
    assert delete(RECEIVED + 2 * YEARS) == 0
    assert casework.fire_timers(at=RECEIVED + 100 * DAY) == 1
    line = LedgerEntry.objects.filter(event="ticket.alarm").last()
    assert line is not None
    assert line.facts["alarm"] == "hold_review"
    lifted = casework.lift_hold(ticket.case_id, by=DPO, at=RECEIVED + 101 * DAY)
    assert lifted.pk == held.pk
    assert delete(RECEIVED + 2 * YEARS) > 1
    assert WHY not in str(list(LedgerEntry.objects.values_list("facts")))
    assert events(ticket.case)[-1] == "data.deleted"


def test_a_hold_keeps_no_proof_of_identity(walk: Walk, delete: Delete) -> None:
    ticket = walk(State.IN_PROGRESS, "rectification", email=JEANNE)
    new = NewFile("proof", "card.pdf", "application/pdf", b"%PDF-1.4")
    casework.add_document(ticket.case_id, new, by=OFFICER, at=RECEIVED + DAY)
    review = (RECEIVED + 100 * DAY).date()
    casework.place_hold(
        ticket.case_id, reason=WHY, review_on=review, by=DPO, at=RECEIVED + DAY
    )
    assert delete(RECEIVED + 8 * DAY) == 1  # its days are a maximum


def test_only_the_dpo_holds_with_a_reason_and_a_day_to_come(walk: Walk) -> None:
    case = walk(State.TRIAGE, email=JEANNE).case
    day = (RECEIVED + DAY).date()
    hold: dict[str, Any] = {"reason": WHY, "review_on": day, "by": DPO, "at": RECEIVED}
    with refused("takes the role of data protection officer"):
        casework.place_hold(case.pk, **hold | {"by": OFFICER})
    with refused("has to lie in the future"):
        casework.place_hold(case.pk, **hold | {"review_on": RECEIVED.date()})
    with refused("needs at least 30"):
        casework.place_hold(case.pk, **hold | {"reason": "court"})
    with refused("is not held"):
        casework.lift_hold(case.pk, by=DPO, at=RECEIVED)
    casework.place_hold(case.pk, **hold)
    with refused("is held already"):
        casework.place_hold(case.pk, **hold)
