"""The direct transfer of Art. 20(2): asked, accepted, done or not feasible."""

from typing import Any

import pytest

from dsr import casework
from dsr.letters.compose import compose
from dsr.models import DirectTransfer, Letter, Ticket
from dsr.vocabulary import State
from tests.dsr.conftest import (
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    decide,
    refused,
)
from tests.dsr.steps import clear_health, make_copy, propose

WANTED = {"portability": {"receiver": "Other Insurer NV, Gent"}}


def state(ticket: Ticket) -> str:
    return str(Ticket.objects.get(pk=ticket.pk).state)


def delivering(walk: Walk) -> Ticket:
    ticket = walk(State.FILTERING, "portability", email=JEANNE, details=WANTED)
    propose(ticket.pk)
    make_copy(ticket.pk)
    return decide(ticket.pk)


def test_what_nobody_asked_for_holds_nothing_up(walk: Walk) -> None:
    ticket = walk(State.REPLY_PENDING, "portability", email=JEANNE)
    assert not DirectTransfer.objects.exists()
    assert ticket.letters.filter(kind="reply").count() == 1


def test_a_transfer_is_done_with_a_receipt_or_the_reply_waits(walk: Walk) -> None:
    ticket = delivering(walk)
    assert ticket.state == State.DELIVERING
    assert DirectTransfer.objects.get().to == "Other Insurer NV, Gent"
    with refused("The receiver has not agreed yet"):
        casework.finish_transfer(ticket.pk, receipt="R1", by=OFFICER, at=RECEIVED)
    casework.accept_transfer(ticket.pk, by=OFFICER, at=RECEIVED)
    with refused("The receiver has agreed already"):
        casework.accept_transfer(ticket.pk, by=OFFICER, at=RECEIVED)
    with refused("Say what the receiver confirmed"):
        casework.finish_transfer(ticket.pk, receipt=" ", by=OFFICER, at=RECEIVED)
    assert state(ticket) == State.DELIVERING
    casework.finish_transfer(ticket.pk, receipt="R1", by=OFFICER, at=RECEIVED)
    assert state(ticket) == State.REPLY_PENDING
    letter = Letter.objects.get(ticket=ticket.pk, kind="reply")
    assert "Other Insurer NV, Gent" in (compose(letter).html or "")


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_what_is_not_feasible_has_a_technical_reason_and_the_file_is_given(
    walk: Walk, language: str
) -> None:
    ticket = delivering(walk)
    Ticket.objects.get(pk=ticket.pk).letters.update(language=language)
    with refused("The technical reason needs at least 30"):
        casework.excuse_transfer(ticket.pk, reason="no", by=OFFICER, at=RECEIVED)
    done = casework.excuse_transfer(ticket.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    assert (state(done), done.outcome) == (State.REPLY_PENDING, "granted")
    assert WHY in (
        compose(Letter.objects.get(ticket=ticket.pk, kind="reply")).html or ""
    )


def test_the_ground_needs_a_transfer_that_cannot_be(walk: Walk) -> None:
    ticket = walk(State.FILTERING, "portability", email=JEANNE)
    said: dict[str, Any] = {
        "outcome": "partial",
        "grounds": ["transfer_not_feasible"],
        "reasons": WHY,
    }
    with refused("No direct transfer was found infeasible"):
        casework.propose(ticket.pk, **said, by=OFFICER, at=RECEIVED)
    with refused("No direct transfer of"):
        casework.excuse_transfer(ticket.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    casework.ask_transfer(ticket.pk, to="Other NV", by=OFFICER, at=RECEIVED)
    with refused("A receiver is named already"):
        casework.ask_transfer(ticket.pk, to="Third NV", by=OFFICER, at=RECEIVED)
    casework.excuse_transfer(ticket.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    clear_health(ticket.pk)
    proposed = casework.propose(ticket.pk, **said, by=OFFICER, at=RECEIVED)
    assert proposed.state == State.EXPORTING
