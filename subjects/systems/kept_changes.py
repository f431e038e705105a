"""A list of changes as it is kept until it is carried out: JSON, a line each."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from subjects.systems.changes import Change
from subjects.systems.hashed import Hashed
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


def forgetful(changes: Iterable[Change], secrets: Sequence[bytes]) -> Iterator[bytes]:
    """Yield lines that keep of what the rows said before only keyed digests."""
    yield from written(
        Change(
            change.address,
            change.key,
            {path: Hashed.of(one, secrets) for path, one in change.expected.items()},
            change.values,
        )
        for change in changes
    )


def read_forgetful(lines: Iterable[bytes], secrets: Sequence[bytes]) -> list[Change]:
    """Return the changes that a file keeps whose rows can only be recognised."""
    return [
        Change(
            change.address,
            change.key,
            {path: Hashed.known(one, secrets) for path, one in change.expected.items()},
            change.values,
        )
        for change in read(lines)
    ]


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
