"""Small invented values that both databases of the demo company are spun from."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeAlias

from subjects.demo.people import TODAY

Rows: TypeAlias = "defaultdict[str, list[tuple[Any, ...]]]"

DAYS = 1500  # how far back the company's memory goes
QUIET = 70  # days before today in which nothing new begins, so that all can end


def new_rows() -> Rows:
    """Return an empty set of tables."""
    return defaultdict(list)


def add(rows: Rows, table: str, *values: Any) -> int:
    """Append a row that begins with its own number; return that number."""
    number = len(rows[table]) + 1
    rows[table].append((number, *values))
    return number


def instant(dice: Random) -> datetime:
    """Return a moment of a working day within the company's memory."""
    days, seconds = dice.randrange(QUIET, DAYS), dice.randrange(9 * 3600)
    midnight = datetime.combine(TODAY, datetime.min.time())
    return midnight - timedelta(days=days) + timedelta(hours=8, seconds=seconds)


def later(dice: Random, at: datetime, days: int) -> datetime:
    """Return a moment at most `days` days after `at`."""
    return at + timedelta(days=dice.randrange(days), minutes=dice.randrange(600))


def written(at: datetime) -> str:
    """Write a moment as the databases hold it."""
    return at.isoformat(" ", "seconds")


def euros(dice: Random, least: int, most: int) -> float:
    """Return an amount in euros and cents."""
    return dice.randrange(least * 100, most * 100) / 100


def iban(dice: Random) -> str:
    """Return what looks like an account but is none: its check digits are 00."""
    return f"BE00 {dice.randrange(10**4):04} {dice.randrange(10**4):04} 0000"


def some(dice: Random, most: int, *, rich: bool) -> int:
    """Return how many rows to make; the well-known people always have some."""
    return most if rich else dice.randrange(most)


def one_of(dice: Random, things: Sequence[Any]) -> Any:
    """Return one of `things`."""
    return things[dice.randrange(len(things))]
