"""Values on their way: out of a row, cast for the next query, plain for JSON."""

import base64
import json
import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from subjects.systems.shape import Path

_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_OBJECT_ID_DIGITS = 24


def values_at(row: object, path: Path) -> Iterator[Any]:
    """Yield the values at `path` in `row`, through lists, leaving out nulls."""
    if isinstance(row, (list, tuple)):
        for element in row:
            yield from values_at(element, path)
    elif path and isinstance(row, Mapping):
        yield from values_at(row.get(path[0]), path[1:])
    elif not path and row is not None and not isinstance(row, Mapping):
        yield row


def cast(value: Any, data_type: str) -> Any:
    """Return `value` as a dataset's `data_type` asks, None where it cannot be.

    An empty type, or "object", asks nothing.
    """
    caster = _CASTERS.get(data_type)
    if caster is None:
        return value
    try:
        return caster(value)
    except (ValueError, TypeError, OverflowError):
        return None


def _boolean(value: Any) -> bool | None:
    return _TRUTH.get(str(value).lower())


def _integer(value: Any) -> int:
    number = int(value)
    if isinstance(value, float) and number != value:
        raise ValueError("a number with a fraction is no integer")
    return number


def _object_id(value: Any) -> str:
    text = str(value)
    if len(text) != _OBJECT_ID_DIGITS:
        raise ValueError("an object id has 24 hexadecimal digits")
    int(text, 16)
    return text


_CASTERS: dict[str, Callable[[Any], Any]] = {
    "string": str,
    "integer": _integer,
    "float": float,
    "boolean": _boolean,
    "object_id": _object_id,
}


def unpacked(value: Any) -> Any:
    """Return the object or array that a text column holds as JSON, else the text."""
    if not isinstance(value, (str, bytes)):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def plain(value: Any) -> Any:
    """Return `value` in JSON's own types, losing nothing.

    A Decimal becomes a number where a float holds it exactly as written, else
    text; dates and times become ISO 8601 text; bytes a data URL (RFC 2397).
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return _plain_decimal(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "data:;base64," + base64.b64encode(bytes(value)).decode("ascii")
    return str(value)


def _plain_decimal(value: Decimal) -> int | float | str:
    if not value.is_finite():
        return str(value)
    if value.as_tuple().exponent == 0:
        return int(value)
    number = float(value)
    return number if Decimal(repr(number)) == value else str(value)


def narrowed(row: Any, path: Path, wanted: set[Any], data_type: str) -> Any:
    """Return `row` with only the array elements that match `wanted` at `path`.

    Where no element matches, the row was found by another field and stays whole.
    """
    if not any(cast(value, data_type) in wanted for value in values_at(row, path)):
        return row
    return _narrowed(row, path, wanted, data_type)


def _narrowed(value: Any, path: Path, wanted: set[Any], data_type: str) -> Any:
    if isinstance(value, list):
        return [
            _narrowed(element, path, wanted, data_type)
            for element in value
            if any(cast(one, data_type) in wanted for one in values_at(element, path))
        ]
    if path and isinstance(value, Mapping) and path[0] in value:
        inner = _narrowed(value[path[0]], path[1:], wanted, data_type)
        return {**value, path[0]: inner}
    return value
