"""Rows fetched from the server a part at a time, as many as weigh about the same."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import CursorResult

FIRST, MOST = 100, 2_000  # rows
ENOUGH = 1 << 20  # bytes in a part, about
Part = Sequence[Sequence[Any]]
HEAVY = (str, bytes, bytearray, memoryview)


def in_parts(found: CursorResult[Any]) -> Iterator[Part]:
    """Yield the rows of a streamed result, never many heavy ones at once."""
    size = FIRST
    # As the driver gives them: to make a Row of each would take half the time.
    while rows := found.cursor_strategy.fetchmany(found, found.cursor, size):
        yield rows
        heaviest = max(_weight(rows[0]), _weight(rows[-1]), 1)
        size = max(1, min(MOST, 2 * size, ENOUGH // heaviest))


def _weight(row: Sequence[Any]) -> int:
    return sum(len(value) for value in row if isinstance(value, HEAVY))
