"""Categories are matched dot by dot, and records cut down to them."""

from typing import Any

import pytest

from subjects.systems.categories import Sieve, falls_under
from subjects.systems.shape import Collection, Field

EMAIL = "user.contact.email"


@pytest.mark.parametrize(
    ("category", "target", "expected"),
    [
        ("user.contact.email", "user.contact", True),
        ("user.contact", "user.contact", True),
        ("user.contacts", "user.contact", False),
        ("user", "user.contact", False),
        ("system.user.contact", "user.contact", False),
    ],
)
def test_a_category_falls_under_its_beginning(
    category: str, target: str, expected: bool
) -> None:
    assert falls_under(category, target) is expected


ORDERS = Collection(
    "orders",
    fields=(
        Field("id"),
        Field("email", categories=(EMAIL,)),
        Field(
            "people",
            fields=(Field("email", categories=(EMAIL,)), Field("rank")),
        ),
    ),
)


@pytest.mark.parametrize(
    ("record", "kept"),
    [
        ({"id": 1, "email": "x"}, {"email": "x"}),
        ({"id": 1, "email": None}, {"email": None}),
        ({"id": 1, "email": []}, {}),
        ({"id": 1, "email": {}}, {}),
        ({"id": 1}, {}),
        ({"people": {"email": "x", "rank": 1}}, {"people": {"email": "x"}}),
        ({"people": [{"email": "x"}, {"rank": 1}]}, {"people": [{"email": "x"}]}),
        ({"people": [{"rank": 1}]}, {}),
        ({"people": None, "email": "x"}, {"people": None, "email": "x"}),
        ({"email": [{"a": []}, {"b": {"c": {}}}, 1]}, {"email": [1]}),
    ],
    ids=[
        "the field", "null stays", "empty list goes", "empty object goes",
        "nothing left", "sub-field", "through a list", "empty in a list", "null object",
        "empty in the depth",
    ],
)  # fmt: skip
def test_a_record_is_cut_down(record: dict[str, Any], kept: dict[str, Any]) -> None:
    assert Sieve(ORDERS, [EMAIL]).keep(record) == kept


def test_a_collections_own_category_keeps_the_whole_row() -> None:
    people = Collection("people", categories=("user.contact",), fields=(Field("id"),))

    assert Sieve(people, ["user"]).keep({"id": 1}) == {"id": 1}


def test_an_object_under_a_category_is_kept_whole() -> None:
    box = Field("box", categories=(EMAIL,), fields=(Field("a"),))
    sieve = Sieve(Collection("c", fields=(box,)), [EMAIL])

    assert sieve.keep({"box": {"a": 1, "b": 2}}) == {"box": {"a": 1, "b": 2}}


def test_a_collection_without_such_a_field_holds_nothing() -> None:
    assert Sieve(ORDERS, ["user.financial"]).holds_nothing()
    assert not Sieve(ORDERS, [EMAIL]).holds_nothing()
    assert not Sieve(ORDERS, []).holds_nothing()
