"""Values that were met before, as many as there may be, in little memory.

A few are kept in memory. Of more, only digests are kept, in a temporary file that
SQLite makes, deletes, and holds no more of in memory than its cache.
"""

import sqlite3
from hashlib import blake2b

IN_MEMORY = 100_000  # values: about 10 MB
CACHE = 16_000  # KiB
DIGEST = 16  # bytes


class Known:
    """A set of texts that only grows."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._few: set[str] = set()
        self._many: sqlite3.Connection | None = None

    def __contains__(self, text: str) -> bool:
        if self._many is None:
            return text in self._few
        found = self._many.execute("SELECT 1 FROM known WHERE mark = ?", (_mark(text),))
        return found.fetchone() is not None

    def add(self, text: str) -> bool:
        """Add `text`; return whether it is new."""
        if self._many is not None:
            added = self._many.execute(
                "INSERT OR IGNORE INTO known VALUES (?)", (_mark(text),)
            )
            return added.rowcount == 1
        if text in self._few:
            return False
        self._few.add(text)
        if len(self._few) > self._in_memory:
            self._many = self._spilled()
        return True

    def _spilled(self) -> sqlite3.Connection:
        # An empty name is a temporary file; other threads may go on with it.
        many = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        many.execute(f"PRAGMA cache_size = -{CACHE}")
        many.execute("PRAGMA journal_mode = OFF")
        many.execute("CREATE TABLE known (mark BLOB PRIMARY KEY) WITHOUT ROWID")
        many.execute("BEGIN")  # one transaction: nothing here outlives us
        marks = ((_mark(text),) for text in self._few)
        many.executemany("INSERT INTO known VALUES (?)", marks)
        self._few = set()
        return many

    def close(self) -> None:
        """Forget everything."""
        self._few = set()
        if self._many is not None:
            self._many.close()
            self._many = None


def _mark(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()
