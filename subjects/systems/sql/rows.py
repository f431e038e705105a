"""The rows of one table that a list of changes names: looked at, written, read back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection

from subjects.systems.base import MismatchError, Row
from subjects.systems.changes import Change, ChangeError, StaleError
from subjects.systems.shape import Address
from subjects.systems.sql.statements import Key, Statements
from subjects.systems.sql.storing import UnstorableError, changed, says, stored
from subjects.systems.sql.table import Table
from subjects.systems.values import as_text, plain, values_at


class Mark(NamedTuple):
    """What tells a row from all others: its table, and its key as text."""

    address: Address
    names: tuple[str, ...]
    key: tuple[str, ...]


def mark_of(change: Change) -> Mark:
    """Return which row a change is about."""
    names = tuple(sorted(change.key))
    return Mark(change.address, names, _texts(change.key, names))


def _texts(row: Mapping[str, Any], names: Sequence[str]) -> tuple[str, ...]:
    """Return a key as text; a CHAR(n) is padded by one database and not by another."""
    return tuple(as_text(row[name]).rstrip(" ") for name in names)


def final(changes: Sequence[Change]) -> dict[Mark, Change]:
    """Return what is to become of each row in the end, by row."""
    found: dict[Mark, Change] = {}
    for change in changes:
        mark = mark_of(change)
        before = found.get(mark)
        if before is None or change.values is None:
            found[mark] = change
        elif before.values is not None:
            values = {**before.values, **change.values}
            found[mark] = Change(change.address, change.key, before.expected, values)
    return found


class Tally:
    """How many rows of each collection were deleted, changed, done before."""

    def __init__(self) -> None:
        self.deleted: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.done_before: Counter[str] = Counter()

    def __iadd__(self, other: Self) -> Self:
        self.deleted += other.deleted
        self.changed += other.changed
        self.done_before += other.done_before
        return self

    def total(self) -> int:
        """Return how many rows were written."""
        return self.deleted.total() + self.changed.total()


class Rows:
    """The rows of one table, told apart by the columns `names`."""

    def __init__(
        self, system: str, address: Address, table: Table, names: tuple[str, ...]
    ) -> None:
        self._system = system
        self._address = address
        self._table = table
        self._names = names
        self._check(names)
        self._statements = Statements(table, names)

    def write(
        self, connection: Connection, changes: Sequence[Change], tally: Tally
    ) -> None:
        """Lock the rows, look whether they are as planned, and change them."""
        for part in _each_row_once(changes):
            todo = self.sort_out(connection, part, tally, lock=True)
            for deletes, some in groupby(todo, lambda one: one[0].values is None):
                if deletes:
                    keys = [self._key(change) for change, _row in some]
                    self._statements.delete(connection, keys)
                    tally.deleted[str(self._address)] += len(keys)
                else:
                    news = [self._new(change, row) for change, row in some]
                    self._statements.update(connection, news)
                    tally.changed[str(self._address)] += len(news)

    def sort_out(
        self,
        connection: Connection,
        changes: Sequence[Change],
        tally: Tally,
        *,
        lock: bool,
    ) -> list[tuple[Change, Row]]:
        """Return what is still to be done, each with its row as it is.

        Raises:
            StaleError: a row says neither what was expected nor what was ordered.

        """
        rows = self._read(connection, changes, lock=lock)
        todo: list[tuple[Change, Row]] = []
        stale = 0
        for change in changes:
            row = rows.get(mark_of(change).key)
            if row is None or self._is_done(change, row):
                tally.done_before[str(self._address)] += 1
            elif self._is_expected(change, row):
                todo.append((change, row))
            else:
                stale += 1
        if stale:
            raise StaleError(
                f"{self._system}: {stale:,} rows of {self._address} are no longer what "
                "they were when this was planned; look at them, and plan it anew"
            )
        return todo

    def are_as_ordered(self, connection: Connection, wanted: Sequence[Change]) -> bool:
        """Say whether the rows are gone, or say what they should."""
        rows = self._read(connection, wanted, lock=False)
        return all(
            (row := rows.get(mark_of(change).key)) is None or self._is_done(change, row)
            for change in wanted
        )

    def _check(self, names: Sequence[str]) -> None:
        for name in names:
            if name not in self._table.types:
                raise MismatchError(
                    f"{self._system}: {self._address} has no column {name}; correct "
                    f"{self._table.dataset.source} or the table, and plan it anew"
                )

    def _read(
        self, connection: Connection, changes: Sequence[Change], *, lock: bool
    ) -> dict[tuple[str, ...], Row]:
        """Return the rows by their key as text."""
        named = dict.fromkeys(
            path[0]
            for change in changes
            for path in (*change.expected, *(change.values or ()))
        )
        names = tuple(dict.fromkeys((*self._names, *named)))
        self._check(names)
        read = self._table.reader_of(names)
        keys = [self._key(change) for change in changes]
        asked = {mark_of(change).key for change in changes}
        found: dict[tuple[str, ...], Row] = {}
        for raw in self._statements.read(connection, names, keys, lock=lock):
            row = read(raw)
            key = _texts(row, self._names)
            if key in found or key not in asked:
                raise ChangeError(
                    f"{self._system}: {', '.join(self._names)} does not tell the "
                    f"rows of {self._address} apart; describe its primary key"
                )
            found[key] = row
        return found

    def _key(self, change: Change) -> Key:
        return tuple(self._stored(name, change.key[name]) for name in self._names)

    def _new(self, change: Change, row: Row) -> tuple[Key, Row]:
        after = self._after(change, row).items()
        values = {name: self._stored(name, value) for name, value in after}
        return self._key(change), values

    def _stored(self, name: str, value: Any) -> Any:
        try:
            return stored(value, self._table.types[name], self._table.dialect)
        except UnstorableError as error:
            raise ChangeError(
                f"{self._system}: the column {name} of {self._address} cannot hold "
                "what is ordered; choose another value or strategy, and plan it anew"
            ) from error

    def _is_done(self, change: Change, row: Row) -> bool:
        if change.values is None:
            return False
        after = self._after(change, row)
        return all(self._says(name, row[name], after[name]) for name in after)

    def _is_expected(self, change: Change, row: Row) -> bool:
        return all(
            self._says_at(row, path, wanted) for path, wanted in change.expected.items()
        )

    def _says_at(self, row: Row, path: tuple[str, ...], wanted: Any) -> bool:
        if len(path) == 1:
            return self._says(path[0], row[path[0]], wanted)
        found = [plain(one) for one in values_at(row, path)]
        several = list(wanted) if isinstance(wanted, (list, tuple)) else [wanted]
        return found == [plain(one) for one in several if one is not None]

    def _says(self, name: str, value: Any, wanted: Any) -> bool:
        table = self._table
        return says(value, wanted, table.types[name], table.dialect)

    def _after(self, change: Change, row: Row) -> Row:
        """Return what the columns that the change touches are to say."""
        after: Row = {}
        for path, value in (change.values or {}).items():
            now = after.get(path[0], row[path[0]])
            after[path[0]] = changed(now, path[1:], value)
        return after


def _each_row_once(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Yield the changes in their order, parted where a row comes again."""
    part: list[Change] = []
    seen: set[Mark] = set()
    for change in changes:
        mark = mark_of(change)
        if mark in seen:
            yield part
            part, seen = [], set()
        part.append(change)
        seen.add(mark)
    if part:
        yield part
