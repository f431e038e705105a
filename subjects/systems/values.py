"""Values on their way: out of a row, cast for the next query, plain for JSON."""

import base64
import json
import math
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
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


_PLAIN = frozenset({str, int, bool, type(None)})


def plain(value: Any) -> Any:
    """Return `value` in JSON's own types, losing nothing.

    A Decimal becomes a number where a float holds it exactly as written, else
    text; dates and times become ISO 8601 text; bytes a data URL (RFC 2397).
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return _plain_decimal(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "data:;base64," + base64.b64encode(bytes(value)).decode("ascii")
    return str(value)


EXACT = 15  # significant digits that a float always holds


def _plain_decimal(value: Decimal) -> int | float | str:
    text = str(value)
    if not value.is_finite():
        return text
    if "E" in text:
        number = float(value)
        return number if Decimal(repr(number)) == value else text
    if "." not in text:
        return int(text)
    number = float(text)
    if len(text) <= EXACT or Decimal(repr(number)) == value:
        return number
    return text


Target = tuple[Path, Container[str]]  # where in a row, and the values wanted there


def narrowed(value: Any, targets: Sequence[Target]) -> Any:
    """Return a row with only those elements of its arrays that hold a wanted value.

    An array in which no element does stays whole: the row was found by another field.
    """
    if isinstance(value, list):
        kept = [
            narrowed(element, targets)
            for element in value
            if any(holds(element, path, wanted) for path, wanted in targets)
        ]
        return kept or value
    if not isinstance(value, Mapping):
        return value
    below: dict[str, list[Target]] = {}
    for path, wanted in targets:
        if path and path[0] in value:
            below.setdefault(path[0], []).append((path[1:], wanted))
    return {**value, **{name: narrowed(value[name], below[name]) for name in below}}


def holds(row: Any, path: Path, wanted: Container[str]) -> bool:
    """Say whether a value at `path` in `row`, written as text, is `wanted`."""
    return any(as_text(value) in wanted for value in values_at(row, path))


def as_text(value: Any) -> str:
    """Return `value` as JSON would write it, without quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(plain(value))
