"""Rows of an API are changed and deleted, each once, and only as they were planned."""

from typing import Any

import pytest

from subjects.systems.changes import Change, ChangeError, StaleError
from subjects.systems.shape import Address
from tests.subjects.systems.web.conftest import ListShop, Shop

CUSTOMERS, ORDERS = Address("shop", "customers"), Address("shop", "orders")
GONE = Change(ORDERS, {"number": "o1"}, {("total",): 1})
MOVED = Change(
    CUSTOMERS, {"id": 7}, {("email",): "ann@x.example"},
    {("email",): None, ("address", "city"): "–"},
)  # fmt: skip


def test_rows_are_changed_deleted_read_back_and_done_once(
    shop: Shop, list_shop: ListShop
) -> None:
    system = list_shop()

    first = system.apply([GONE, MOVED])
    again = system.apply([GONE, MOVED])

    assert (first.deleted, first.changed) == ({"shop:orders": 1}, {"shop:customers": 1})
    assert first.verified
    assert again.verified
    assert again.done_before == {"shop:orders": 1, "shop:customers": 1}
    assert shop.customers[7] == {"id": 7, "email": None, "address": {"city": "–"}}
    assert [one["number"] for one in shop.orders] == ["o0", "o2", "o3", "o4"]
    assert shop.customers[8]["email"] == "bob@x.example"


def test_of_a_stale_list_nothing_is_done(shop: Shop, list_shop: ListShop) -> None:
    shop.customers[7]["email"] = "other@x.example"
    with pytest.raises(StaleError, match="no longer what it was"):
        list_shop().apply([GONE, MOVED])
    assert len(shop.orders) == 5


def test_what_fails_half_way_says_so_and_goes_on_there(
    shop: Shop, list_shop: ListShop
) -> None:
    shop.refuses_to_delete = {"o2"}
    two = [GONE, Change(ORDERS, {"number": "o2"}, {})]
    with pytest.raises(ChangeError, match=r"status 409.*1 of 2 rows are done"):
        list_shop().apply(two)
    shop.refuses_to_delete = set()
    receipt = list_shop().apply(two)
    assert receipt.done_before == {"shop:orders": 1}
    assert receipt.deleted == {"shop:orders": 1}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            Change(ORDERS, {"number": "o1"}, {}, {("total",): 0}),
            "does not say how to ch",
        ),
        (Change(CUSTOMERS, {"email": "x"}, {}), "does not name the row by its primary"),
    ],
)
def test_what_is_not_declared_is_refused(
    shop: Shop, list_shop: ListShop, change: Any, says: str
) -> None:
    with pytest.raises(ChangeError, match=says):
        list_shop().apply([change])
    assert shop.asked == []
