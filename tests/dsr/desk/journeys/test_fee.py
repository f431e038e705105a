"""The same access again: a fee is told, and paid or not. GDPR Arts. 12(5), 15(3)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from dsr.models import Case, Ticket
from tests.dsr.desk.journeys.answering import adviser_looked
from tests.dsr.desk.journeys.conftest import (
    AUTHORITY,
    Desk,
    answered,
    checked,
    decided,
    ended,
    in_order,
    known,
    later,
    read,
    works,
)

Write = Callable[..., Case]
SCOPE = "Toutes les données, reçues hier, sont demandées une seconde fois."
REASONS = "Vous avez reçu hier une copie des mêmes données de la même période."
COSTS = "Le travail d'une heure pour préparer une seconde fois les mêmes copies."


def taken(desk: Desk, write: Write) -> Ticket:
    """Take a letter in hand that asks for a copy, and search."""
    return known(desk, desk.does("olga", "take_in_hand", write("access").tickets.get()))


def copied(desk: Desk, ticket: Ticket) -> Ticket:
    """Fill in what Art. 15 asks, and decide to give the copy."""
    for one in ticket.information.filter(state="open"):
        said = {"item": one.item, "state": "given", "because": REASONS}
        ticket = desk.does("olga", "answer_information", ticket, **said)
    ticket = adviser_looked(desk, ticket)
    desk.does("olga", "propose", ticket, outcome="granted", reasons="")
    works(desk)
    return decided(desk, checked(desk, Ticket.objects.get(pk=ticket.pk)))


@pytest.fixture
def told(desk: Desk, write: Write) -> Ticket:
    """Ask a fee for what was given before, and tell the person."""
    first = copied(desk, taken(desk, write))
    ended(desk, first, "granted")
    ticket = taken(desk, write)
    fee = {
        "outcome": "fee",
        "grounds": ["excessive_repetitive"],
        "reasons": REASONS,
        "amount": "12.50",
        "basis": "excessive",
        "cost_basis": COSTS,
        "pay_by": (timezone.localdate() + timedelta(days=14)).isoformat(),
    }
    refusal = desk.refused("olga", "propose", ticket, **fee)
    assert "No earlier reply to the same request is on record" in refusal
    earlier = {"earlier_id": first.pk, "scope": SCOPE}
    ticket = desk.does("olga", "record_repetition", ticket, **earlier)
    ticket = desk.does("olga", "propose", ticket, **fee)
    ticket = decided(desk, checked(desk, ticket, G5="excessive"))
    said = read(answered(desk, ticket))
    for part in ("12,50", COSTS, REASONS, "RGPD, art. 12, § 5", AUTHORITY):
        assert part in said
    ticket.refresh_from_db()
    assert (ticket.state, ticket.outcome) == ("reply_pending", "fee")
    assert ticket.replied_at is None
    assert ticket.due == ticket.due_strict
    return ticket


def test_it_is_paid_and_the_request_goes_on(desk: Desk, told: Ticket) -> None:
    assert "has not passed" in desk.refused("olga", "fee_lapsed", told)
    ticket = desk.does("olga", "fee_paid", told)
    assert (ticket.state, ticket.outcome) == ("reviewing", "")
    said = ended(desk, copied(desk, ticket), "granted")
    assert "12,50" in said
    assert in_order(
        ticket,
        "excess.repetition_recorded",
        "ticket.proposed",
        "ticket.decided",
        "fee.told",
        "fee.paid",
        "ticket.proposed",
        "package.built",
        "ticket.decided",
        "ticket.replied",
        "ticket.closed",
    )


def test_it_lapses_and_the_request_ends(desk: Desk, told: Ticket) -> None:
    with later(desk, datetime.now(UTC) + timedelta(days=16)):
        works(desk)
        works(desk)
        late = desk.refused("olga", "fee_paid", told)
        assert "not possible in this state" in late
    told.refresh_from_db()
    assert (told.state, told.outcome) == ("withdrawn", "fee")
    assert told.replied_at is None
    assert "12,50" in read(told.letters.get(kind="fee_lapsed", state="sent"))
    assert in_order(told, "ticket.decided", "fee.told", "fee.lapsed")
