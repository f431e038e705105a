"""Findings on their way into files: one pass, sorted by collection, not in memory.

The systems are read once and may alternate between collections; each collection
gets a file of JSON lines, from which its table, its part of the JSON file and of the
page are then written.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO, Any

Record = dict[str, Any]
BEAT_EVERY = 5_000  # records between two signs of life


class Spool:
    """The records of one collection in a file of JSON lines."""

    def __init__(self, collection: str, path: Path) -> None:
        self.collection = collection
        self.path = path
        self.count = 0
        self._digest = hashlib.sha256()
        self._columns: dict[str, None] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields that occur, in the order they were first met."""
        return tuple(self._columns)

    def write(self, file: IO[bytes], record: Record) -> None:
        """Add a record."""
        line = as_line(record)
        file.write(line)
        self._digest.update(line)
        self.count += 1
        self._columns.update(dict.fromkeys(record))

    @property
    def is_unchanged(self) -> bool:
        """Whether the file still holds what was written, and nothing else."""
        with self.path.open("rb") as file:
            now = hashlib.file_digest(file, "sha256")
        return now.digest() == self._digest.digest()

    def lines(self) -> Iterator[bytes]:
        """Yield the records as JSON text, without line ends."""
        with self.path.open("rb") as file:
            for line in file:
                yield line.rstrip(b"\n")

    def records(self, most: int | None = None) -> Iterator[Record]:
        """Yield the records, or the first of them."""
        return (json.loads(line) for line in islice(self.lines(), most))


def as_line(record: Mapping[str, Any]) -> bytes:
    """Return a record as one line of JSON."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"


def spool(
    findings: Iterable[Mapping[str, Any]],
    folder: Path,
    keep: Callable[[str, Record], Record | None],
    beat: Callable[[], None],
) -> list[Spool]:
    """Sort findings into one file a collection, in the order they were first met.

    `keep` returns the part of a record that belongs in the package, or None where
    nothing does; `beat` is called now and then, and may raise to stop.
    """
    folder.mkdir(parents=True)
    found: dict[str, tuple[Spool, IO[bytes]]] = {}
    with ExitStack() as files:
        for number, finding in enumerate(findings):
            if number % BEAT_EVERY == 0:
                beat()
            record = keep(finding["collection"], finding["record"])
            if record is None:
                continue
            if finding["collection"] not in found:
                one = Spool(finding["collection"], folder / f"{len(found)}.jsonl")
                opened = files.enter_context(one.path.open("wb"))
                found[finding["collection"]] = one, opened
            one, file = found[finding["collection"]]
            one.write(file, record)
    return [one for one, _ in found.values()]
