"""How a field is made to tell nothing: the strategies, by the names of fideslang.

A description may say `masking_strategy_override: {strategy, configuration}`. Without
one a field is emptied; where its column may not be empty, it gets a value that tells
nothing and fits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from subjects.erasure.values import (
    constant_for,
    keyed_hash,
    random_like,
    random_text,
    same_form,
)
from subjects.systems.columns import Column
from subjects.systems.shape import Collection, DatasetError, Field

Strategy = Callable[[Any], Any]

NULL, CONSTANT, RANDOM = "null_rewrite", "string_rewrite", "random"
DELETE = "delete"  # the row, which only a collection can ask for
_ALGORITHMS = {"SHA-256": "sha256", "SHA-512": "sha512"}
_LENGTH = 30  # of a random text, as others have it


@dataclass(frozen=True, slots=True)
class Mask:
    """A strategy with its name; `apply` makes the new value from the old one."""

    name: str
    apply: Strategy


def mask_of(field: Field, column: Column | None, key: bytes, where: str) -> Mask:
    """Return how `field` is masked. `where` names it in errors.

    Raises:
        DatasetError: its description asks for what cannot be done.

    """
    override = field.masking or {}
    name = override.get("strategy", "")
    if not name:
        return _usual(field, column)
    settings = override.get("configuration") or {}
    maker = _MAKERS.get(name) if isinstance(settings, Mapping) else None
    if maker is None:
        raise DatasetError(
            f"{where}: masking_strategy_override asks for {name!r}; write one of "
            f"{', '.join(_MAKERS)}, with a mapping as its configuration"
        )
    if name == NULL and column is not None and not column.nullable:
        raise DatasetError(
            f"{where}: its column cannot be empty, so it cannot be masked by {NULL}; "
            "write another masking_strategy_override"
        )
    try:
        strategy = maker(settings, key)
    except (ValueError, TypeError) as error:
        raise DatasetError(
            f"{where}: the configuration of {name} cannot be used; {error}"
        ) from error
    return Mask(name, _fitting(strategy, field, column))


def deletes_rows(collection: Collection) -> bool:
    """Say whether a description asks for whole rows to be deleted."""
    return (collection.masking or {}).get("strategy") == DELETE


def _usual(field: Field, column: Column | None) -> Mask:
    if column is None or column.nullable:
        return Mask(NULL, lambda _value: None)
    if column.kind == "text":
        return Mask(RANDOM, _fitting(random_like, field, column))
    if column.kind == "other":
        return Mask(RANDOM, _other)
    constant = constant_for(column.kind)
    return Mask(CONSTANT, lambda _value: constant)


def _other(value: Any) -> Any:
    """Empty what holds other values, and say anything where one must be said."""
    return type(value)() if isinstance(value, (dict, list)) else random_like(value)


def _fitting(strategy: Strategy, field: Field, column: Column | None) -> Strategy:
    """Cut a text to what the description and the column allow."""
    lengths = [field.length, column.length if column else None]
    most = min((one for one in lengths if one), default=None)

    def fit(value: Any) -> Any:
        said = strategy(value)
        return said[:most] if most and isinstance(said, str) else said

    return fit


Settings = Mapping[str, Any]


def _null(settings: Settings, key: bytes) -> Strategy:
    return lambda _value: None


def _constant(settings: Settings, key: bytes) -> Strategy:
    if "rewrite_value" not in settings:
        raise ValueError("write rewrite_value")
    constant = settings["rewrite_value"]
    return lambda _value: _with_suffix(constant, settings)


def _random_text(settings: Settings, key: bytes) -> Strategy:
    length = settings.get("length", _LENGTH)
    if not isinstance(length, int) or length < 1:
        raise ValueError("write a length above 0")
    return lambda _value: _with_suffix(random_text(length), settings)


def _random(settings: Settings, key: bytes) -> Strategy:
    return random_like


def _same_form(settings: Settings, key: bytes) -> Strategy:
    return partial(same_form, key=key)


def _hash(settings: Settings, key: bytes) -> Strategy:
    algorithm = settings.get("algorithm", "SHA-256")
    if algorithm not in _ALGORITHMS:
        raise ValueError(f"write as its algorithm {' or '.join(_ALGORITHMS)}")
    digest = partial(keyed_hash, key=key, algorithm=_ALGORITHMS[algorithm])
    return lambda value: _with_suffix(digest(value), settings)


def _with_suffix(value: Any, settings: Settings) -> Any:
    form = settings.get("format_preservation") or {}
    if not isinstance(form, Mapping):
        raise TypeError("write format_preservation as a mapping with suffix")
    suffix = form.get("suffix") or ""
    return f"{value}{suffix}" if suffix else value


_MAKERS: dict[str, Callable[[Settings, bytes], Strategy]] = {
    NULL: _null,
    CONSTANT: _constant,
    "random_string_rewrite": _random_text,
    RANDOM: _random,
    "hash": _hash,
    "hmac": _hash,
    "same_form": _same_form,
}
