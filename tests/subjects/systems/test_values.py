"""Values are taken out, cast and written down without loss."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from ipaddress import ip_address
from typing import Any
from uuid import UUID

import pytest

from subjects.systems.values import Target, cast, narrowed, plain, unpacked, values_at

NUMBER = "6f0a0a0e-32a5-4ad6-9e0f-2a6f4b1f6b5d"


@pytest.mark.parametrize(
    ("value", "data_type", "expected"),
    [
        ("12", "integer", 12),
        (12.0, "integer", 12),
        (12.5, "integer", None),
        ("twelve", "integer", None),
        ([1], "integer", None),
        (12, "string", "12"),
        ("1.5", "float", 1.5),
        ("TRUE", "boolean", True),
        (0, "boolean", False),
        ("maybe", "boolean", None),
        ("5f4dcc3b5aa765d61d8327de", "object_id", "5f4dcc3b5aa765d61d8327de"),
        ("5f4dcc3b5aa765d61d8327dz", "object_id", None),
        ("5f4d", "object_id", None),
        ("as it is", "", "as it is"),
        ("as it is", "object", "as it is"),
        (float("inf"), "integer", None),
    ],
)
def test_a_value_is_cast_or_dropped(value: Any, data_type: str, expected: Any) -> None:
    assert cast(value, data_type) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("10.50"), 10.5),
        (Decimal("5E0"), 5),
        (Decimal("0.10000000000000000001"), "0.10000000000000000001"),
        (Decimal("NaN"), "NaN"),
        (float("nan"), "nan"),
        (date(2026, 2, 28), "2026-02-28"),
        (datetime(2026, 2, 28, 9, tzinfo=UTC), "2026-02-28T09:00:00+00:00"),
        (time(9, 30), "09:30:00"),
        (timedelta(days=2), "2 days, 0:00:00"),
        (b"\x00\xff", "data:;base64,AP8="),
        (memoryview(b"a"), "data:;base64,YQ=="),
        (UUID(NUMBER), NUMBER),
        (ip_address("10.0.0.1"), "10.0.0.1"),
        ({"a": (1, None, True)}, {"a": [1, None, True]}),
        (10**30, 10**30),
    ],
)  # fmt: skip
def test_a_value_is_written_for_json_without_loss(value: Any, expected: Any) -> None:
    written = plain(value)

    assert written == expected
    assert json.loads(json.dumps(written, allow_nan=False)) == expected


def test_values_are_found_through_lists_without_nulls() -> None:
    row = {"a": [{"b": [1, None, [2]]}, {"b": 3}, {"c": 4}, None, "text"]}

    assert list(values_at(row, ("a", "b"))) == [1, 2, 3]
    assert list(values_at(row, ("x", "y"))) == []
    assert list(values_at({"a": {"b": 1}}, ("a",))) == []


NUMBERS = {"a": [1, 2, 3], "b": 2, "c": [{"d": 3, "e": 4}, {"d": 5, "e": [6, 7]}]}


@pytest.mark.parametrize(
    ("targets", "changed"),
    [
        ([(("a",), {"2"})], {"a": [2]}),
        ([(("c", "d"), {"5"})], {"c": [{"d": 5, "e": [6, 7]}]}),
        (
            [(("c", "d"), {"3"}), (("c", "e"), {"7"})],
            {"c": [{"d": 3, "e": 4}, {"d": 5, "e": [7]}]},
        ),
        ([(("a",), {"9"}), (("b",), {"2"})], {}),
        ([(("x", "y"), {"9"})], {}),
    ],
    ids=["scalars", "objects", "by two fields", "found by another field", "not there"],
)  # fmt: skip
def test_only_the_elements_that_match_stay(
    targets: list[Target], changed: dict[str, Any]
) -> None:
    assert narrowed(NUMBERS, targets) == {**NUMBERS, **changed}


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ('{"a": 1}', {"a": 1}),
        ("[1]", [1]),
        ("{broken", "{broken"),
        ("[" * 100_000, "[" * 100_000),
        ({"a": 1}, {"a": 1}),
        (None, None),
    ],
    ids=["object", "array", "broken", "too deep", "already", "null"],
)
def test_json_in_a_text_column_is_unpacked(stored: Any, meant: Any) -> None:
    assert unpacked(stored) == meant
