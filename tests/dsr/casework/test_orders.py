"""Every system answers for what it was ordered to do; then the ticket can go on."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from dsr import casework
from dsr.casework.orders import give_orders, open_orders
from dsr.casework.ticket_lock import lock
from dsr.models import LedgerEntry, SystemOrder, Ticket, find_faults
from dsr.policy import PolicyError
from dsr.policy.telling import orders_are_closed
from dsr.vocabulary import SYSTEM, OrderAct
from subjects.systems.shape import ACTS
from tests.dsr.conftest import AUDITOR, OFFICER, RECEIVED, WHY, Open, refused

SOON = RECEIVED + timedelta(minutes=1)


@pytest.fixture
def ordered(open_case: Open) -> Ticket:
    """Order both systems to erase."""
    ticket = open_case("erasure").tickets.get()
    with transaction.atomic():
        give_orders(lock(ticket.pk), OrderAct.ERASE, by=OFFICER, at=RECEIVED)
    return ticket


def states(ticket: Ticket) -> dict[str, str]:
    return dict(ticket.orders.values_list("system", "state"))


def order(ticket: Ticket, system: str) -> SystemOrder:
    return ticket.orders.get(system=system)


def test_the_list_of_systems_knows_every_act() -> None:
    assert set(ACTS) == set(OrderAct.values)


def test_every_system_of_the_list_is_ordered_once(ordered: Ticket) -> None:
    give_orders(ordered, OrderAct.ERASE, by=OFFICER, at=SOON)
    assert states(ordered) == {"crm": "waiting", "claims": "waiting"}
    lines = LedgerEntry.objects.filter(event="order.given")
    assert [(one.facts["act"], one.facts["systems"]) for one in lines] == [
        ("erase", ["crm", "claims"])
    ]


def test_a_ticket_waits_until_each_system_has_answered(ordered: Ticket) -> None:
    with pytest.raises(PolicyError, match="waits for these systems: claims, crm"):
        orders_are_closed(ordered, OFFICER, SOON)
    casework.close_order(
        order(ordered, "crm").pk, done=True, note="Deleted by Ann.", by=OFFICER, at=SOON
    )
    with pytest.raises(PolicyError, match=r"waits for these systems: claims\."):
        orders_are_closed(ordered, OFFICER, SOON)
    casework.close_order(
        order(ordered, "claims").pk, done=False, note=WHY, by=OFFICER, at=SOON
    )
    orders_are_closed(ordered, OFFICER, SOON)
    assert states(ordered) == {"crm": "done", "claims": "impossible"}
    assert not open_orders(ordered).exists()
    closed = order(ordered, "crm")
    assert (closed.note, closed.closed_by) == ("Deleted by Ann.", "officer")


def test_one_note_answers_for_several(ordered: Ticket) -> None:
    chosen = [one.pk for one in ordered.orders.all()]
    casework.close_orders(
        ordered.pk, orders=chosen, done=True, note="Deleted.", by=OFFICER, at=SOON
    )
    assert states(ordered) == {"crm": "done", "claims": "done"}


def test_the_ledger_names_system_and_result_but_not_the_note(ordered: Ticket) -> None:
    casework.close_order(
        order(ordered, "crm").pk, done=True, note="by Ann Doe", by=OFFICER, at=SOON
    )
    line = LedgerEntry.objects.get(event="order.closed")
    assert (line.facts["system"], line.facts["result"]) == ("crm", "done")
    assert "Ann" not in str(line.facts)
    assert list(find_faults()) == []


def test_what_closing_an_order_wants(ordered: Ticket, open_case: Open) -> None:
    crm = order(ordered, "crm")
    with refused("role of handler"):
        casework.close_order(crm.pk, done=True, note="x", by=AUDITOR, at=SOON)
    with refused("Say what was done"):
        casework.close_order(crm.pk, done=True, note=" ", by=OFFICER, at=SOON)
    with refused("at least 30 characters"):
        casework.close_order(crm.pk, done=False, note="no", by=OFFICER, at=SOON)
    with refused("Choose at least one system"):
        casework.close_orders(
            ordered.pk, orders=[], done=True, note="x", by=OFFICER, at=SOON
        )
    other = open_case("erasure").tickets.get()
    with refused("has no such order"):
        casework.close_orders(
            other.pk, orders=[crm.pk], done=True, note="x", by=OFFICER, at=SOON
        )
    casework.close_order(crm.pk, done=True, note="gone", by=OFFICER, at=SOON)
    with refused("is “done” already"):
        casework.close_order(crm.pk, done=True, note="gone", by=OFFICER, at=SOON)


def test_a_list_that_cannot_be_used_says_why(
    open_case: Open, settings: Settings, tmp_path: Path
) -> None:
    ticket = open_case("erasure").tickets.get()
    settings.SYSTEMS_FILE = tmp_path / "gone.toml"
    with refused("The list of systems cannot be used"):
        give_orders(ticket, OrderAct.ERASE, by=SYSTEM, at=SOON)
