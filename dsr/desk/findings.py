"""What a system holds, as tables: a page of records at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from dsr import casework
from dsr.desk.envelope import Sight
from dsr.models import SearchTask
from dsr.rights import Right, right_of
from dsr.rights.grounds import SILENT

PER_PAGE = 25  # records


@dataclass(frozen=True, slots=True)
class Withheld:
    """What keeps a field or a record out of the copy: the item, and its ground."""

    pk: int
    ground: str
    may_release: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a record: its value, and the item that withholds it, if any.

    Of a sealed one only the medical adviser sees the value.
    """

    name: str
    value: str
    withheld: Withheld | None
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as a row of the table."""

    row: int
    cells: tuple[Cell, ...]
    withheld: Withheld | None
    is_theirs: bool  # whether whoever looks settles the record as a whole

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that whoever looks sees."""
        return tuple(cell.name for cell in self.cells if not cell.is_sealed)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a table."""

    number: int
    last: int
    columns: tuple[str, ...]
    records: tuple[RecordView, ...]


def page_of(search: SearchTask, collection: str, number: str, sight: Sight) -> Page:
    """Return a page of a collection; one beyond the end shows the last."""
    last = max(1, -(-search.counts.get(collection, 0) // PER_PAGE))
    page = min(max(int(number) if number.isdecimal() else 1, 1), last)
    start = (page - 1) * PER_PAGE
    found = list(islice(_lines(search, collection), start, start + PER_PAGE))
    every = dict.fromkeys(name for line in found for name in line["record"])
    reader = _Reader(search, collection, sight)
    names = reader.names(every)
    records = tuple(reader.record(line, names) for line in found)
    shown = tuple(one for one in records if one is not None)
    return Page(page, last, names if shown else (), shown)


def find_record(
    search: SearchTask, collection: str, row: int, sight: Sight
) -> RecordView | None:
    """Return one record, or None where there is no such row."""
    for line in _lines(search, collection):
        if line["row"] == row:
            reader = _Reader(search, collection, sight)
            return reader.record(line, reader.names(line["record"]))
    return None


def _lines(search: SearchTask, collection: str) -> Iterator[dict[str, Any]]:
    found = casework.read_findings(search)
    return (line for line in found if line["collection"] == collection)


def in_short(ground: str, right: Right) -> str:
    """Name a ground as a word in a table; the silent one stands in no right."""
    if ground == SILENT:
        return _("silent exclusion")
    return str(right.ground(ground).label)


class _Reader:
    """Reads the records of a collection as somebody may see them."""

    def __init__(self, search: SearchTask, collection: str, sight: Sight) -> None:
        self._search, self._collection, self._sight = search, collection, sight
        self._health = search.health_fields(collection)
        right = right_of(search.ticket)
        self._items = {
            (item.row, item.field): Withheld(
                item.pk, in_short(item.ground, right), self._settles(item.field)
            )
            for item in search.withheld.all()
            if item.collection == collection
        }

    def _settles(self, field: str) -> bool:
        return self._sight.settles(self._search, self._collection, field)

    def names(self, every: Iterable[str]) -> tuple[str, ...]:
        """Return the fields to show; a medical adviser needs only those of health."""
        if self._sight.rest:
            return tuple(every)
        return tuple(name for name in every if name in self._health)

    def record(self, line: dict[str, Any], names: tuple[str, ...]) -> RecordView | None:
        """Return a record, or None where nothing of it is for whoever looks."""
        row, record = line["row"], line["record"]
        whole = self._items.get((row, ""))
        gone = whole is not None and not whole.may_release
        if not names or (gone and not self._sight.rest):
            return None
        cells = tuple(self._cell(row, name, record.get(name)) for name in names)
        return RecordView(row, cells, whole, self._settles(""))

    def _cell(self, row: int, name: str, value: Any) -> Cell:
        withheld = self._items.get((row, name))
        if name in self._health and not self._sight.health:
            return Cell(name, "", withheld, is_sealed=True)
        return Cell(name, in_words(value), withheld)


def in_words(value: Any) -> str:
    """Write a value for a cell: lists and objects flat, nothing as a dash."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {in_words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(in_words(item) for item in value)
    return str(value)
