"""Changes carried out in a SQL database: checked row by row, written, read back.

A list is one transaction, unless its rows would be locked for longer than others can
wait; then it is several, in its order, and whatever dies in between, the same list
finishes it: what is done already counts as done.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from time import perf_counter

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from subjects.systems.base import UnreachableError
from subjects.systems.changes import Change, ChangeError, Receipt
from subjects.systems.shape import Address
from subjects.systems.sql.bystanders import spare_others
from subjects.systems.sql.rows import Item, Rows, final
from subjects.systems.sql.table import Table
from subjects.systems.sql.tally import Tally
from subjects.systems.sql.url import shown
from subjects.systems.sql.write_engine import writing_engine

AT_ONCE = 2_000  # rows that one transaction changes within the time below
LONGEST_LOCK = 0.1  # seconds that a row may be kept from others
LEAST, FIRST, MOST = 1_000, 2_000, 5_000  # rows in a transaction of a longer list

TableOf = Callable[[Address], Table]


class Writer:
    """One list of changes under way in one database.

    `locked` are the seconds for which each transaction held its rows.
    """

    def __init__(self, key: str, url: URL, table_of: TableOf) -> None:
        self.key = key
        self.url = url
        self.locked: list[float] = []
        self._table_of = table_of
        self._rows: dict[tuple[Address, tuple[str, ...]], Rows] = {}

    def apply(self, changes: Sequence[Change]) -> Receipt:
        """Apply the changes; raises StaleError, ChangeError as `Changeable.apply`."""
        items = [self._item(change) for change in changes]
        tally = Tally()
        engine = writing_engine(self.url)
        try:
            with self._connect(engine) as connection:
                spare_others(self.key, connection, changes, self._table_of)
                if len(items) > AT_ONCE:
                    _first_look(connection, items)
                connection.rollback()
                self._write(connection, items, tally)
                verified = _are_as_ordered(connection, items)
        except DBAPIError as error:
            raise self._refused(error, tally) from None
        finally:
            engine.dispose()
        return Receipt(
            system=self.key,
            deleted=dict(+tally.deleted),
            changed=dict(+tally.changed),
            done_before=dict(+tally.done_before),
            verified=verified,
        )

    def _connect(self, engine: Engine) -> Connection:
        try:
            return engine.connect()
        except (SQLAlchemyError, OSError) as error:
            raise UnreachableError(
                f"{self.key}: {shown(self.url)} cannot be reached to write "
                f"({type(error).__name__}); check that it runs, and its address, user "
                "and password"
            ) from None

    def _item(self, change: Change) -> Item:
        if not change.key:
            raise ChangeError(
                f"{self.key}: {change.address} has no primary key, so none of its "
                "rows can be changed alone; describe one, or change it by hand"
            )
        kind = (change.address, tuple(sorted(change.key)))
        if kind not in self._rows:
            table = self._table_of(change.address)
            self._rows[kind] = Rows(self.key, change.address, table, kind[1])
        return self._rows[kind].item(change)

    def _write(
        self, connection: Connection, items: Sequence[Item], tally: Tally
    ) -> None:
        start, size = 0, FIRST if len(items) > AT_ONCE else max(len(items), 1)
        while start < len(items):
            part = items[start : start + size]
            began = perf_counter()
            with connection.begin():
                done = Tally()
                for rows, run in groupby(part, lambda item: item.rows):
                    rows.write(connection, list(run), done)
            self.locked.append(perf_counter() - began)
            tally += done
            start += len(part)
            size = _next_size(size, self.locked[-1])

    def _refused(self, error: DBAPIError, tally: Tally) -> ChangeError:
        # The driver's own words may repeat a value, so only its kind is told.
        done = tally.total()
        before = f"{done:,} rows are done" if done else "nothing is changed"
        return ChangeError(
            f"{self.key}: the database refused the change "
            f"({type(error.orig).__name__}); {before}. Check that we may change its "
            "tables, that no other row needs these, and that nobody keeps them locked"
        )


def _first_look(connection: Connection, items: Sequence[Item]) -> None:
    """Refuse, before anything is locked, what cannot be done as a whole."""
    times = Counter((item.rows, item.key) for item in items)
    for rows, run in groupby(items, lambda item: item.rows):
        once = [item for item in run if times[rows, item.key] == 1]
        rows.first_look(connection, once)


def _are_as_ordered(connection: Connection, items: Sequence[Item]) -> bool:
    """Read every row back after the commit."""
    of_rows: dict[Rows, list[Item]] = {}
    for item in final(items).values():
        of_rows.setdefault(item.rows, []).append(item)
    return all(rows.are_as_ordered(connection, some) for rows, some in of_rows.items())


def _next_size(size: int, locked: float) -> int:
    if locked > LONGEST_LOCK * 0.7:
        return max(size // 2, LEAST)
    return min(size * 2, MOST) if locked < LONGEST_LOCK / 3 else size
