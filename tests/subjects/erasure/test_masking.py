"""Strategies: what a field says once it tells nothing."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subjects.erasure.fates import Kind
from subjects.erasure.masking import mask_of
from subjects.erasure.values import random_like, same_form
from subjects.systems.columns import Column
from subjects.systems.shape import DatasetError, Field
from tests.subjects.erasure.test_plan import plan, rows
from tests.subjects.systems.conftest import MakeSystem

KEY = b"a key"
NEEDED = Column("text", nullable=False, length=20)


def masked(
    value: Any, name: str = "", column: Column | None = None, **settings: Any
) -> Any:
    override = {"strategy": name, "configuration": settings} if name else None
    field = Field("it", masking=override)
    return mask_of(field, column, KEY, "x.yml: field it").apply(value)


def test_each_strategy_says_what_it_should() -> None:
    assert masked("Ann") is None
    assert masked("Ann", "string_rewrite", rewrite_value="MASKED") == "MASKED"
    suffix = {"suffix": "@masked.example"}
    hidden = masked(
        "Ann", "random_string_rewrite", length=8, format_preservation=suffix
    )
    assert re.fullmatch(r"[a-z0-9]{8}@masked\.example", hidden)
    assert masked("Ann", "hash") == masked("Ann", "hmac")
    assert re.fullmatch("[0-9a-f]{64}", masked("Ann", "hash"))
    assert len(masked("Ann", "hash", algorithm="SHA-512")) == 128
    other = mask_of(Field("it", masking={"strategy": "hash"}), None, b"other", "")
    assert other.apply("Ann") != masked("Ann", "hash")


def test_a_column_that_must_say_something_does_and_it_fits() -> None:
    assert len(masked("Ann", column=Column("text", nullable=False, length=5))) == 5
    assert masked(7, column=Column("integer", nullable=False)) == 0
    assert masked(True, column=Column("boolean", nullable=False)) is False
    born = date(1984, 3, 7)
    assert masked(born, column=Column("date", nullable=False)) == date(1900, 1, 1)
    assert masked({"a": 1}, column=Column("other", nullable=False)) == {}
    assert len(masked("Ann", "hash", column=NEEDED)) == 20


@pytest.mark.parametrize(
    ("name", "settings", "sentence"),
    [
        ("aes_encrypt", {}, "asks for 'aes_encrypt'; write one of null_rewrite, str"),
        ("null_rewrite", {}, "its column cannot be empty"),
        ("string_rewrite", {}, "configuration of string_rewrite .* rewrite_value"),
        ("random_string_rewrite", {"length": "x"}, "write a length above 0"),
        ("hash", {"algorithm": "MD5"}, "write as its algorithm SHA-256 or SHA-512"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    name: str, settings: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DatasetError, match=rf"^x\.yml: field it: .*{sentence}"):
        masked("Ann", name, NEEDED, **settings)


VALUES = st.one_of(
    st.integers(-(10**9), 10**9),
    st.decimals(-9999, 9999, places=2),
    st.dates(date(1900, 1, 1)),
    st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # bound
    st.dates(date(1900, 1, 1)).map(str),
    st.from_regex(
        r"[A-Z]{2}[0-9]{2} [0-9]{4}|\+32 [0-9]{3}|[a-z]{3}@x\.example", fullmatch=True
    ),
)


@given(value=VALUES)
def test_a_pseudonym_has_the_form_of_what_it_stands_for(value: Any) -> None:
    said = same_form(value, KEY)

    assert type(said) is type(value)
    assert said == same_form(value, KEY)
    if isinstance(value, (str, int, Decimal)):
        signs = [
            re.sub(r"\d", "0", re.sub(r"[a-z]", "a", str(one))) for one in (said, value)
        ]
        assert re.sub("[A-Z]", "A", signs[0]) == re.sub("[A-Z]", "A", signs[1])


@given(value=st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | VALUES)
def test_a_random_value_is_of_the_same_type(value: Any) -> None:
    said = random_like(value)

    assert type(said) is type(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        assert date.fromisoformat(said)


NESTED = """
dataset:
- fides_key: shop
  collections:
  - name: people
    fides_meta: {erase_after: [shop.notes]}
    fields:
    - {name: id, fides_meta: {primary_key: true}}
    - {name: email, data_categories: [user.contact.email],
       fides_meta: {identity: email, masking_strategy_override: {strategy: hash}}}
    - {name: fixed, data_categories: [user.x], fides_meta: {read_only: true}}
    - name: more
      fields:
      - {name: phones, data_categories: [user.contact], fides_meta: {
         data_type: "string[]"}}
      - {name: shop, data_categories: [system]}
  - name: lists
    fields:
    - {name: id, fides_meta: {primary_key: true}}
    - name: members
      fides_meta: {data_type: "object[]"}
      fields:
      - {name: mail, data_categories: [user.contact.email], fides_meta: {
         references: [{dataset: shop, field: people.email, direction: from}]}}
      - {name: role, data_categories: [user.x]}
  - name: notes
    fides_meta: {masking_strategy_override: {strategy: delete}}
    fields:
    - {name: id, fides_meta: {primary_key: true}}
    - {name: person, fides_meta: {references: [
       {dataset: shop, field: people.id, direction: from}]}}
    - {name: text, data_categories: [user.content]}
"""
NESTED_SQL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, fixed TEXT, more TEXT);
CREATE TABLE lists (id INTEGER PRIMARY KEY, members TEXT);
CREATE TABLE notes (id INTEGER PRIMARY KEY, person INT, text TEXT);
INSERT INTO people VALUES
  (1, 'ann@x.example', 'k', '{"phones": ["1", "2"], "shop": "s"}');
INSERT INTO lists VALUES
  (1, '[{"mail": "ann@x.example", "role": "a"}, {"mail": "bob@x.example"}]');
INSERT INTO notes VALUES (1, 1, 'x');
"""


def test_single_fields_are_masked_inside_objects_and_out_of_lists(
    sqlite_system: MakeSystem,
) -> None:
    system = sqlite_system(NESTED_SQL, NESTED)
    planned = plan(system)

    system.apply(planned.changes["shop"])

    person, group, note = planned.fates
    assert person.fields == {("email",): "hash", ("more", "phones"): "null_rewrite"}
    assert person.kept[("fixed",)].ground == "read_only"
    assert (group.kind, group.fields) == (
        Kind.SHARED,
        {("members",): "elements_removed"},
    )
    assert note.kind == Kind.ERASE
    (row,) = rows(system, "people")
    assert re.fullmatch("[0-9a-f]{64}", row[1])
    assert (row[2], json.loads(row[3])) == ("k", {"phones": None, "shop": "s"})
    assert json.loads(rows(system, "lists")[0][1]) == [{"mail": "bob@x.example"}]
