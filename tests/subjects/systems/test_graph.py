"""The order of the search, and what leads where."""

from typing import Any

import pytest

from subjects.systems.graph import Plan, make_plan
from subjects.systems.shape import (
    Address,
    Collection,
    Dataset,
    DatasetError,
    Field,
    Reference,
)

SEED = Field("email", identity="email")


def key(name: str, target: str, direction: str = "from") -> Field:
    """Return a field that refers to the field `id` of another collection."""
    address = Address("d", target)
    return Field(name, references=(Reference(address, ("id",), direction),))


def table(name: str, *fields: Field, **more: Any) -> Collection:
    return Collection(name, fields=(Field("id"), *fields), **more)


def planned(*collections: Collection) -> Plan:
    dataset = Dataset("d", collections=collections, source="d.yml")
    return make_plan([dataset], ["email"])


def names(plan: Plan) -> list[list[str]]:
    return [[address.collection for address in group] for group in plan.groups]


def test_collections_come_after_those_that_lead_to_them() -> None:
    plan = planned(
        table("a_last", key("b", "b_middle")),
        table("b_middle", key("c", "c_first")),
        table("c_first", SEED),
    )

    assert names(plan) == [["c_first"], ["b_middle"], ["a_last"]]


@pytest.mark.parametrize("direction", ["to", ""])
def test_a_reference_leads_away_from_where_it_is_written(direction: str) -> None:
    plan = planned(
        table("people", SEED, key("home", "homes", direction)), table("homes")
    )

    assert names(plan) == [["people"], ["homes"]]
    (edge,) = plan.edges[Address("d", "people")]
    assert (edge.source_path, edge.target_path) == (("home",), ("id",))


def test_a_reference_without_direction_is_never_followed_back() -> None:
    plan = planned(table("people", SEED, key("home", "homes", "")), table("homes"))

    assert Address("d", "homes") not in plan.edges


def test_a_reference_against_its_direction_leads_nowhere() -> None:
    plan = planned(table("people", SEED, key("home", "homes", "from")), table("homes"))

    assert names(plan) == [["people"]]
    assert "no reference leads to it" in plan.unreachable[Address("d", "homes")]


def test_a_circle_is_one_group() -> None:
    plan = planned(
        table("a", SEED, key("c", "c")),
        table("b", key("a", "a")),
        table("c", key("b", "b")),
        table("z", key("c", "c")),
    )

    assert names(plan) == [["a", "b", "c"], ["z"]]


def test_a_collection_may_refer_to_itself() -> None:
    plan = planned(table("staff", SEED, key("chief", "staff")))

    assert names(plan) == [["staff"]]
    assert len(plan.edges[Address("d", "staff")]) == 1


def test_after_delays_a_collection() -> None:
    plan = planned(
        table("a", SEED, after=(Address("d", "z"), Address("gone", "x"))),
        table("z", SEED),
    )

    assert names(plan) == [["z"], ["a"]]


def test_a_dataset_may_wait_for_another() -> None:
    first = Dataset("z", collections=(table("t", SEED),))
    second = Dataset("a", collections=(table("t", SEED),), after=("z",))

    plan = make_plan([second, first], ["email"])

    assert plan.reached() == (Address("z", "t"), Address("a", "t"))


def test_an_order_that_cannot_be_kept_is_refused() -> None:
    with pytest.raises(DatasetError, match="cannot be kept among d:a, d:z"):
        planned(table("a", SEED, after=(Address("d", "z"),)), table("z", key("a", "a")))


def test_what_is_skipped_or_waits_for_a_custom_field_is_reported() -> None:
    plan = planned(
        table("a", SEED),
        table("b", SEED, skip_processing=True),
        table("c", SEED, Field("tenant", custom_request_field="tenant")),
    )

    assert names(plan) == [["a"]]
    assert "skip_processing" in plan.unreachable[Address("d", "b")]
    assert "custom request field" in plan.unreachable[Address("d", "c")]


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ((), "is not described in any dataset given"),
        ((table("gone", skip_processing=True),), "skip_processing"),
    ],
    ids=["unknown", "skipped"],
)
def test_a_reference_to_what_is_not_searched_is_refused(
    others: tuple[Collection, ...], why: str
) -> None:
    with pytest.raises(DatasetError) as refused:
        planned(table("a", SEED, key("g", "gone")), *others)

    said = str(refused.value)
    assert said.startswith("d.yml: dataset d, collection a, field g: it refers to")
    assert why in said


def test_an_identity_we_were_not_given_seeds_nothing() -> None:
    dataset = Dataset("d", collections=(table("a", SEED),))

    plan = make_plan([dataset], ["phone_number"])

    assert plan.groups == ()
    assert list(plan.unreachable) == [Address("d", "a")]


def test_a_chain_of_thousands_is_planned() -> None:
    chain = [table("t0", SEED)]
    chain += [table(f"t{n}", key("up", f"t{n - 1}")) for n in range(1, 3000)]

    plan = planned(*chain)

    assert len(plan.groups) == len(chain)
    assert plan.groups[-1] == (Address("d", "t2999"),)
