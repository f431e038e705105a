"""A list of changes as it is kept until it is carried out: JSON, a line each."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from subjects.systems.changes import Change
from subjects.systems.shape import Address, Path
from subjects.systems.values import plain


def written(changes: Iterable[Change]) -> Iterator[bytes]:
    """Yield the lines of the file that keeps the changes."""
    for change in changes:
        line = {
            "collection": list(change.address),
            "key": plain(change.key),
            "expected": _pairs(change.expected),
            "values": None if change.values is None else _pairs(change.values),
        }
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def read(lines: Iterable[bytes]) -> list[Change]:
    """Return the changes that a file keeps."""
    return [_change(json.loads(line)) for line in lines]


def _change(line: Mapping[str, Any]) -> Change:
    values = line["values"]
    return Change(
        address=Address(*line["collection"]),
        key=line["key"],
        expected=_by_path(line["expected"]),
        values=None if values is None else _by_path(values),
    )


def _pairs(values: Mapping[Path, Any]) -> list[tuple[list[str], Any]]:
    return [(list(path), plain(value)) for path, value in values.items()]


def _by_path(pairs: Sequence[tuple[list[str], Any]]) -> dict[Path, Any]:
    return {tuple(path): value for path, value in pairs}
