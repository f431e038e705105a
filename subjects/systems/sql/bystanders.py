"""Rows that the database itself would delete or change along with ours: left alone.

A foreign key that cascades, or empties itself, reaches rows that no plan has looked
at; where one would, the whole list is refused.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    column,
    inspect,
    select,
    text,
    tuple_,
)
from sqlalchemy import table as sql_table

from subjects.systems.changes import Change, ChangeError
from subjects.systems.shape import Address
from subjects.systems.sql.table import Table
from subjects.systems.values import as_text

REACHES = ("CASCADE", "SET NULL", "SET DEFAULT")
AT_ONCE = 400  # rows asked about in a statement

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Arrow:
    """A foreign key by which the deletion of a row reaches another table."""

    table: str
    columns: tuple[str, ...]
    to: str
    referred: tuple[str, ...]


def spare_others(
    system: str,
    connection: Connection,
    changes: Sequence[Change],
    table_of: Callable[[Address], Table],
) -> None:
    """Raise ChangeError where a deletion would reach a row that is not in the list."""
    deleted: dict[Address, list[Change]] = {}
    for change in changes:
        if change.values is None:
            deleted.setdefault(change.address, []).append(change)
    if not deleted:
        return
    schemas = {table_of(address).schema for address in deleted}
    arrows = {schema: list(_arrows(connection, schema)) for schema in schemas}
    for address, gone in deleted.items():
        table = table_of(address)
        for arrow in arrows[table.schema]:
            if arrow.to != address.collection:
                continue
            ours = _ours(changes, arrow.table, table, table_of)
            reached = _reached(connection, table, arrow, gone, ours)
            if reached:
                raise ChangeError(
                    f"{system}: deleting rows of {address} would make the database "
                    f"delete or empty {reached:,} rows of {arrow.table} that are not "
                    "in the plan; nothing is changed. Describe that collection, or "
                    "erase by hand"
                )


def _arrows(connection: Connection, schema: str | None) -> Iterator[_Arrow]:
    """Yield the foreign keys of a schema that reach further than their own row."""
    if connection.dialect.name == "sqlite":
        yield from _arrows_in_sqlite(connection)
        return
    for (_schema, name), keys in (
        inspect(connection).get_multi_foreign_keys(schema=schema).items()
    ):
        for key in keys:
            if str(key["options"].get("ondelete", "")).upper() in REACHES:
                columns, referred = key["constrained_columns"], key["referred_columns"]
                yield _Arrow(
                    name, tuple(columns), key["referred_table"], tuple(referred)
                )


def _arrows_in_sqlite(connection: Connection) -> Iterator[_Arrow]:
    """Ask SQLite itself: what SQLAlchemy reads out of its SQL misses some spellings."""
    seen = inspect(connection)
    for name in seen.get_table_names():
        found: dict[int, list[Any]] = {}
        query = text("SELECT * FROM pragma_foreign_key_list(:name)")
        for row in connection.execute(query, {"name": name}):
            if row.on_delete in REACHES:
                found.setdefault(row.id, []).append(row)
        for rows in found.values():
            to = rows[0].table
            referred = [row.to for row in rows if row.to]
            referred = referred or seen.get_pk_constraint(to)["constrained_columns"]
            columns = tuple(getattr(row, "from") for row in rows)
            yield _Arrow(name, columns, to, tuple(referred))


def _ours(
    planned: Sequence[Change],
    name: str,
    deleted_from: Table,
    table_of: Callable[[Address], Table],
) -> dict[tuple[str, ...], set[Key]]:
    """Return the rows of a table that the plan names, by the columns of their key."""
    ours: dict[tuple[str, ...], set[Key]] = {}
    for change in planned:
        same = table_of(change.address).schema == deleted_from.schema
        if change.address.collection == name and same:
            names = tuple(sorted(change.key))
            key = tuple(as_text(change.key[one]) for one in names)
            ours.setdefault(names, set()).add(key)
    return ours


def _reached(
    connection: Connection,
    table: Table,
    arrow: _Arrow,
    gone: Sequence[Change],
    ours: dict[tuple[str, ...], set[Key]],
) -> int:
    """Count the rows of others that the deletion would reach."""
    names = tuple(dict.fromkeys(one for key in ours for one in key))
    wanted: list[ColumnElement[Any]] = [column(one) for one in names or arrow.columns]
    source = sql_table(arrow.table, schema=table.schema)
    count, rest = 0, iter(_values(connection, table, arrow.referred, gone))
    while part := list(islice(rest, AT_ONCE)):
        refers = tuple_(*map(column, arrow.columns)).in_(part)
        for row in connection.execute(
            select(*wanted).select_from(source).where(refers)
        ):
            texts = dict(zip(names, map(as_text, row), strict=False))
            count += not any(
                tuple(texts[one] for one in key) in known for key, known in ours.items()
            )
    return count


def _values(
    connection: Connection,
    table: Table,
    referred: tuple[str, ...],
    gone: Sequence[Change],
) -> list[tuple[Any, ...]]:
    """Return what the deleted rows say in the columns that a foreign key refers to."""
    names = tuple(gone[0].key)
    source = sql_table(table.collection.name, schema=table.schema)
    found: list[tuple[Any, ...]] = []
    rest = iter(gone)
    while part := list(islice(rest, AT_ONCE)):
        keys = [tuple(change.key[one] for one in names) for change in part]
        wanted: list[ColumnElement[Any]] = [column(one) for one in referred]
        query = select(*wanted).select_from(source)
        which = tuple_(*(column(one, table.types[one]) for one in names)).in_(keys)
        found += [tuple(row) for row in connection.execute(query.where(which))]
    return found
