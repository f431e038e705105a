"""Values as a column of a database can compare them; what it cannot is left out.

A value found in one database is never put into another's SQL as text: it is bound,
and only after it was read as the type of the column it is compared with.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, SmallInteger
from sqlalchemy.types import TypeEngine

from subjects.systems.values import as_text, cast, plain

_READERS: Mapping[type, Callable[[Any], Any]] = {
    bool: lambda value: cast(value, "boolean"),
    int: lambda value: cast(value, "integer"),
    float: float,
    Decimal: lambda value: Decimal(as_text(value)),
    UUID: lambda value: UUID(as_text(value)),
    date: lambda value: date.fromisoformat(as_text(value)[:10]),
    datetime: lambda value: datetime.fromisoformat(as_text(value)),
    time: lambda value: time.fromisoformat(as_text(value)),
    bytes: lambda value: value if isinstance(value, bytes) else None,
}


def bindable(
    values: Iterable[Any], column_type: TypeEngine[Any], dialect: str
) -> list[Any]:
    """Return those of `values` that the column can hold, as it holds them."""
    if dialect == "sqlite":
        found = (_for_sqlite(value) for value in values)
    else:
        found = (_read(value, column_type) for value in values)
    return list(dict.fromkeys(value for value in found if value is not None))


def _for_sqlite(value: Any) -> Any:
    # SQLite compares by the column's affinity: 12 finds '12', and '12' finds 12.
    if isinstance(value, bytes):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**63 else None
    return _sound(plain(value))


def _read(value: Any, column_type: TypeEngine[Any]) -> Any:
    kind = _python_type(column_type)
    reader = _READERS.get(kind)
    if reader is None:
        return _sound(as_text(value))
    try:
        found = reader(value)
    except (ValueError, TypeError, ArithmeticError):
        return None
    if kind is int and found is not None and abs(found) >= _size(column_type):
        return None
    return found


def _python_type(column_type: TypeEngine[Any]) -> type:
    try:
        return column_type.python_type
    except NotImplementedError:
        return str


def _size(column_type: TypeEngine[Any]) -> int:
    if isinstance(column_type, BigInteger):
        return 2**63
    return 2**15 if isinstance(column_type, SmallInteger) else 2**31


def _sound(value: Any) -> Any:
    """Return `value`, or None if it is a text that no database can hold."""
    if not isinstance(value, str):
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return None
    return None if "\0" in value else value
