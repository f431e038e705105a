"""Many rows at once in PostgreSQL: looked at, written and read back by the server.

What is expected and what is ordered travel as one JSON text, so that a row costs no
way there and back. Where not every row is as expected, nothing is done here: `rows`
looks at each of them.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Enum,
    Integer,
    Numeric,
    String,
    Text,
    Uuid,
    and_,
    cast,
    column,
    delete,
    func,
    literal,
    select,
    update,
)
from sqlalchemy import table as sql_table
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import UserDefinedType

from subjects.systems.shape import Path
from subjects.systems.sql.table import Table
from subjects.systems.values import plain

if TYPE_CHECKING:
    from subjects.systems.sql.rows import Item

WORTH = 50  # so many rows; fewer are looked at one by one
# Types whose values are equal in the server when they are for us.
_PLAIN = (Boolean, Date, DateTime, Integer, Numeric, String, Uuid)


class Shape(NamedTuple):
    """What changes must have in common to be carried out together."""

    expected: tuple[Path, ...]
    values: tuple[Path, ...] | None


def shape_of(item: "Item") -> Shape:
    """Return which fields a change is about."""
    values = item.change.values
    return Shape(tuple(item.change.expected), None if values is None else tuple(values))


class Together:
    """The rows of one table, told apart by the columns `names`."""

    def __init__(self, table: Table, names: tuple[str, ...]) -> None:
        self._types = table.types
        self._names = names
        self._source = sql_table(
            table.collection.name,
            *(column(name, kind) for name, kind in table.types.items()),
            schema=table.schema,
        )

    def fits(self, shape: Shape, items: Sequence["Item"]) -> bool:
        """Say whether the server compares these fields as we do."""
        paths = (*shape.expected, *(shape.values or ()))
        names = {*self._names, *(path[0] for path in paths)}
        return (
            len(items) >= WORTH
            and all(len(path) == 1 for path in paths)
            and all(
                isinstance(kind := self._types.get(name), _PLAIN)
                and not isinstance(kind, Enum)
                for name in names
            )
        )

    def count_expected(
        self, connection: Connection, shape: Shape, items: Sequence["Item"]
    ) -> int:
        """Return how many rows say what is expected."""
        told = self._told(shape.expected, (), items)
        return self._count(connection, self._as_expected(told, shape.expected))

    def write(
        self, connection: Connection, shape: Shape, items: Sequence["Item"]
    ) -> int:
        """Change those rows that say what is expected; return how many did."""
        told = self._told(shape.expected, shape.values or (), items)
        where = self._as_expected(told, shape.expected)
        if shape.values is None:
            return connection.execute(delete(self._source).where(where)).rowcount
        said = {path[0]: told.c[f"v{n}"] for n, path in enumerate(shape.values)}
        statement = update(self._source).where(where).values(said)
        return connection.execute(statement).rowcount

    def count_ordered(
        self, connection: Connection, shape: Shape, items: Sequence["Item"]
    ) -> int:
        """Return how many rows are gone, or say what they should."""
        told = self._told((), shape.values or (), items)
        if shape.values is None:
            return len(items) - self._count(connection, self._same_keys(told))
        says = [
            self._source.c[path[0]].is_not_distinct_from(told.c[f"v{n}"])
            for n, path in enumerate(shape.values)
        ]
        return self._count(connection, and_(self._same_keys(told), *says))

    def _count(self, connection: Connection, where: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(self._source).where(where)
        return int(connection.execute(query).scalar_one())

    def _same_keys(self, told: TableValuedAlias) -> ColumnElement[bool]:
        return and_(
            *(
                self._source.c[name] == told.c[f"k{n}"]
                for n, name in enumerate(self._names)
            )
        )

    def _as_expected(
        self, told: TableValuedAlias, expected: Sequence[Path]
    ) -> ColumnElement[bool]:
        says = [
            self._source.c[path[0]].is_not_distinct_from(told.c[f"e{n}"])
            for n, path in enumerate(expected)
        ]
        return and_(self._same_keys(told), *says)

    def _told(
        self, expected: Sequence[Path], values: Sequence[Path], items: Sequence["Item"]
    ) -> TableValuedAlias:
        """Return what is known of the rows as a table: key, expected, ordered."""
        told = [
            {f"k{n}": item.change.key[name] for n, name in enumerate(self._names)}
            | {f"e{n}": item.change.expected[path] for n, path in enumerate(expected)}
            | {f"v{n}": new[path] for n, path in enumerate(values)}
            for item in items
            for new in [item.change.values or {}]
        ]
        columns = [
            *(column(f"k{n}", self._types[name]) for n, name in enumerate(self._names)),
            *(column(f"e{n}", self._types[one[0]]) for n, one in enumerate(expected)),
            *(column(f"v{n}", self._types[one[0]]) for n, one in enumerate(values)),
        ]
        text = cast(
            literal(json.dumps(told, default=plain, ensure_ascii=False), Text),
            _PlainJSON,
        )
        table = func.json_to_recordset(text).table_valued(*columns)
        return table.render_derived("told", with_types=True)


class _PlainJSON(UserDefinedType[str]):
    """JSON that is written already."""

    cache_ok = True

    def get_col_spec(self, **_given: Any) -> str:
        return "json"
