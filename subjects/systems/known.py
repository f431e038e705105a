"""Values that were met, and values that wait: any number of them, in little memory.

A few are kept in memory. Of more, the rest lies in temporary files without a name,
which are gone when we are.
"""

import pickle
import sqlite3
from collections.abc import Iterator
from hashlib import blake2b
from tempfile import TemporaryFile
from typing import IO, Any

IN_MEMORY = 100_000  # values: about 10 MB
CACHE = 8_000  # KiB
DIGEST = 16  # bytes


class Known:
    """A set of texts that only grows, with the turn in which each was first met."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._few: dict[str, int] = {}
        self._many: sqlite3.Connection | None = None

    def __contains__(self, text: object) -> bool:
        if self._many is None:
            return text in self._few
        found = self._many.execute(
            "SELECT 1 FROM known WHERE mark = ?", (_mark(str(text)),)
        )
        return found.fetchone() is not None

    def add(self, text: str) -> bool:
        """Add `text`; return whether it is new."""
        if self._many is not None:
            return self._insert(text, 0)
        if text in self._few:
            return False
        self.met(text, 0)
        return True

    def met(self, text: str, turn: int) -> int:
        """Return in which turn `text` was first met: this one, where it is new."""
        if self._many is None:
            first = self._few.setdefault(text, turn)
            if len(self._few) > self._in_memory:
                self._spill()
            return first
        if self._insert(text, turn):
            return turn
        found = self._many.execute(
            "SELECT turn FROM known WHERE mark = ?", (_mark(text),)
        )
        return int(found.fetchone()[0])

    def _insert(self, text: str, turn: int) -> bool:
        added = self._many and self._many.execute(
            "INSERT OR IGNORE INTO known VALUES (?, ?)", (_mark(text), turn)
        )
        return bool(added and added.rowcount == 1)

    def _spill(self) -> None:
        # An empty name is a temporary file; another thread may go on with it.
        many = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        many.execute(f"PRAGMA cache_size = -{CACHE}")
        many.execute("PRAGMA journal_mode = OFF")
        many.execute("CREATE TABLE known (mark BLOB PRIMARY KEY, turn) WITHOUT ROWID")
        many.execute("BEGIN")  # one transaction: nothing here outlives us
        marks = ((_mark(text), turn) for text, turn in self._few.items())
        many.executemany("INSERT INTO known VALUES (?, ?)", marks)
        self._few, self._many = {}, many

    def close(self) -> None:
        """Forget everything."""
        self._few = {}
        if self._many is not None:
            self._many.close()
            self._many = None


def _mark(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


class Pile:
    """Values that wait, in the order in which they came."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._some: list[Any] = []
        self._more: IO[bytes] | None = None
        self._parts = 0

    def __len__(self) -> int:
        return self._parts * self._in_memory + len(self._some)

    def add(self, value: Any) -> None:
        """Put a value at the end."""
        self._some.append(value)
        if len(self._some) == self._in_memory:
            if self._more is None:
                self._more = TemporaryFile()  # noqa: SIM115 – `take` closes it
            pickle.dump(self._some, self._more)
            self._some, self._parts = [], self._parts + 1

    def take(self) -> Iterator[Any]:
        """Yield the values that wait now; none of them waits any more."""
        some, more, parts = self._some, self._more, self._parts
        self._some, self._more, self._parts = [], None, 0
        if more is not None:
            with more:
                more.seek(0)
                for _part in range(parts):
                    yield from pickle.load(more)  # noqa: S301 – our own, and nameless
        yield from some
