"""The rows that a search finds for one person, kept to be judged together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from subjects.erasure.links import Link
from subjects.erasure.tables import Tables
from subjects.systems.base import Question, Row
from subjects.systems.collect import Search
from subjects.systems.shape import Address, Path
from subjects.systems.values import as_text, cast, values_at


class Held:
    """One row that was found: whole, and cut down to our person's part of it."""

    __slots__ = ("address", "is_whole", "key", "mark", "row", "whole")

    def __init__(
        self, address: Address, key: Mapping[str, Any], whole: Row, row: Row
    ) -> None:
        self.address = address
        self.key = key
        self.whole = whole
        self.row = row
        self.is_whole = row is whole or row == whole
        self.mark = tuple(as_text(value) for value in (key or whole).values())

    def is_cut(self, path: Path) -> bool:
        """Say whether the column of a field is the person's in part only."""
        return not self.is_whole and self.row[path[0]] != self.whole[path[0]]

    def texts(self, path: Path) -> list[str]:
        """Return the values at `path` as text, without nulls and empty ones."""
        return [text for one in values_at(self.row, path) if (text := as_text(one))]


class Person:
    """Everything found about one person, with an index by any field."""

    def __init__(self, tables: Tables, search: Search) -> None:
        self.rows: dict[Address, list[Held]] = defaultdict(list)
        self._tables = tables
        self._indexes: dict[tuple[Address, Path], dict[str, list[Held]]] = {}
        self._marks: dict[Address, set[tuple[str, ...]]] = {}
        for group in search.plan.groups:
            for address, whole, row in search.whole_rows(group):
                self.rows[address].append(self._held(address, whole, row))

    def _held(self, address: Address, whole: Row, row: Row) -> Held:
        names = self._tables.at(address).key
        return Held(address, {name: whole[name] for name in names}, whole, row)

    def each(self) -> Iterator[Held]:
        """Yield every row, collection by collection as they were searched."""
        for rows in self.rows.values():
            yield from rows

    def holders(self, link: Link, held: Held) -> list[Held]:
        """Return the rows found that hold the key of one, by this link."""
        return self.having(link.holder, link.holder_path, held.texts(link.held_path))

    def having(self, address: Address, path: Path, values: Sequence[str]) -> list[Held]:
        """Return the rows found in a collection that have one of `values` at `path`."""
        index = self._index(address, path)
        return [
            held for value in dict.fromkeys(values) for held in index.get(value, ())
        ]

    def _index(self, address: Address, path: Path) -> dict[str, list[Held]]:
        if (address, path) not in self._indexes:
            index: dict[str, list[Held]] = defaultdict(list)
            for held in self.rows.get(address, ()):
                for text in dict.fromkeys(held.texts(path)):
                    index[text].append(held)
            self._indexes[address, path] = index
        return self._indexes[address, path]

    def known_to_strangers(
        self, rows: Sequence[Held], path: Path, other: Address, other_path: Path
    ) -> Iterator[Held]:
        """Yield those of `rows` whose value at `path` a row elsewhere has too.

        That row, of the collection `other`, is one that was not found.
        """
        waiting: dict[str, list[Held]] = defaultdict(list)
        for held in rows:
            for text in held.texts(path):
                waiting[text].append(held)
        for stranger in self.strangers(other, other_path, rows, path):
            for text in stranger.texts(other_path):
                yield from waiting.pop(text, ())
            if not waiting:
                return

    def strangers(
        self, address: Address, path: Path, rows: Sequence[Held], by: Path
    ) -> Iterator[Held]:
        """Yield the rows not found that have at `path` what `rows` have at `by`."""
        system, known = self._tables.system(address), self._known(address)
        values = self._unanswered(address, path, rows, by)
        also = frozenset(self._tables.at(address).key)
        for start in range(0, len(values), system.values_at_once):
            some = values[start : start + system.values_at_once]
            for row in system.find(Question(address, {path: some}, also)):
                held = self._held(address, row, row)
                if held.mark not in known:
                    yield held

    def _unanswered(
        self, address: Address, path: Path, rows: Sequence[Held], by: Path
    ) -> list[Any]:
        """Return the values to ask for: a key that was found has no second row."""
        table = self._tables.at(address)
        field, is_key = table.collection.field_at(path), (path[0],) == table.key
        found = self._index(address, path) if is_key and len(path) == 1 else {}
        wanted = {
            as_text(value): cast(value, field.data_type) if field else value
            for held in rows
            for value in values_at(held.row, by)
        }
        return [
            value
            for text, value in wanted.items()
            if text and text not in found and value is not None
        ]

    def _known(self, address: Address) -> set[tuple[str, ...]]:
        if address not in self._marks:
            self._marks[address] = {held.mark for held in self.rows.get(address, ())}
        return self._marks[address]
