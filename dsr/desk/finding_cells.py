"""A record of the findings as somebody may see it: cell by cell, hints beside it."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dsr.desk.envelope import Sight
from dsr.desk.hints import LABELS, Hints
from dsr.models import SearchTask, Withholding
from dsr.models.search import EVERY_ROW
from dsr.policy.releasing import FILE, MISSING, Release, Rule, said_in
from dsr.rights import Right, right_of
from dsr.rights.grounds import SILENT
from subjects.others.documents import bytes_of, is_document
from subjects.others.pdfs import PDF

SHORT = 160  # signs of a text that a table shows


@dataclass(frozen=True, slots=True)
class Withheld:
    """What keeps a field or a record out of the copy: the item, and its ground."""

    pk: int
    field: str
    ground: str
    may_release: bool
    in_part: bool
    is_rule: bool


@dataclass(frozen=True, slots=True)
class HintView:
    """A suggestion: what it may be, and the words."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a record: its value, and what withholds it, if anything does.

    Of a sealed one only the medical adviser sees the value.
    """

    name: str
    value: str
    withheld: tuple[Withheld, ...] = ()
    is_sealed: bool = False
    document: str = ""  # what kind of document it is, and how large
    hints: tuple[HintView, ...] = ()

    @property
    def short(self) -> str:
        """As much of the value as a table shows."""
        return f"{self.value[:SHORT]}…" if self.is_long else self.value

    @property
    def is_long(self) -> bool:
        """Whether a table shows only its beginning."""
        return len(self.value) > SHORT

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it is given."""
        gone = (one for one in self.withheld if one.field == self.name)
        return any(not one.in_part for one in gone)


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as a row of the table."""

    row: int
    cells: tuple[Cell, ...]
    withheld: Withheld | None
    is_theirs: bool  # whether whoever looks settles the record as a whole
    paths: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what whoever looks may withhold, inside of objects too."""
        sealed = {cell.name for cell in self.cells if cell.is_sealed}
        shown = {cell.name for cell in self.cells}
        return tuple(
            path
            for path in self.paths
            if {path, path.partition(".")[0]} & (shown | {FILE})
            and not {path, path.partition(".")[0]} & sealed
        )

    @property
    def hinted(self) -> tuple[Cell, ...]:
        """The cells beside which something is suggested."""
        return tuple(cell for cell in self.cells if cell.hints)

    def cell(self, name: str) -> Cell | None:
        """Return the cell of a field."""
        return next((one for one in self.cells if one.name == name), None)


class Reader:
    """Reads the records of a collection as somebody may see them."""

    def __init__(
        self,
        search: SearchTask,
        collection: str,
        sight: Sight,
        items: Iterable[Withholding] | None = None,
    ) -> None:
        """Take what is withheld, unless `items` says which of it counts."""
        self._search, self._collection, self._sight = search, collection, sight
        self._health = search.health_fields(collection)
        self._right = right_of(search.ticket)
        kept = search.withheld.all() if items is None else items
        self.release = Release(search, kept)

    def as_if_given(self) -> "Reader":
        """Return a reader of records from which everything is taken out already."""
        return Reader(self._search, self._collection, self._sight, ())

    def names(self, every: Iterable[str]) -> tuple[str, ...]:
        """Return the fields to show; a medical adviser needs only those of health."""
        if self._sight.rest:
            return tuple(every)
        return tuple(name for name in every if name in self._health)

    def sees(self, name: str) -> bool:
        """Say whether whoever looks sees what stands in a field."""
        return self._sight.health if name in self._health else self._sight.rest

    def settles(self, field: str) -> bool:
        """Say whether whoever looks settles a field, or with "" a whole record."""
        return self._sight.settles(self._search, self._collection, field)

    def record(
        self, found: Mapping[str, Any], names: tuple[str, ...], hints: Hints
    ) -> RecordView | None:
        """Return a record, or None where nothing of it is for whoever looks."""
        record, verdicts = found["record"], self.release.verdicts(found)
        whole = self._withheld(verdicts[""][0]) if "" in verdicts else None
        gone = whole is not None and not whole.may_release
        if not names or (gone and not self._sight.rest):
            return None
        cells = tuple(
            self._cell(name, record.get(name), verdicts, hints) for name in names
        )
        paths = (*paths_in(record), *self._file(found))
        return RecordView(found["row"], cells, whole, self.settles(""), paths)

    def _file(self, found: Mapping[str, Any]) -> Iterable[str]:
        """Name the file that lies beside a record, to who sees the record's health."""
        if FILE in found["record"] or not self.settles(FILE):
            return ()
        has_one = said_in(self._search, found, FILE) is not MISSING
        return (FILE,) if has_one and self.sees(FILE) else ()

    def _cell(
        self, name: str, value: Any, verdicts: dict[str, list[Rule]], hints: Hints
    ) -> Cell:
        withheld = tuple(
            self._withheld(rules[0])
            for field, rules in verdicts.items()
            if field == name or field.startswith(f"{name}.")
        )
        if not self.sees(name):
            return Cell(name, "", withheld, is_sealed=True)
        suggested = tuple(
            HintView(str(LABELS[one.kind]), one.text) for one in hints.get(name, ())
        )
        if isinstance(value, str) and is_document(value):
            return Cell(name, "", withheld, document=kind_of(value), hints=suggested)
        return Cell(name, in_words(value), withheld, hints=suggested)

    def _withheld(self, rule: Rule) -> Withheld:
        item = rule.item
        return Withheld(
            item.pk,
            item.field,
            in_short(item.ground, self._right),
            self.settles(item.field),
            in_part=rule.passages is not None,
            is_rule=item.row == EVERY_ROW,
        )


def in_short(ground: str, right: Right) -> str:
    """Name a ground as a word in a table; the silent one stands in no right."""
    if ground == SILENT:
        return _("silent exclusion")
    return str(right.ground(ground).label)


def kind_of(document: str) -> str:
    """Say what kind of document it is, and how large."""
    size = -(-len(document) * 3 // 4 // 1024)
    head = document.partition(",")[2][:8]
    is_pdf = base64.b64encode(PDF)[:6].decode() == head[:6]
    kind = _("PDF") if is_pdf else _("document")
    return f"{kind}, {size} kB"


def content_type_of(document: str) -> tuple[bytes, str]:
    """Return a document's bytes, and their type by how they begin."""
    content = bytes_of(document)
    starts = {
        PDF: "application/pdf",
        b"\x89PNG\r\n": "image/png",
        b"\xff\xd8\xff": "image/jpeg",
    }
    kinds = (kind for start, kind in starts.items() if content.startswith(start))
    return content, next(kinds, "application/octet-stream")


def paths_in(record: Mapping[str, Any], prefix: str = "") -> Iterable[str]:
    """Yield the names of the fields of a record, dotted inside of objects."""
    for name, value in record.items():
        yield f"{prefix}{name}"
        if isinstance(value, Mapping):
            yield from paths_in(value, f"{prefix}{name}.")


def in_words(value: Any) -> str:
    """Write a value for a cell: lists and objects flat, nothing as a dash."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {in_words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(in_words(item) for item in value)
    return str(value)
