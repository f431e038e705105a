"""Withdrawal of consent: it ends at once, then it is found out what is left.

GDPR Art. 7(3); it cannot be refused or extended.
"""

from collections.abc import Callable

import pytest
from django.urls import reverse

from dsr.models import Case, LedgerEntry, Ticket, find_faults
from subjects.models import Consent
from tests.dsr.desk.journeys.answering import recipients_told, systems_answered, told_of
from tests.dsr.desk.journeys.conftest import (
    WHY,
    Desk,
    checked,
    decided,
    ended,
)

MINE = ("consent", "order", "ticket")
DONE = "Nous n'utilisons plus vos données à cette fin."


@pytest.fixture
def ticket(write: Callable[..., Case]) -> Ticket:
    """Receive a withdrawal of the consent to direct marketing."""
    return write("consent_withdrawal").tickets.get()


@pytest.fixture
def stopped(desk: Desk, ticket: Ticket) -> Ticket:
    """Have every system stop, and everyone told who relied on the consent."""
    assert ticket.state == "stopping"
    assert Consent.objects.get().revoked_at
    systems_answered(desk, ticket)
    ticket = recipients_told(desk, ticket)
    assert ticket.state == "erasure_check"
    return ticket


def test_granted_and_what_is_kept_is_said(desk: Desk, stopped: Ticket) -> None:
    assert "direct_marketing" in desk.refused("olga", "confirm", stopped, done=DONE)
    kept = "legal_obligations 6(1)(c)"
    for check in stopped.purpose_checks.all():
        desk.does(
            "olga",
            "check_purpose",
            stopped,
            purpose=check.purpose,
            result="kept",
            declared=kept,
        )
    ticket = desk.does("olga", "confirm", stopped, done=DONE)
    text = ended(desk, ticket, "granted")
    assert "Votre retrait ne compromet pas la licéité de ce qui a été fait" in text
    assert "n'entraîne aucun autre désavantage pour vous" in text
    assert "AXA Demo Services SA" in text
    assert told_of(ticket.case, *MINE) == [
        "consent.revoked",
        "order.given",
        "ticket.moved_on",
        "order.closed",
        "order.closed",
        "consent.stopped",
        "consent.checked",
        "ticket.carried_out",
        "ticket.replied",
        "ticket.closed",
    ]


def test_granted_and_erasure_follows(desk: Desk, stopped: Ticket) -> None:
    for check in stopped.purpose_checks.all():
        said = {"purpose": check.purpose, "result": "erased"}
        desk.does("olga", "check_purpose", stopped, **said)
    desk.does("olga", "open_erasure", stopped)
    ticket = desk.does("olga", "confirm", stopped, done=DONE)
    text = ended(desk, ticket, "granted")
    assert DONE in text
    erasure = ticket.case.tickets.get(right_code="erasure")
    desk.does("olga", "take_in_hand", erasure)
    grounds = desk.page("olga", "admin:act", erasure.pk, "examine_grounds")
    assert "shown by another request of this case" in grounds
    assert list(find_faults()) == []


def test_not_applicable_names_the_real_basis(desk: Desk, stopped: Ticket) -> None:
    said = "Ce traitement repose sur notre contrat ; vous pouvez vous y opposer."
    desk.does(
        "olga",
        "propose",
        stopped,
        outcome="not_applicable",
        grounds=["legal_basis"],
        reasons=said,
    )
    text = ended(desk, decided(desk, checked(desk, stopped)), "not_applicable")
    assert "Le droit que vous invoquez ne s'applique pas ici." in text
    assert said in text
    assert "vous opposer au traitement" in text


def test_no_data(desk: Desk, stopped: Ticket) -> None:
    desk.does("olga", "propose", stopped, outcome="no_data")
    text = ended(desk, decided(desk, checked(desk, stopped)), "no_data")
    assert "aucune donnée à caractère personnel" in text


@pytest.mark.parametrize("outcome", ["refused", "partial", "not_identified", "fee"])
def test_it_cannot_be_refused(desk: Desk, stopped: Ticket, outcome: str) -> None:
    said = {"outcome": outcome, "grounds": ["legal_basis"], "reasons": WHY}
    url = reverse("admin:act", args=[stopped.pk, "propose"])
    lines = LedgerEntry.objects.count()
    assert desk.browsers["olga"].post(url, said).status_code == 400
    assert LedgerEntry.objects.count() == lines
    assert Ticket.objects.get().state == "erasure_check"


def test_it_cannot_be_extended(desk: Desk, ticket: Ticket) -> None:
    said = {"factors": ["number"], "reason": WHY}
    assert desk.refused("olga", "propose_extension", ticket, **said)
    assert desk.refused("dirk", "extend", ticket)
