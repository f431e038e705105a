"""What no system could carry out is told to nobody as done."""

from datetime import date, timedelta

import pytest

from dsr import casework
from dsr.casework.ticket_lock import lock
from dsr.letters.restricted import frozen
from dsr.models import ErasureItem, Message, SystemOrder, Ticket
from dsr.vocabulary import OrderAct, State
from tests.dsr.casework.test_kept_data import AFTER, kept
from tests.dsr.conftest import (
    COLLEAGUE,
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    decide,
    events,
    propose,
    refused,
    tell_everyone,
)
from tests.dsr.steps import close_orders

SOON = RECEIVED + DAY
LATER = SOON + timedelta(hours=1)

__all__ = ["kept"]


def could_not(ticket: Ticket, *, but: str = "") -> Ticket:
    """Have every system say that it could not, but perhaps one."""
    for order in ticket.orders.waiting():
        casework.close_order(
            order.pk, done=order.system == but, note=WHY, by=OFFICER, at=SOON
        )
    return Ticket.objects.get(pk=ticket.pk)


UNDONE = [
    ("erasure", State.EXECUTING, State.EXCEPTIONS),
    ("rectification", State.CORRECTING, State.VERIFYING),
    ("objection", State.EXECUTING, State.BALANCING),
]


@pytest.mark.parametrize(("right", "decided", "back"), UNDONE)
def test_what_no_system_could_do_is_decided_anew(
    walk: Walk, right: str, decided: str, back: str
) -> None:
    ticket = could_not(walk(decided, right, email=JEANNE))
    assert (ticket.state, ticket.outcome, ticket.decided_by) == (back, "", "")
    assert "ticket.undone" in events(ticket.case)
    assert not ticket.notices.exclude(operation="restrict").exists()
    assert not ErasureItem.objects.filter(erased_at__isnull=False).exists()
    note = Message.objects.get(case=ticket.case, kind="note")
    assert "no system could carry it out" in note.text
    with refused("not possible in this state"):
        casework.complete(ticket.pk, done=WHY, by=OFFICER, at=SOON)


@pytest.mark.parametrize(("right", "decided", "back"), UNDONE)
def test_decided_anew_it_is_ordered_anew(
    walk: Walk, right: str, decided: str, back: str
) -> None:
    ticket = could_not(walk(decided, right, email=JEANNE))
    casework.propose(ticket.pk, outcome="granted", by=OFFICER, at=SOON)
    assert decide(ticket.pk, at=LATER).state == decided
    assert ticket.orders.waiting().count() == 2
    close_orders(ticket.pk, at=LATER)
    assert Ticket.objects.get(pk=ticket.pk).outcome == "granted"


@pytest.mark.parametrize(("right", "decided", "back"), UNDONE)
def test_what_one_system_did_is_done(
    walk: Walk, right: str, decided: str, back: str
) -> None:
    ticket = could_not(walk(decided, right, email=JEANNE), but="crm")
    assert ticket.outcome == "granted"
    assert "ticket.undone" not in events(ticket.case)


def test_a_restriction_that_no_system_marked_is_not_granted(walk: Walk) -> None:
    ticket = could_not(walk(State.APPLYING, "restriction", email=JEANNE))
    with refused("No system could mark the data"):
        propose(ticket.pk)
    assert frozen(ticket, "en")["frozen"] == ()
    casework.apply_restriction(
        ticket.pk, ground="accuracy_contested", by=OFFICER, at=LATER
    )
    assert ticket.orders.waiting().count() == 2
    close_orders(ticket.pk, at=LATER)
    propose(ticket.pk)
    assert len(frozen(ticket, "en")["frozen"]) == 1


def test_a_withdrawn_consent_is_stopped_until_it_is(walk: Walk) -> None:
    ticket = walk(State.STOPPING, "consent_withdrawal", email=JEANNE)
    tell_everyone(ticket.pk, SOON)
    ticket = could_not(ticket)
    assert ticket.state == State.STOPPING
    assert "ticket.undone" in events(ticket.case)
    assert ticket.orders.waiting().count() == 2
    close_orders(ticket.pk, at=LATER)
    assert lock(ticket.pk).state == State.ERASURE_CHECK


def test_kept_data_that_no_system_could_erase_are_still_due(kept: Ticket) -> None:
    casework.erase_kept(kept.pk, why=WHY, by=COLLEAGUE, at=AFTER)
    could_not(kept)
    item = ErasureItem.objects.get(category="claims")
    assert (item.released_at, item.erased_at) == (None, None)
    assert item.keep_until == date(2027, 3, 31)
    casework.erase_kept(kept.pk, why=WHY, by=COLLEAGUE, at=AFTER)
    close_orders(kept.pk, at=AFTER)
    item.refresh_from_db()
    assert item.erased_at == AFTER


def test_the_last_answer_of_each_system_counts(walk: Walk) -> None:
    ticket = walk(State.EXECUTING, "erasure", email=JEANNE)
    orders = SystemOrder.objects.filter(ticket=ticket)
    assert not orders.failed(OrderAct.ERASE)  # still waited for
    assert not orders.failed(OrderAct.STOP)  # never ordered
