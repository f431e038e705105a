"""What figures are made of: shares, spreads, classes of days; a leaf."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

# Classes of calendar days: (first, last); none: open above.
AGES: tuple[tuple[int, int | None], ...] = (
    (0, 7), (8, 14), (15, 21), (22, 31), (32, 60), (61, 92), (93, None),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """The share in percent, one decimal; None of nothing."""
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass(frozen=True, slots=True)
class Spread:
    """How numbers lie: by nearest rank, so that each is one that occurred."""

    count: int
    median: float | None
    p90: float | None
    most: float | None


def spread(numbers: Iterable[float]) -> Spread:
    """Return the spread of numbers; nothing of none."""
    ordered = sorted(numbers)
    if not ordered:
        return Spread(0, None, None, None)
    return Spread(len(ordered), rank(ordered, 50), rank(ordered, 90), ordered[-1])


def rank(ordered: Sequence[float], percent: int) -> float:
    """Return the number that `percent` of the ordered numbers do not exceed."""
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]


def classes(days: Iterable[int]) -> list[int]:
    """Return how many of the days fall in each of `AGES`."""
    counts = [0] * len(AGES)
    for day in days:
        for place, (_first, last) in enumerate(AGES):
            if last is None or day <= last:
                counts[place] += 1
                break
    return counts
