"""CSV that a spreadsheet opens without running anything in it.

RFC 4180 in UTF-8 with a byte order mark. A text that a spreadsheet would take for a
formula gets one apostrophe in front, and so does a text that begins with an
apostrophe: who takes off one leading apostrophe has the text as it was.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

BOM = "\ufeff"
APOSTROPHE = "'"
# What makes a spreadsheet calculate, its wide forms included; tab and line ends
# because some strip them first (OWASP, "CSV injection").
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guard(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; `unguard` undoes it."""
    return APOSTROPHE + text if text.startswith((*RISKY, APOSTROPHE)) else text


def unguard(text: str) -> str:
    """Return the text as it was before `guard`."""
    return text.removeprefix(APOSTROPHE)


def cell(value: Any) -> str:
    """Return a value as a cell: numbers bare, nested values as JSON text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return guard(value)
    return guard(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def table_lines(
    columns: Sequence[str], records: Iterable[Mapping[str, Any]]
) -> Iterator[bytes]:
    """Yield the table's lines: the heading, then one a record, as they are read."""
    yield (BOM + _line([guard(name) for name in columns])).encode()
    for record in records:
        yield _line([cell(record.get(name)) for name in columns]).encode()


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue()
