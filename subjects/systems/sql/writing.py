"""Changes carried out in a SQL database: checked row by row, written, read back.

A list is one transaction, unless its rows would be locked for longer than others can
wait; then it is several, in its order, and whatever dies in between, the same list
finishes it: what is done already counts as done.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from time import perf_counter

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from subjects.systems.base import UnreachableError
from subjects.systems.changes import Change, ChangeError, Receipt
from subjects.systems.shape import Address
from subjects.systems.sql.bystanders import spare_others
from subjects.systems.sql.rows import Rows, Tally, final, mark_of
from subjects.systems.sql.table import Table
from subjects.systems.sql.url import shown
from subjects.systems.sql.write_engine import writing_engine

AT_ONCE = 2_000  # rows that one transaction changes within the time below
LONGEST_LOCK = 0.1  # seconds that a row may be kept from others
FIRST, MOST = 1_000, 8_000  # rows in a transaction of a longer list

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
        self._check(changes)
        tally = Tally()
        engine = writing_engine(self.url)
        try:
            with self._connect(engine) as connection:
                self._first_look(connection, changes)
                self._write(connection, changes, tally)
                verified = self._is_as_ordered(connection, changes)
        except DBAPIError as error:
            raise self._refused(error, tally) from None
        finally:
            engine.dispose()
        return Receipt(
            system=self.key,
            deleted=dict(tally.deleted),
            changed=dict(tally.changed),
            done_before=dict(tally.done_before),
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

    def _check(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if not change.key:
                raise ChangeError(
                    f"{self.key}: {change.address} has no primary key, so none of its "
                    "rows can be changed alone; describe one, or change it by hand"
                )

    def _first_look(self, connection: Connection, changes: Sequence[Change]) -> None:
        """Refuse, before anything is locked, what cannot be done as a whole."""
        spare_others(self.key, connection, changes, self._table_of)
        if len(changes) > AT_ONCE:
            times = Counter(map(mark_of, changes))
            for rows, run in self._runs(changes):
                once = [change for change in run if times[mark_of(change)] == 1]
                rows.sort_out(connection, once, Tally(), lock=False)
        connection.rollback()

    def _write(
        self, connection: Connection, changes: Sequence[Change], tally: Tally
    ) -> None:
        start, size = 0, FIRST if len(changes) > AT_ONCE else max(len(changes), 1)
        while start < len(changes):
            part = changes[start : start + size]
            began = perf_counter()
            with connection.begin():
                done = Tally()
                for rows, run in self._runs(part):
                    rows.write(connection, run, done)
            self.locked.append(perf_counter() - began)
            tally += done
            start += len(part)
            size = _next_size(size, self.locked[-1])

    def _runs(
        self, changes: Sequence[Change]
    ) -> Iterator[tuple[Rows, Sequence[Change]]]:
        """Yield what follows each other and is written by the same statement."""
        for (address, names), run in groupby(changes, _kind):
            yield self._rows_of(address, names), list(run)

    def _rows_of(self, address: Address, names: tuple[str, ...]) -> Rows:
        if (address, names) not in self._rows:
            table = self._table_of(address)
            self._rows[address, names] = Rows(self.key, address, table, names)
        return self._rows[address, names]

    def _is_as_ordered(self, connection: Connection, changes: Sequence[Change]) -> bool:
        """Read every row back after the commit."""
        by_rows: dict[tuple[Address, tuple[str, ...]], list[Change]] = {}
        for change in final(changes).values():
            by_rows.setdefault(_kind(change), []).append(change)
        return all(
            self._rows_of(*kind).are_as_ordered(connection, wanted)
            for kind, wanted in by_rows.items()
        )

    def _refused(self, error: DBAPIError, tally: Tally) -> ChangeError:
        # The driver's own words may repeat a value, so only its kind is told.
        done = tally.total()
        before = f"{done:,} rows are done" if done else "nothing is changed"
        return ChangeError(
            f"{self.key}: the database refused the change "
            f"({type(error.orig).__name__}); {before}. Check that we may change its "
            "tables, that no other row needs these, and that nobody keeps them locked"
        )


def _kind(change: Change) -> tuple[Address, tuple[str, ...]]:
    return change.address, tuple(sorted(change.key))


def _next_size(size: int, locked: float) -> int:
    if locked > LONGEST_LOCK / 2:
        return max(size // 2, 1)
    return min(size * 2, MOST) if locked < LONGEST_LOCK / 5 else size
