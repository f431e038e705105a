"""Months by day number, clamped at the end of a shorter month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsr.clock.months import add_months

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        pytest.param("2024-03-05", 1, "2024-04-05", id="the same number"),
        pytest.param("2025-01-31", 1, "2025-02-28", id="a short February"),
        pytest.param("2024-01-31", 1, "2024-02-29", id="a leap year"),
        pytest.param("2025-02-28", 1, "2025-03-28", id="a last day does not stick"),
        pytest.param("2025-12-31", 1, "2026-01-31", id="over the year"),
        pytest.param("2027-11-30", 3, "2028-02-29", id="three months"),
        pytest.param("2025-01-15", 0, "2025-01-15", id="none"),
    ],
)
def test_the_day_with_the_same_number_or_the_last(
    day: str, n: int, expected: str
) -> None:
    assert add_months(date.fromisoformat(day), n) == date.fromisoformat(expected)


@given(day=DAYS, n=st.integers(0, 12))
def test_a_later_receipt_never_ends_earlier(day: date, n: int) -> None:
    following = date.fromordinal(day.toordinal() + 1)

    assert add_months(day, n) <= add_months(following, n)
