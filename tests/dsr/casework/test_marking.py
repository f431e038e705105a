"""Marks and corrections that a machine carries out, in every system with a place."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from dsr import casework
from dsr.casework.orders import give_orders
from dsr.casework.ticket_lock import lock
from dsr.models import Correction, RestrictionMeasure, SystemOrder, Ticket
from dsr.vocabulary import CorrectionVerdict, MeasureState, OrderAct
from tests.dsr.casework.restrictions import begin
from tests.dsr.casework.shop import ask, open_shop
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED, WHY, Open

SOON = RECEIVED + timedelta(minutes=1)
LATER = RECEIVED + timedelta(hours=2)
BLOCKED = "SELECT blocked FROM customers ORDER BY id"


@pytest.fixture
def shop(house: Path, settings: Settings) -> Path:
    settings.SYSTEMS_FILE = open_shop(house / "shop")
    return house / "shop"


def of_jeanne(open_case: Open, right: str, *, proven: bool = True) -> Ticket:
    ticket = open_case(right, email=JEANNE).tickets.get()
    for one in ticket.case.subject.identifiers.all() if proven else ():
        one.verify(by="desk", at=RECEIVED)
        one.save()
    return ticket


def order(act: OrderAct, system: str = "shop") -> SystemOrder:
    return SystemOrder.objects.get(act=act, system=system)


def give(ticket: Ticket, act: OrderAct) -> None:
    with transaction.atomic():
        give_orders(lock(ticket.pk), act, by=OFFICER, at=RECEIVED)


def test_a_restriction_marks_the_persons_row_and_only_a_lifting_takes_it_off(
    shop: Path, open_case: Open
) -> None:
    ticket = of_jeanne(open_case, "restriction")
    measure = begin(ticket)

    assert casework.carry_out_orders(at=SOON) == 1

    assert ask(shop, "shop", BLOCKED) == [(1,), (0,), (0,)]
    done = order(OrderAct.RESTRICT)
    assert (done.state, done.receipt["changed"]) == ("done", {"shop:customers": 1})
    by_hand = order(OrderAct.RESTRICT, "help")  # it has no place for a mark
    assert (by_hand.state, by_hand.next_attempt_at) == ("waiting", None)
    casework.close_order(by_hand.pk, done=True, note=WHY, by=OFFICER, at=SOON)
    measure.refresh_from_db()
    assert measure.state == MeasureState.ACTIVE

    give(ticket, OrderAct.LIFT)  # too early: the restriction is still in force
    assert casework.carry_out_orders(at=LATER) == 0
    assert "the mark has to stay" in order(OrderAct.LIFT).last_error
    assert ask(shop, "shop", BLOCKED) == [(1,), (0,), (0,)]
    RestrictionMeasure.objects.all().delete()
    pk = order(OrderAct.LIFT).pk
    casework.retry_orders(ticket.pk, orders=[pk], by=OFFICER, at=LATER)
    assert casework.carry_out_orders(at=LATER) == 1
    assert ask(shop, "shop", BLOCKED) == [(0,), (0,), (0,)]


def test_a_mark_needs_proof_of_who_asks_but_an_objection_to_advertising_none(
    shop: Path, open_case: Open
) -> None:
    begin(of_jeanne(open_case, "restriction", proven=False))
    assert casework.carry_out_orders(at=SOON) == 0
    assert "Nothing is verified" in order(OrderAct.RESTRICT).last_error

    of_jeanne(open_case, "marketing_opt_out", proven=False)
    assert casework.carry_out_orders(at=LATER) == 1

    newsletter = "SELECT newsletter FROM customers ORDER BY id"
    assert ask(shop, "shop", newsletter) == [(0,), (1,), (1,)]
    assert order(OrderAct.SUPPRESS).state == "done"


def note(ticket: Ticket, place: str, says: str, should_say: str, **more: Any) -> None:
    Correction.objects.create(
        ticket=ticket,
        place=place,
        says=says,
        should_say=should_say,
        noted_at=RECEIVED,
        noted_by="officer",
        judged_at=RECEIVED,
        judged_by="officer",
        **{"system": "shop", "verdict": CorrectionVerdict.CORRECT} | more,
    )


def test_a_datum_is_corrected_wherever_rows_of_the_person_say_it(
    shop: Path, open_case: Open
) -> None:
    ticket = of_jeanne(open_case, "rectification")
    note(ticket, "customers.name", "Peters", "Peeters")
    note(ticket, "shop:customers.age", "30", "31")
    give(ticket, OrderAct.CORRECT)

    assert casework.carry_out_orders(at=SOON) == 2

    names = "SELECT id, name, age FROM customers WHERE id < 3"
    assert ask(shop, "shop", names) == [(1, "Peeters", 31), (2, "Peters", 41)]
    called = "SELECT called FROM callers ORDER BY number"
    assert ask(shop, "help", called) == [("Peeters",), ("Peters",)]
    # What was sent was sent so.
    assert ask(shop, "shop", "SELECT name FROM mailings") == [("Peters",)]
    assert order(OrderAct.CORRECT).receipt["changed"] == {"shop:customers": 1}


SUPPLEMENT = {"verdict": CorrectionVerdict.SUPPLEMENT, "statement": WHY}
BY_HAND: list[tuple[tuple[str, str, str], dict[str, Any], str]] = [
    # place, it says, it should say            why a machine leaves it alone
    (("the name", "Peters", "x"), {}, "names no field as collection.field"),
    (("customers.name", "Petersen", "x"), {}, "says what was noted"),
    (("customers.id", "1", "5"), {}, "known by this field"),
    (("homes.street", "Rue Haute", "Rue Basse"), {}, "shared with others"),
    (("customers.age", "30", "thirty"), {}, "does not fit"),
    (("customers.name", "Peters", "x"), SUPPLEMENT, "added by people"),
]


@pytest.mark.parametrize(
    ("datum", "more", "why"), BY_HAND, ids=[row[2] for row in BY_HAND]
)
def test_what_is_in_doubt_is_corrected_by_hand(
    shop: Path,
    open_case: Open,
    datum: tuple[str, str, str],
    more: dict[str, Any],
    why: str,
) -> None:
    ticket = of_jeanne(open_case, "rectification")
    note(ticket, *datum, **more)
    give(ticket, OrderAct.CORRECT)

    assert casework.carry_out_orders(at=SOON) == 0

    error = order(OrderAct.CORRECT).last_error
    assert why in error
    assert "Peters" not in error
    assert ask(shop, "shop", "SELECT name, age FROM customers WHERE id = 1") == [
        ("Peters", 30)
    ]


def test_the_same_value_in_a_row_that_may_be_anothers_stops_the_machine(
    shop: Path, open_case: Open
) -> None:
    described = (shop / "shop.yml").read_text("utf-8")
    provided = described.replace("origin: observed", "origin: provided")
    (shop / "shop.yml").write_text(provided, "utf-8")
    ticket = of_jeanne(open_case, "rectification")
    note(ticket, "customers.name", "Peters", "Peeters")
    give(ticket, OrderAct.CORRECT)

    assert casework.carry_out_orders(at=SOON) == 0
    error = order(OrderAct.CORRECT).last_error
    assert error.startswith("shop:mailings.name: the old value stands here too")

    note(ticket, "mailings.name", "Peters", "-", verdict=CorrectionVerdict.KEEP)
    orders = [one.pk for one in ticket.orders.all()]
    casework.retry_orders(ticket.pk, orders=orders, by=OFFICER, at=LATER)
    assert casework.carry_out_orders(at=LATER) == 2
    assert ask(shop, "shop", "SELECT name FROM customers WHERE id = 1") == [
        ("Peeters",)
    ]
