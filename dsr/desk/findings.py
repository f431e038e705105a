"""What a system holds, as tables: a page of records at a time, filtered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from dsr.desk.envelope import Sight
from dsr.desk.finding_cells import Reader, RecordView, paths_in
from dsr.desk.hints import Hinter
from dsr.models import SearchTask
from subjects.others.passages import texts_of
from subjects.others.pdfs import UnreadableError

PER_PAGE = 100  # records
AT_ONCE = 500  # records whose hints are looked for together
ALL, WITHHELD, OTHERS, GIVEN = "", "withheld", "others", "given"
SHOWN = (ALL, OTHERS, WITHHELD, GIVEN)
COLUMNS_OF = 1000  # records that are asked which fields there are

Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which records of a collection are asked for; it stands in the address."""

    collection: str
    says: str = ""
    field: str = ""  # in which it is said; empty: in any
    show: str = ALL
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict, collection: str) -> "Asked":
        """Read it from an address; what makes no sense there is left out."""
        page, show = query.get("page", "1"), query.get("show", ALL)
        return cls(
            collection,
            " ".join(query.get("says", "").split())[:200],
            query.get("field", "")[:200],
            show if show in SHOWN else ALL,
            int(page) if page.isdecimal() and len(page) < 9 else 1,  # noqa: PLR2004
        )

    @property
    def is_filter(self) -> bool:
        """Whether records have to be read to know whether they are asked for."""
        return bool(self.says) or self.show in (WITHHELD, OTHERS)

    def query(self, **changes: Any) -> str:
        """Return it as the query of an address, with changes."""
        one = replace(self, **changes)
        said = {
            "collection": one.collection,
            "says": one.says,
            "field": one.field,
            "show": one.show,
            "page": one.page if one.page > 1 else "",
        }
        return urlencode({key: value for key, value in said.items() if value})


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a table; `total` is how many records are asked for."""

    number: int
    last: int
    total: int
    columns: tuple[str, ...]
    records: tuple[RecordView, ...]


class Table:
    """The records of one collection, for somebody."""

    def __init__(self, search: SearchTask, collection: str, sight: Sight) -> None:
        self._search, self._collection = search, collection
        self._reader = Reader(search, collection, sight)
        self._hinter = Hinter(search, collection)

    def page(self, asked: Asked) -> Page:
        """Return the page asked for; one beyond the end shows the last."""
        if not asked.is_filter:
            total = self._search.counts.get(self._collection, 0)
            number, last = _within(asked.page, total)
            start = (number - 1) * PER_PAGE
            found = list(islice(self._lines(), start, start + PER_PAGE))
            return self._shown(found, number, last, total, asked)
        number = max(1, asked.page)
        found, total = self._window(asked, number)
        kept, last = _within(number, total)
        if kept != number:
            found, total = self._window(asked, kept)
        return self._shown(found, kept, last, total, asked)

    def find(self, row: int) -> RecordView | None:
        """Return one record, or None where there is no such row for whoever looks."""
        found = self.line(row)
        if found is None:
            return None
        hints = self._hinter.look([found], opened=True)[0]
        return self._reader.record(found, self._reader.names(found["record"]), hints)

    def line(self, row: int) -> Found | None:
        """Return one record as it was found."""
        return next((one for one in self._lines() if one["row"] == row), None)

    def sees(self, field: str) -> bool:
        """Say whether whoever looks sees what stands in a field."""
        return self._reader.sees(field)

    def given(self, found: Found) -> Mapping[str, Any] | None:
        """Return a record as the person gets it."""
        return self._reader.release.released(found)

    def fields(self) -> tuple[str, ...]:
        """Return the fields that whoever looks may name in a rule."""
        every = dict.fromkeys(
            path
            for found in islice(self._lines(), COLUMNS_OF)
            for path in paths_in(found["record"])
        )
        return tuple(
            path for path in every if self._reader.settles(path) and self.sees(path)
        )

    def settles_records(self) -> bool:
        """Say whether whoever looks settles whole records."""
        return self._reader.settles("")

    def _lines(self) -> Iterator[Found]:
        found = self._search.read()
        return (line for line in found if line["collection"] == self._collection)

    def _window(self, asked: Asked, number: int) -> tuple[list[Found], int]:
        """Return the records of a page, and how many there are on all pages."""
        start, total, window = (number - 1) * PER_PAGE, 0, []
        for found in self._filtered(asked):
            if start <= total < start + PER_PAGE:
                window.append(found)
            total += 1
        return window, total

    def _filtered(self, asked: Asked) -> Iterator[Found]:
        lines = (found for found in self._lines() if self._says(found, asked))
        while some := list(islice(lines, AT_ONCE)):
            if asked.show == WITHHELD:
                some = [one for one in some if self._reader.release.verdicts(one)]
            elif asked.show == OTHERS:
                hints = self._hinter.look(some)
                some = [
                    one
                    for one, fields in zip(some, hints, strict=True)
                    if any(map(self.sees, fields))
                ]
            yield from some

    def _says(self, found: Found, asked: Asked) -> bool:
        if not asked.says:
            return True
        wanted, record = asked.says.casefold(), found["record"]
        names = [asked.field] if asked.field else list(record)
        return any(
            wanted in " ".join(text.split()).casefold()
            for name in names
            if name in record and self.sees(name)
            for text in _texts(record[name])
        )

    def _shown(
        self, found: list[Found], number: int, last: int, total: int, asked: Asked
    ) -> Page:
        every = dict.fromkeys(name for one in found for name in one["record"])
        names = self._reader.names(every)
        hints = self._hinter.look(found)
        reader = self._reader
        if asked.show == GIVEN:
            found, names = self._as_given(found, names)
            reader, hints = reader.as_if_given(), [{} for _ in found]
        views = (
            reader.record(one, names, of_one)
            for one, of_one in zip(found, hints, strict=True)
        )
        records = tuple(one for one in views if one is not None)
        return Page(number, last, total, names if records else (), records)

    def _as_given(
        self, found: list[Found], names: tuple[str, ...]
    ) -> tuple[list[Found], tuple[str, ...]]:
        given = [
            {**one, "record": record}
            for one in found
            if (record := self._reader.release.released(one)) is not None
        ]
        left = {name for one in given for name in one["record"]}
        return given, tuple(name for name in names if name in left)


def _within(number: int, total: int) -> tuple[int, int]:
    """Return a page's number within the pages there are, and the last one's."""
    last = max(1, -(-total // PER_PAGE))
    return min(max(number, 1), last), last


def _texts(value: Any) -> list[str]:
    try:
        return list(texts_of(value))
    except UnreadableError:
        return []
