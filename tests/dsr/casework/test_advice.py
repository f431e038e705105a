"""The DPO advises, and may allow a late refusal; somebody else decides. Art. 38(6)."""

from typing import Any

import pytest

from dsr import casework
from dsr.models import Ticket
from tests.dsr.conftest import (
    DAY,
    DECIDER,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    decide,
    events,
    refused,
    take,
)
from tests.dsr.steps import LAW

REFUSAL: dict[str, Any] = {
    "outcome": "refused",
    "grounds": ["legal_restriction"],
    "law": LAW,
    "reasons": WHY,
}


def propose(ticket: Ticket, **given: Any) -> Ticket:
    proposal: dict[str, Any] = {"by": OFFICER, "at": RECEIVED, **given}
    return casework.propose(ticket.pk, **proposal)


@pytest.fixture
def erasure(open_case: Open) -> Ticket:
    """Open an erasure request by mail and take it in hand."""
    ticket = open_case("erasure", email=JEANNE).tickets.get()
    take(ticket.pk)
    return ticket


def test_a_refusal_after_month_one_takes_the_dpos_leave(erasure: Ticket) -> None:
    propose(erasure, **REFUSAL)
    late = RECEIVED + 40 * DAY
    for who in (DECIDER, DPO):
        with refused("takes the recorded leave of the data protection officer"):
            decide(erasure.pk, by=who, at=late)
    with refused("role of data protection officer"):
        casework.override_late_refusal(erasure.pk, why=WHY, by=DECIDER, at=late)
    casework.override_late_refusal(erasure.pk, why=WHY, by=DPO, at=late)
    with refused("allowed already"):
        casework.override_late_refusal(erasure.pk, why=WHY, by=DPO, at=late)
    with refused("somebody else decides it"):
        decide(erasure.pk, by=DPO, at=late)
    assert decide(erasure.pk, by=DECIDER, at=late).outcome == "refused"
    leave = erasure.late_refusals.get()
    assert (leave.overridden_by, str(leave.due)) == ("dpo", "2026-04-07")
    assert "refusal.overridden" in events(erasure.case)


def test_leave_for_a_late_refusal_does_not_outlive_its_proposal(
    erasure: Ticket,
) -> None:
    propose(erasure, **REFUSAL)
    with refused("needs no leave"):
        casework.override_late_refusal(erasure.pk, why=WHY, by=DPO, at=RECEIVED)
    late = RECEIVED + 40 * DAY
    casework.override_late_refusal(erasure.pk, why=WHY, by=DPO, at=late)
    casework.return_proposal(erasure.pk, why=WHY, by=DECIDER, at=late)
    propose(erasure, **REFUSAL, at=late + DAY)
    with refused("takes the recorded leave"):
        decide(erasure.pk, by=DECIDER, at=late + DAY)


def test_who_advises_does_not_decide(erasure: Ticket) -> None:
    casework.advise(erasure.pk, text=WHY, by=DPO, at=RECEIVED)
    with refused("The advice needs at least 30"):
        casework.advise(erasure.pk, text="no", by=DPO, at=RECEIVED)
    propose(erasure, **REFUSAL)
    with refused("You advised on this request"):
        decide(erasure.pk, by=DPO, at=RECEIVED)
    assert decide(erasure.pk, by=DECIDER, at=RECEIVED).outcome == "refused"
    assert erasure.advice.get().advised_by == "dpo"
    with refused("not possible in this state"):
        casework.advise(erasure.pk, text=WHY, by=DPO, at=RECEIVED)
