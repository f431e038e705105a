"""Values on their way into a row: planned as JSON, stored as the column wants them."""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import CHAR, JSON, TEXT, VARCHAR, Integer, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import LargeBinary, TypeEngine

from subjects.systems.shape import Path
from subjects.systems.sql.values import bindable
from subjects.systems.values import plain, unpacked

_TEXTS = frozenset({Text, TEXT, String, VARCHAR, CHAR})  # take any text as it is
SMALL = 2**15  # every column of whole numbers holds those below
_BYTES = "data:;base64,"  # how bytes are written in JSON, see values.plain


class UnstorableError(ValueError):
    """A column cannot hold what was ordered."""


def storing(column_type: TypeEngine[Any], dialect: str) -> Callable[[Any], Any]:
    """Return what turns a value into what a column takes.

    It raises UnstorableError where the column cannot hold the value.
    """
    holds_integers = isinstance(column_type, Integer)
    holds_text = dialect == "sqlite" or type(column_type) in _TEXTS

    def store(value: Any) -> Any:
        if value is None:
            return None
        if holds_text and type(value) is str and _is_simple(value):
            return value
        if holds_integers and type(value) is int and abs(value) < SMALL:
            return value
        return stored(value, column_type, dialect)

    return store


def _is_simple(text: str) -> bool:
    return text.isascii() and "\0" not in text and not text.startswith(_BYTES)


def stored(value: Any, column_type: TypeEngine[Any], dialect: str) -> Any:
    """Return `value` as the column takes it.

    Raises:
        UnstorableError: the column cannot hold it.

    """
    if value is None:
        return None
    if isinstance(value, (dict, list, tuple)):
        return _packed(value, column_type, dialect)
    if isinstance(column_type, JSON) and dialect != "sqlite":
        return value
    if isinstance(value, str) and value.startswith(_BYTES) and _is_bytes(column_type):
        return base64.b64decode(value.removeprefix(_BYTES))
    found = bindable([value], column_type, dialect)
    if not found:
        raise UnstorableError
    return found[0]


def _packed(value: Any, column_type: TypeEngine[Any], dialect: str) -> Any:
    if isinstance(column_type, ARRAY):
        inner = column_type.item_type
        return [stored(element, inner, dialect) for element in value]
    if isinstance(column_type, JSON) and dialect != "sqlite":
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_bytes(column_type: TypeEngine[Any]) -> bool:
    return isinstance(column_type, LargeBinary)


def changed(value: Any, path: Path, to: Any) -> Any:
    """Return a column's value in which everything at `path` says `to`.

    A path goes through lists; where the way to it is missing, there is nothing to say.
    """
    if not path:
        return to
    if isinstance(value, (list, tuple)):
        return [changed(element, path, to) for element in value]
    inside = unpacked(value)
    if inside is not value:  # JSON text that nobody described as such
        return changed(inside, path, to)
    if isinstance(value, Mapping) and path[0] in value:
        return {**value, path[0]: changed(value[path[0]], path[1:], to)}
    return value


def says(value: Any, wanted: Any, column_type: TypeEngine[Any], dialect: str) -> bool:
    """Say whether a value of a column is `wanted`, however the column writes it."""
    if plain(value) == plain(wanted):
        return True
    if value is None or wanted is None:
        return False
    try:
        kept = stored(wanted, column_type, dialect)
    except UnstorableError:
        return False
    written, ordered = plain(value), plain(kept)
    if isinstance(written, str) and isinstance(ordered, str):
        return written.rstrip(" ") == ordered.rstrip(" ")  # CHAR(n) is padded
    return bool(written == ordered)
