"""The rows of one table that a list of changes names: looked at, written, read back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from subjects.systems.base import MismatchError, Row
from subjects.systems.changes import Change, ChangeError, StaleError
from subjects.systems.shape import Address, Path
from subjects.systems.sql.statements import Key, Statements
from subjects.systems.sql.storing import UnstorableError, changed, says, storing
from subjects.systems.sql.table import Table
from subjects.systems.sql.tally import Tally
from subjects.systems.sql.together import Shape, Together, shape_of
from subjects.systems.values import plain, values_at


@dataclass(frozen=True, slots=True)
class Item:
    """A change with the table it is in, and its key as the columns hold it."""

    rows: "Rows"
    change: Change
    key: Key


class Rows:
    """The rows of one table, told apart by the columns `names`."""

    def __init__(
        self, system: str, address: Address, table: Table, names: tuple[str, ...]
    ) -> None:
        self._system = system
        self._address = address
        self._table = table
        self._names = names
        self._storing: dict[str, Callable[[Any], Any]] = {}
        self._check(names)
        self._statements = Statements(table, names)
        in_postgresql = table.dialect == "postgresql"
        self._together = Together(table, names) if in_postgresql else None

    def item(self, change: Change) -> Item:
        """Return a change of one of these rows, ready to be looked at."""
        key = tuple(self._stored(name, change.key[name]) for name in self._names)
        return Item(self, change, _unpadded(key))

    def write(
        self, connection: Connection, items: Sequence[Item], tally: Tally
    ) -> None:
        """Lock the rows, look whether they are as planned, and change them."""
        for part in _each_row_once(items):
            for shape, some in groupby(part, shape_of):
                self._write_alike(connection, shape, list(some), tally)

    def _write_alike(
        self, connection: Connection, shape: Shape, items: Sequence[Item], tally: Tally
    ) -> None:
        """Write changes of the same fields, at once if all rows are as expected."""
        if not self._written_at_once(connection, shape, items):
            todo = self.sort_out(connection, items, tally, lock=True)
            if shape.values is None:
                self._statements.delete(connection, [item.key for item, _row in todo])
            else:
                news = [(item.key, self._new(item, row)) for item, row in todo]
                self._statements.update(connection, news)
            items = [item for item, _row in todo]
        done = tally.deleted if shape.values is None else tally.changed
        done[str(self._address)] += len(items)

    def _written_at_once(
        self, connection: Connection, shape: Shape, items: Sequence[Item]
    ) -> bool:
        if self._together is None or not self._together.fits(shape, items):
            return False
        write = partial(self._together.write, connection, shape, items)
        return _all_or_none(connection, write, len(items))

    def first_look(self, connection: Connection, items: Sequence[Item]) -> None:
        """Raise StaleError where a row is not as planned; nothing is locked."""
        for shape, group in groupby(items, shape_of):
            some = list(group)
            if self._together is not None and self._together.fits(shape, some):
                count = partial(self._together.count_expected, connection, shape, some)
                if _all_or_none(connection, count, len(some)):
                    continue
            self.sort_out(connection, some, Tally(), lock=False)

    def sort_out(
        self, connection: Connection, items: Sequence[Item], tally: Tally, *, lock: bool
    ) -> list[tuple[Item, Row]]:
        """Return what is still to be done, each with its row as it is.

        Raises:
            StaleError: a row says neither what was expected nor what was ordered.

        """
        rows = self._read(connection, items, lock=lock)
        todo: list[tuple[Item, Row]] = []
        stale = done = 0
        for item in items:
            row = rows.get(item.key)
            if row is None:
                done += 1
            elif item.change.expected and self._is_expected(item.change, row):
                todo.append((item, row))
            elif self._is_done(item.change, row):
                done += 1
            elif not item.change.expected:
                todo.append((item, row))
            else:
                stale += 1
        if stale:
            raise StaleError(
                f"{self._system}: {stale:,} rows of {self._address} are no longer what "
                "they were when this was planned; look at them, and plan it anew"
            )
        tally.done_before[str(self._address)] += done
        return todo

    def are_as_ordered(self, connection: Connection, items: Sequence[Item]) -> bool:
        """Say whether the rows are gone, or say what they should."""
        for shape, group in groupby(items, shape_of):
            some = list(group)
            if self._together is not None and self._together.fits(shape, some):
                count = partial(self._together.count_ordered, connection, shape, some)
                if _all_or_none(connection, count, len(some)):
                    continue
            if not self._say_what_they_should(connection, some):
                return False
        return True

    def _say_what_they_should(
        self, connection: Connection, items: Sequence[Item]
    ) -> bool:
        rows = self._read(connection, items, lock=False)
        return all(
            (row := rows.get(item.key)) is None or self._is_done(item.change, row)
            for item in items
        )

    def _check(self, names: Sequence[str]) -> None:
        for name in names:
            if name not in self._table.types:
                raise MismatchError(
                    f"{self._system}: {self._address} has no column {name}; correct "
                    f"{self._table.dataset.source} or the table, and plan it anew"
                )

    def _read(
        self, connection: Connection, items: Sequence[Item], *, lock: bool
    ) -> dict[Key, Row]:
        """Return the rows by their key."""
        paths: dict[Path, None] = {}
        for item in items:
            paths.update(dict.fromkeys(item.change.expected))
            paths.update(dict.fromkeys(item.change.values or ()))
        names = tuple(dict.fromkeys((*self._names, *(path[0] for path in paths))))
        self._check(names)
        read, width = self._table.reader_of(names), len(self._names)
        keys = [item.key for item in items]
        asked, found = set(keys), dict[Key, Row]()
        for raw in self._statements.read(connection, names, keys, lock=lock):
            key = _unpadded(tuple(raw[:width]))
            if key in found or key not in asked:
                raise ChangeError(
                    f"{self._system}: {', '.join(self._names)} does not tell the "
                    f"rows of {self._address} apart; describe its primary key"
                )
            found[key] = read(raw)
        return found

    def _new(self, item: Item, row: Row) -> Row:
        after = self._after(item.change, row)
        return {name: self._stored(name, value) for name, value in after.items()}

    def _store(self, name: str) -> Callable[[Any], Any]:
        if name not in self._storing:
            kind = self._table.types[name]
            self._storing[name] = storing(kind, self._table.dialect)
        return self._storing[name]

    def _stored(self, name: str, value: Any) -> Any:
        try:
            return self._store(name)(value)
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
        for path, wanted in change.expected.items():
            value = row[path[0]]
            same = len(path) == 1 and type(value) is type(wanted) and value == wanted
            if not same and not self._says_at(row, path, wanted):
                return False
        return True

    def _says_at(self, row: Row, path: Path, wanted: Any) -> bool:
        if len(path) == 1:
            return self._says(path[0], row[path[0]], wanted)
        found = [plain(one) for one in values_at(row, path)]
        several = list(wanted) if isinstance(wanted, (list, tuple)) else [wanted]
        return found == [plain(one) for one in several if one is not None]

    def _says(self, name: str, value: Any, wanted: Any) -> bool:
        if type(value) is type(wanted) and value == wanted:
            return True
        table = self._table
        return says(value, wanted, table.types[name], table.dialect)

    def _after(self, change: Change, row: Row) -> Row:
        """Return what the columns that the change touches are to say."""
        after: Row = {}
        for path, value in (change.values or {}).items():
            if len(path) == 1:
                after[path[0]] = value
            else:
                now = after.get(path[0], row[path[0]])
                after[path[0]] = changed(now, path[1:], value)
        return after


def _all_or_none(connection: Connection, do: Callable[[], int], wanted: int) -> bool:
    """Say whether so many rows were reached; undo what was done to fewer."""
    part = connection.begin_nested()
    try:
        if do() == wanted:
            part.commit()
            return True
    except DBAPIError:  # a value the server cannot read; each row is looked at then
        pass
    part.rollback()
    return False


def _unpadded(key: Key) -> Key:
    """Return a key without the blanks with which some databases fill a CHAR(n)."""
    for one in key:
        if isinstance(one, str):
            return tuple(
                one.rstrip(" ") if isinstance(one, str) else one for one in key
            )
    return key


def _each_row_once(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield the changes in their order, parted where a row comes again."""
    if len({item.key for item in items}) == len(items):
        yield items
        return
    part: list[Item] = []
    seen: set[Key] = set()
    for item in items:
        if item.key in seen:
            yield part
            part, seen = [], set()
        part.append(item)
        seen.add(item.key)
    yield part


def final(items: Sequence[Item]) -> Mapping[tuple[Rows, Key], Item]:
    """Return what is to become of each row in the end, by row."""
    found: dict[tuple[Rows, Key], Item] = {}
    for item in items:
        mark = (item.rows, item.key)
        before = found.get(mark)
        if before is None or item.change.values is None:
            found[mark] = item
        elif before.change.values is not None:
            values = {**before.change.values, **item.change.values}
            change = item.change
            both = Change(change.address, change.key, before.change.expected, values)
            found[mark] = Item(item.rows, both, item.key)
    return found
