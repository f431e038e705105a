"""The few statements that read and write rows by their key; values always bound."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    ColumnClause,
    ColumnElement,
    Connection,
    and_,
    any_,
    bindparam,
    cast,
    column,
    delete,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy import table as sql_table

from subjects.systems.sql.table import Table

Key: TypeAlias = tuple[Any, ...]  # the values of a row's key, as the columns hold them
New: TypeAlias = tuple[Key, Mapping[str, Any]]  # a row, and what it is to say

PARAMETERS = {"sqlite": 900}  # of a statement, see SQLSystem
OTHERS = 10_000
FEW = 8  # so many rows with the same new values are worth a statement of their own


class Statements:
    """Statements on one table, whose rows are told apart by the columns `names`."""

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        self._table = table
        self._names = names
        self._source = sql_table(
            table.collection.name,
            *map(self._column, table.types),
            schema=table.schema,
        )
        limit = PARAMETERS.get(table.dialect, OTHERS)
        self._at_once = max(limit // len(names), 1)

    def read(
        self,
        connection: Connection,
        names: Sequence[str],
        keys: Sequence[Key],
        *,
        lock: bool,
    ) -> Iterator[Sequence[Any]]:
        """Yield these columns of the rows, locked until the transaction ends or not."""
        columns: list[ColumnElement[Any]] = [column(name) for name in names]
        query = select(*columns).select_from(self._source)
        if lock:
            query = query.with_for_update()
        for part in self._parts(keys):
            yield from connection.execute(query.where(self._in(part)))

    def delete(self, connection: Connection, keys: Sequence[Key]) -> None:
        """Delete the rows."""
        for part in self._parts(keys):
            connection.execute(delete(self._source).where(self._in(part)))

    def update(self, connection: Connection, news: Sequence[New]) -> None:
        """Let each row say what it is to say."""
        alike: dict[str, list[New]] = {}
        for key, values in news:
            alike.setdefault(repr(values), []).append((key, values))
        single: dict[tuple[str, ...], list[New]] = {}
        for same in alike.values():
            if len(same) >= FEW:
                self._update_alike(connection, same)
            else:
                single.setdefault(tuple(same[0][1]), []).extend(same)
        for names, some in single.items():
            self._update_singly(connection, names, some)

    def _update_alike(self, connection: Connection, same: Sequence[New]) -> None:
        values = dict(same[0][1])
        for part in self._parts([key for key, _values in same]):
            statement = update(self._source).where(self._in(part))
            connection.execute(statement.values(values))

    def _update_singly(
        self, connection: Connection, names: Sequence[str], some: Sequence[New]
    ) -> None:
        keys = [
            self._column(name) == bindparam(f"k{n}", type_=self._type(name))
            for n, name in enumerate(self._names)
        ]
        values = {
            name: bindparam(f"v{n}", type_=self._type(name))
            for n, name in enumerate(names)
        }
        bound = [
            {f"k{n}": value for n, value in enumerate(key)}
            | {f"v{n}": new[name] for n, name in enumerate(names)}
            for key, new in some
        ]
        connection.execute(
            update(self._source).where(and_(*keys)).values(values), bound
        )

    def _parts(self, keys: Sequence[Key]) -> Iterator[list[Key]]:
        rest = iter(keys)
        while part := list(islice(rest, self._at_once)):
            yield part

    def _in(self, keys: Sequence[Key]) -> ColumnElement[bool]:
        columns = [self._column(name) for name in self._names]
        if len(columns) == 1:
            values = [key[0] for key in keys]
            if self._table.dialect == "postgresql":  # one parameter, however many
                kind = ARRAY(self._table.types[self._names[0]])
                return columns[0] == any_(cast(literal(values, kind), kind))
            return columns[0].in_(values)
        return tuple_(*columns).in_(keys)

    def _column(self, name: str) -> ColumnClause[Any]:
        kind = self._type(name)
        return column(name) if kind is None else column(name, kind)

    def _type(self, name: str) -> Any:
        # SQLite compares and keeps by the affinity of the column itself.
        return None if self._table.dialect == "sqlite" else self._table.types[name]
