"""Objection to marketing: in effect at once, confirmed when all have answered.

GDPR Art. 21(2) and (3): nobody is doubted, nothing is refused or extended.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from dsr.models import Case, LedgerEntry, Ticket, find_faults
from subjects.models import is_suppressed
from tests.dsr.desk.journeys.answering import recipients_told, systems_answered, told_of
from tests.dsr.desk.journeys.conftest import (
    AUTHORITY,
    WHY,
    Desk,
    answered,
    checked,
    decided,
    read,
    works,
)
from tests.dsr.steps import JEANNE

MINE = ("suppression", "order", "ticket")
DONE = "La publicité est arrêtée partout où elle pouvait l'être."
NEVER: dict[str, dict[str, Any]] = {
    "ask_identity": {"doubts": WHY, "items": "Un appel"},
    "propose_extension": {"factors": ["number"], "reason": WHY},
    "extend": {},
}


@pytest.fixture
def ticket(write: Callable[..., Case]) -> Ticket:
    """Receive an objection to advertising."""
    return write("marketing_opt_out").tickets.get()


def test_granted_by_itself_when_all_have_answered(desk: Desk, ticket: Ticket) -> None:
    assert is_suppressed("email", JEANNE)
    assert ticket.state == "propagating"
    systems_answered(desk, ticket)
    ticket = recipients_told(desk, ticket)
    works(desk)
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.state, ticket.outcome) == ("closed", "granted")
    assert (ticket.decided_by, ticket.proposed_by) == ("system", "")
    letter = ticket.letters.get(kind="reply")
    assert (letter.state, letter.language) == ("sent", "fr")
    text = read(letter)
    assert "Cela vaut pour toute notre prospection" in text
    assert "sur une liste d'opposition" in text
    assert "AXA Demo Services SA" in text
    assert AUTHORITY in text
    assert told_of(ticket.case, *MINE) == [
        "suppression.added",
        "order.given",
        "ticket.moved_on",
        "order.closed",
        "order.closed",
        "ticket.carried_out",
        "ticket.replied",
        "ticket.closed",
    ]
    assert list(find_faults()) == []


def test_granted_by_an_officer_where_a_system_cannot(
    desk: Desk, ticket: Ticket
) -> None:
    assert "waits for these systems" in desk.refused(
        "olga", "confirm", ticket, done=DONE
    )
    systems_answered(desk, ticket, done="impossible")
    ticket = recipients_told(desk, ticket)
    assert ticket.state == "propagating"
    ticket = desk.does("olga", "confirm", ticket, done=DONE)
    assert (ticket.outcome, ticket.decided_by) == ("granted", "olga")
    text = read(answered(desk, ticket))
    assert DONE in text
    assert AUTHORITY in text
    assert Ticket.objects.get().state == "closed"


def test_no_data_is_answered_and_stays_on_the_list(desk: Desk, ticket: Ticket) -> None:
    systems_answered(desk, ticket, done="impossible")
    recipients_told(desk, ticket)
    desk.does("olga", "propose", ticket, outcome="no_data")
    ticket = decided(desk, checked(desk, ticket))
    text = read(answered(desk, ticket))
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.state, ticket.outcome) == ("closed", "no_data")
    assert "aucune donnée à caractère personnel" in text
    assert "sur notre liste d'opposition" in text
    assert AUTHORITY in text
    assert is_suppressed("email", JEANNE)


@pytest.mark.parametrize("act", NEVER)
def test_nobody_is_doubted_and_nothing_extended(
    desk: Desk, ticket: Ticket, act: str
) -> None:
    assert desk.refused("olga", act, ticket, **NEVER[act])
    assert Ticket.objects.get().state == "propagating"


@pytest.mark.parametrize("outcome", ["refused", "partial", "not_identified", "fee"])
def test_it_cannot_be_refused(desk: Desk, ticket: Ticket, outcome: str) -> None:
    url = reverse("admin:act", args=[ticket.pk, "propose"])
    assert f"outcome={outcome}" not in desk.page(
        "olga", "admin:act", ticket.pk, "propose"
    )
    said = {"outcome": outcome, "grounds": ["no_ground"], "reasons": WHY}
    lines = LedgerEntry.objects.count()
    assert desk.browsers["olga"].post(url, said).status_code == 400
    assert LedgerEntry.objects.count() == lines
    assert Ticket.objects.get().state == "propagating"
