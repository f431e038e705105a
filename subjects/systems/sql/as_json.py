"""Rows that PostgreSQL writes as JSON by itself, several times as fast as we could.

Only where the text is what `values.plain` would give: of a type that is not here, or
that a description means otherwise, the rows are read one by one.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ARRAY,
    UUID,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    Select,
    String,
    Text,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    null,
    select,
)
from sqlalchemy.dialects.postgresql import CITEXT, JSONB
from sqlalchemy.types import TypeEngine

from subjects.systems.base import Question
from subjects.systems.sql.table import Table
from subjects.systems.values import EXACT

_PLAIN = (String, CITEXT, Enum, Integer, Boolean, UUID, Date, DateTime, Float, JSONB)


def select_json(table: Table, question: Question) -> Select[Any] | None:
    """Return what finds the rows as JSON texts; None where that is not for this table.

    The order is that of the inner statement, which nothing here can change.
    """
    if table.dialect != "postgresql" or not table.is_exact(question):
        return None
    names = table.columns_for(question)
    described = {field.name for field in table.collection.fields}
    if described != set(names) or any(_is_meant_otherwise(table, n) for n in names):
        return None
    writers = {name: _writer(table.types[name]) for name in names}
    columns = [
        write(column(name)).label(name) for name, write in writers.items() if write
    ]
    if len(columns) < len(names):
        return None
    rows = table.select(question, columns).subquery("found")
    record = func.row_to_json(literal_column("found"))
    return select(cast(record, Text)).select_from(rows)


def _is_meant_otherwise(table: Table, name: str) -> bool:
    is_array = isinstance(table.types[name], ARRAY)  # it is described as one, and is
    return table.is_meant_otherwise(name) and not is_array


Writer = Callable[[ColumnElement[Any]], ColumnElement[Any]]


def _writer(column_type: TypeEngine[Any]) -> Writer | None:
    if isinstance(column_type, ARRAY):
        inner = column_type.item_type
        exact = isinstance(inner, _PLAIN) and not isinstance(inner, Numeric)
        return _as_it_is if exact else None
    if isinstance(column_type, LargeBinary):
        return _data_url
    if isinstance(column_type, Numeric) and not isinstance(column_type, Float):
        digits = column_type.precision or 2 * EXACT  # as many as one likes
        return _as_it_is if digits <= EXACT else _number
    return _as_it_is if isinstance(column_type, _PLAIN) else None


def _as_it_is(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return value


def _data_url(value: ColumnElement[Any]) -> ColumnElement[Any]:
    encoded = func.replace(func.encode(value, "base64"), "\n", "")
    return literal("data:;base64,", Text).concat(encoded)  # null stays null


def _number(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """Write a number where a float holds it exactly as written, else a text."""
    double = cast(value, Float(53))
    same = cast(cast(double, Text), Numeric) == value
    whole = func.scale(value) == 0
    as_number, as_text = func.to_jsonb(value), func.to_jsonb(cast(value, Text))
    return case((value.is_(None), null()), (whole | same, as_number), else_=as_text)
