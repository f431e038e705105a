"""Every worked deadline of the vector file comes out as worked out by hand."""

import csv
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from dsr.clock.deadline import DEFAULT_POLICY, compute
from dsr.clock.events import parse_events

VECTORS = Path(__file__).parents[2] / "vectors" / "deadline.csv"


def rows() -> list[dict[str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_a_vector_comes_out_as_worked_by_hand(row: dict[str, str]) -> None:
    events, changes, target = parse_events(row["events"])
    policy = replace(DEFAULT_POLICY, **changes)

    deadline = compute(
        datetime.fromisoformat(row["received_at"]), row["jurisdiction"], events, policy
    )

    day = deadline.day(target)
    assert (day.isoformat() if day else "") == row["expected_due_date"], row["why"]


def test_the_file_is_whole() -> None:
    assert len(rows()) == 71
