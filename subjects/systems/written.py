"""Findings as lines of JSON: by the system itself where it can, else by us."""

import json
from collections.abc import Callable, Iterator, Sequence
from math import isfinite
from operator import itemgetter
from typing import Any

import orjson

from subjects.systems.base import Quick, Row
from subjects.systems.collect import Search
from subjects.systems.shape import Address
from subjects.systems.values import plain

_NESTED = frozenset({dict, list, tuple})

Line = tuple[Address, bytes, bytes]  # where, the record, and its `Search.keys` if any


def written(search: Search, group: Sequence[Address]) -> Iterator[Line]:
    """Yield the records of a group as JSON, each with where it was found.

    Raises:
        ReadError: a system cannot answer.

    """
    question = search.sole_question(group)
    if question is None:
        yield from _by_us(search, search.rows(group))
        return
    system = search.system_of(question.address)
    lines = system.find_written(question) if isinstance(system, Quick) else None
    if lines is None:
        make = _maker(search.described(question.address))
        lines = map(make, system.find(question))
    for line in lines:
        yield question.address, line, b""


def _by_us(search: Search, rows: Iterator[tuple[Address, Row]]) -> Iterator[Line]:
    makers: dict[Address, tuple[Callable[[Row], bytes], bool]] = {}
    for address, row in rows:
        if address not in makers:
            has_keys = bool(search.keys(address, row))
            makers[address] = _maker(search.described(address)), has_keys
        make, has_keys = makers[address]
        keys = as_json(search.keys(address, row)) if has_keys else b""
        yield address, make(row), keys


def _maker(names: Sequence[str]) -> Callable[[Row], bytes]:
    if len(names) < 2:  # noqa: PLR2004 – itemgetter of one name gives no tuple
        return lambda row: as_json({name: row[name] for name in names})
    values_of, count = itemgetter(*names), len(names)

    def make(row: Row) -> bytes:
        if len(row) == count:
            return as_json(row)
        return as_json(dict(zip(names, values_of(row), strict=True)))

    return make


def as_json(record: dict[str, Any]) -> bytes:
    """Return a row's part as JSON, its values as `plain` writes them."""
    # Of what orjson knows, only a float that is no number would be lost: as null.
    types = set(map(type, record.values()))
    if not types.isdisjoint(_NESTED):
        record = plain(record)
    try:
        text = orjson.dumps(record, default=plain)
        if float in types and b"null" in text and not _all_finite(record):
            text = orjson.dumps(plain(record))
    except TypeError:  # a number of more than 64 bits, or half a character
        text = json.dumps(plain(record), separators=(",", ":")).encode()
    return text


def _all_finite(record: dict[str, Any]) -> bool:
    for value in record.values():  # a loop: `all` takes twice as long
        if type(value) is float and not isfinite(value):
            return False
    return True
