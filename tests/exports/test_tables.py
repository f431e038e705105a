"""CSV that a spreadsheet opens without calculating, and that gives the text back."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.packages.tables import cell, guard, table_lines, unguard


@pytest.mark.parametrize(
    "text", ["=1+1", "+32 2", "-5", "@SUM(A1)", "\tx", "\r=1", "\n=1", "＝1", "'x"]
)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Jeanne", "1+1", "a=b", "2026-11-03", "é"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guard(text) == text


@given(st.text())
def test_taking_off_one_apostrophe_gives_the_text_back(text: str) -> None:
    assert unguard(guard(text)) == text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "true"),
        (-5, "-5"),
        (1.5, "1.5"),
        ("-5", "'-5"),
        (["a", 1], '["a",1]'),
        ({"street": "Rue"}, '{"street":"Rue"}'),
    ],
)
def test_each_kind_of_value_has_one_form(value: Any, shown: str) -> None:
    assert cell(value) == shown


def test_a_table_has_a_byte_order_mark_and_rfc_4180_line_ends() -> None:
    records = [{"name": 'He said "no"', "note": "a,b\nc"}, {"name": "x"}]

    content = b"".join(table_lines(["name", "note"], records))

    assert content.startswith(b"\xef\xbb\xbfname,note\r\n")
    text = content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["name", "note"],
        ['He said "no"', "a,b\nc"],
        ["x", ""],
    ]
