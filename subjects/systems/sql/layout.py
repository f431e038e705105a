"""The columns of a table as its database declares them."""

from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Enum, Float, Integer, Numeric, String
from sqlalchemy.types import TypeEngine

from subjects.systems.columns import Column, Layout
from subjects.systems.sql.table import Table

_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Enum, "other"),  # which is also text
    (Boolean, "boolean"),
    (Integer, "integer"),
    (Numeric, "number"),
    (Float, "number"),
    (DateTime, "datetime"),
    (Date, "date"),
    (String, "text"),
)


def layout_of(table: Table) -> Layout:
    """Return the columns of a table, and those of its primary key."""
    columns = {
        name: Column(
            kind=_kind(column_type),
            nullable=name in table.nullable,
            length=getattr(column_type, "length", None),
        )
        for name, column_type in table.types.items()
    }
    return Layout(table.primary_key, columns)


def _kind(column_type: TypeEngine[Any]) -> str:
    return next(
        (name for kind, name in _KINDS if isinstance(column_type, kind)), "other"
    )
