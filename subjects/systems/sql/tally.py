"""What a list of changes did so far."""

from collections import Counter
from typing import Self


class Tally:
    """How many rows of each collection were deleted, changed, done before."""

    def __init__(self) -> None:
        self.deleted: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.done_before: Counter[str] = Counter()

    def __iadd__(self, other: Self) -> Self:
        self.deleted += other.deleted
        self.changed += other.changed
        self.done_before += other.done_before
        return self

    def total(self) -> int:
        """Return how many rows were written."""
        return self.deleted.total() + self.changed.total()
