"""What a system holds, as tables: a page of records at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from dsr import casework
from dsr.models import SearchTask
from dsr.rights import Right, right_of
from dsr.rights.grounds import SILENT

PER_PAGE = 25  # records


@dataclass(frozen=True, slots=True)
class Withheld:
    """What keeps a field or a record out of the copy: the item, and its ground."""

    pk: int
    ground: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a record: its value, and the item that withholds it, if any."""

    name: str
    value: str
    withheld: Withheld | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as a row of the table."""

    row: int
    cells: tuple[Cell, ...]
    withheld: Withheld | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(cell.name for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a table."""

    number: int
    last: int
    columns: tuple[str, ...]
    records: tuple[RecordView, ...]


def page_of(search: SearchTask, collection: str, number: str) -> Page:
    """Return a page of a collection; one beyond the end shows the last."""
    last = max(1, -(-search.counts.get(collection, 0) // PER_PAGE))
    page = min(max(int(number) if number.isdecimal() else 1, 1), last)
    start = (page - 1) * PER_PAGE
    found = list(islice(_lines(search, collection), start, start + PER_PAGE))
    names = dict.fromkeys(name for line in found for name in line["record"])
    items = _items(search, collection)
    records = tuple(_record(line, tuple(names), items) for line in found)
    return Page(page, last, tuple(names), records)


def find_record(search: SearchTask, collection: str, row: int) -> RecordView | None:
    """Return one record, or None where there is no such row."""
    for line in _lines(search, collection):
        if line["row"] == row:
            names = tuple(line["record"])
            return _record(line, names, _items(search, collection))
    return None


def _lines(search: SearchTask, collection: str) -> Iterator[dict[str, Any]]:
    found = casework.read_findings(search)
    return (line for line in found if line["collection"] == collection)


Items = dict[tuple[int, str], Withheld]


def _items(search: SearchTask, collection: str) -> Items:
    right = right_of(search.ticket)
    return {
        (item.row, item.field): Withheld(item.pk, in_short(item.ground, right))
        for item in search.withheld.all()
        if item.collection == collection
    }


def in_short(ground: str, right: Right) -> str:
    """Name a ground as a word in a table; the silent one stands in no right."""
    if ground == SILENT:
        return _("silent exclusion")
    return str(right.ground(ground).label)


def _record(line: dict[str, Any], names: tuple[str, ...], items: Items) -> RecordView:
    row, record = line["row"], line["record"]
    whole = items.get((row, ""))
    cells = (
        Cell(name, in_words(record.get(name)), items.get((row, name))) for name in names
    )
    return RecordView(row, tuple(cells), whole)


def in_words(value: Any) -> str:
    """Write a value for a cell: lists and objects flat, nothing as a dash."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {in_words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(in_words(item) for item in value)
    return str(value)
