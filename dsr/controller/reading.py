"""Reads a table of TOML into dataclasses by their fields, loud on every mistake.

It knows types only; what the policy must say in substance stands in `checks`.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from dsr.controller.data import Timeline

WANTED = {str: "a text", int: "a whole number", bool: "true or false", date: "a day"}


class PolicyFileError(Exception):
    """A policy file cannot be used; the sentence names file, key and cure."""


def read(kind: Any, value: Any, at: str) -> Any:
    """Return `value` as `kind`, or raise PolicyFileError naming the key `at`."""
    if is_dataclass(kind):
        return read_table(kind, value, at)
    reader = READERS.get(get_origin(kind))
    if reader:
        return reader(get_args(kind), value, at)
    return read_plain(kind, value, at)


def read_plain(kind: Any, value: Any, at: str) -> Any:
    """Read a text, number, yes or no, or day; true is no number, an instant no day."""
    fits = isinstance(value, kind) and not isinstance(value, datetime)
    if not fits or (kind is int and isinstance(value, bool)):
        raise PolicyFileError(f"{at} is {value!r}; give {WANTED[kind]}")
    if kind is str and not value.strip():
        raise PolicyFileError(f"{at} is empty; write the text")
    if kind is int and value < 0:
        raise PolicyFileError(f"{at} is {value}; give a number that is not negative")
    return value


def read_table(kind: Any, value: Any, at: str) -> Any:
    """Read a table into a dataclass: no key missing, none unknown."""
    table = expect_table(value, at)
    hints = get_type_hints(kind)
    for key in table:
        if key not in hints:
            known = ", ".join(hints)
            raise PolicyFileError(
                f"{at}.{key} is unknown; remove it or use one of: {known}".lstrip(".")
            )
    found = {}
    for field in fields(kind):
        where = f"{at}.{field.name}".lstrip(".")
        if field.name in table:
            found[field.name] = read(hints[field.name], table[field.name], where)
        elif field.default is MISSING:
            raise PolicyFileError(
                f"{where} is missing; add it as {describe(hints[field.name])}"
            )
    return kind(**found)


def read_mapping(args: tuple[Any, ...], value: Any, at: str) -> Mapping[str, Any]:
    """Read a table whose keys the controller chooses."""
    table = expect_table(value, at)
    if not table:
        raise PolicyFileError(f"{at} is empty; add at least one entry")
    read_entries = {key: read(args[1], table[key], f"{at}.{key}") for key in table}
    return types.MappingProxyType(read_entries)


def read_list(args: tuple[Any, ...], value: Any, at: str) -> tuple[Any, ...]:
    """Read a list of things of one kind, at least one."""
    if not isinstance(value, list) or not value:
        raise PolicyFileError(f"{at} is {value!r}; give a list with one entry or more")
    return tuple(read(args[0], item, f"{at}[{i}]") for i, item in enumerate(value))


def read_timeline(args: tuple[Any, ...], value: Any, at: str) -> Timeline[Any]:
    """Read the versions of a block; each follows the one before without overlap."""
    versions = read_list(args, value, at)
    for i, version in enumerate(versions):
        if version.valid_from > (version.valid_to or date.max):
            raise PolicyFileError(
                f"{at}[{i}].valid_to is {version.valid_to}, before valid_from "
                f"{version.valid_from}; give a later day"
            )
        if i and (versions[i - 1].valid_to or date.max) >= version.valid_from:
            raise PolicyFileError(
                f"{at}[{i}].valid_from is {version.valid_from}, while {at}[{i - 1}] "
                "still holds; end that one the day before"
            )
    return Timeline(versions)


def read_choice(args: tuple[Any, ...], value: Any, at: str) -> Any:
    """Read one of a few words."""
    if value not in args:
        words = ", ".join(map(str, args))
        raise PolicyFileError(f"{at} is {value!r}; use one of: {words}")
    return value


def read_optional(args: tuple[Any, ...], value: Any, at: str) -> Any:
    """Read a key that may be left out; TOML has no way to say None."""
    return read(args[0], value, at)


READERS: dict[Any, Callable[[tuple[Any, ...], Any, str], Any]] = {
    Mapping: read_mapping,
    tuple: read_list,
    Timeline: read_timeline,
    Literal: read_choice,
    types.UnionType: read_optional,
    Union: read_optional,
}


def expect_table(value: Any, at: str) -> dict[str, Any]:
    """Return the value if it is a table."""
    if not isinstance(value, dict):
        raise PolicyFileError(f"{at} is {value!r}; give a table with keys")
    return value


def describe(kind: Any) -> str:
    """Say in words what a key should hold."""
    if is_dataclass(kind):
        return "a table with the keys " + ", ".join(f.name for f in fields(kind))
    if get_origin(kind) is Literal:
        return "one of: " + ", ".join(map(str, get_args(kind)))
    return WANTED.get(kind, "a table" if get_origin(kind) is Mapping else "a list")
