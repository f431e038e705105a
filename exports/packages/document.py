"""`data.json`: everything in one file that a program reads, written as it is read."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from typing import Any

from exports.packages.contents import CollectionPart, Contents, SystemPart

FORMAT = "rightsdesk-package-1"
ABOUT_A_CHUNK = 1 << 16  # bytes


def document(contents: Contents) -> Iterator[bytes]:
    """Yield the JSON file in pieces; records are copied, not read into memory."""
    yield from gathered(
        chain(
            [_opened(head(contents)), b',\n"systems":['],
            _separated(_system(system) for system in contents.systems),
            [b"\n]}\n"],
        )
    )


def head(contents: Contents) -> dict[str, Any]:
    """Return what stands before the records."""
    return {
        "format": FORMAT,
        "reference": contents.reference,
        "right": contents.right_code,
        "article": f"GDPR Art. {contents.article}",
        "language": contents.language,
        "controller": contents.controller.identity.name,
        "received_on": contents.received_on.isoformat(),
        "made_on": contents.made_on.isoformat(),
        "information": [asdict(section) for section in contents.information],
        "withheld": [asdict(one) for one in contents.withheld],
        "left_out": [asdict(one) for one in contents.left],
    }


def _system(system: SystemPart) -> Iterator[bytes]:
    searched_at = system.searched_at and system.searched_at.isoformat()
    facts = {"key": system.key, "title": system.title, "searched_at": searched_at}
    yield _opened(facts) + b',"collections":['
    yield from _separated(_collection(part) for part in system.collections)
    yield b"]}"


def _collection(part: CollectionPart) -> Iterator[bytes]:
    facts = {
        "collection": part.address,
        "title": part.title,
        "table": part.path,
        "count": part.spool.count,
    }
    yield _opened(facts) + b',"records":[\n'
    yield from _separated([line] for line in part.spool.lines())
    yield b"\n]}"


def _opened(facts: dict[str, Any]) -> bytes:
    """Return an object as JSON, without its closing brace."""
    return json.dumps(facts, ensure_ascii=False)[:-1].encode()


def _separated(items: Iterator[Any] | Any) -> Iterator[bytes]:
    for number, item in enumerate(items):
        if number:
            yield b",\n"
        yield from item


def gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Join small pieces into chunks worth compressing and hashing."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= ABOUT_A_CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
