"""What a database really has: its tables, with types, keys and indexes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy.dialects.postgresql import ARRAY, JSON, JSONB
from sqlalchemy.engine import Inspector
from sqlalchemy.engine.reflection import ObjectKind
from sqlalchemy.types import JSON as ANY_JSON
from sqlalchemy.types import TypeEngine

_KINDS = {str: "string", int: "integer", float: "float", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class LiveColumn:
    """A column; `data_type` in the words of a description, empty where none fits."""

    name: str
    data_type: str
    length: int | None
    is_array: bool = False


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """One column that refers to a column of a table; `schema` is None for our own."""

    column: str
    table: str
    referred: str
    schema: str | None = None


@dataclass(frozen=True, slots=True)
class LiveTable:
    """A table or view. `indexed` are the columns that an index can find at once."""

    name: str
    columns: Mapping[str, LiveColumn]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    indexed: frozenset[str]
    is_view: bool


def read_tables(connection: Connection, schema: str | None) -> dict[str, LiveTable]:
    """Return the tables and views of a schema, or of the usual one, by name."""
    seen = inspect(connection)
    views = set(seen.get_view_names(schema))
    keys = seen.get_multi_pk_constraint(schema)
    foreign = seen.get_multi_foreign_keys(schema)
    indexes = _indexes(seen, schema)
    tables = {}
    for place, columns in seen.get_multi_columns(schema, kind=ObjectKind.ANY).items():
        name = place[1]
        found = keys.get(place)
        key = tuple(found["constrained_columns"]) if found else ()
        tables[name] = LiveTable(
            name=name,
            columns={one["name"]: _column(one["name"], one["type"]) for one in columns},
            primary_key=key,
            foreign_keys=tuple(_foreign_keys(foreign.get(place) or ())),
            indexed=frozenset({*key[:1], *indexes.get(name, ())}),
            is_view=name in views,
        )
    return tables


def _indexes(seen: Inspector, schema: str | None) -> dict[str, set[str]]:
    """Return the first column of every index, by table."""
    found: dict[str, set[str]] = {}
    for (_schema, table), indexes in seen.get_multi_indexes(schema).items():
        for index in indexes:
            found.setdefault(table, set()).update(
                filter(None, index["column_names"][:1])
            )
    for (_schema, table), unique in seen.get_multi_unique_constraints(schema).items():
        for constraint in unique:
            found.setdefault(table, set()).update(constraint["column_names"][:1])
    return found


def _foreign_keys(found: Iterable[Mapping[str, Any]]) -> Iterable[ForeignKey]:
    for key in found:
        if len(key["constrained_columns"]) == 1:
            yield ForeignKey(
                column=key["constrained_columns"][0],
                table=key["referred_table"],
                referred=key["referred_columns"][0],
                schema=key["referred_schema"],
            )


def _column(name: str, column_type: TypeEngine[Any]) -> LiveColumn:
    if isinstance(column_type, ARRAY):
        inner = _column(name, column_type.item_type)
        return LiveColumn(name, inner.data_type, inner.length, is_array=True)
    if isinstance(column_type, (ANY_JSON, JSON, JSONB)):
        return LiveColumn(name, "object", None)
    length = getattr(column_type, "length", None)
    return LiveColumn(name, _data_type(column_type), length)


def _data_type(column_type: TypeEngine[Any]) -> str:
    try:
        return _KINDS.get(column_type.python_type, "")
    except NotImplementedError:  # a type of this database's own, such as inet
        return ""
