"""Which systems the controller has: read from `systems.toml`.

Each `[[system]]` has a `key`, a `dataset` (a YAML file, relative to the toml) and a
`url`, or in `url_env` the name of the environment variable that holds it; further
`name` (a text, or one per language), `owner` and `row_limit`.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from subjects.systems.base import System
from subjects.systems.datasets import read_datasets, refuse_twins
from subjects.systems.shape import LANGUAGES
from subjects.systems.sql.system import ROW_LIMIT, SQLSystem
from subjects.systems.sql.url import DatabaseURLError, parse_url

_KEYS: dict[str, tuple[tuple[type, ...], str]] = {
    "key": ((str,), "text"),
    "dataset": ((str,), "text"),
    "url": ((str,), "text"),
    "url_env": ((str,), "text"),
    "owner": ((str,), "text"),
    "name": ((str, dict), "text, or a table of languages"),
    "row_limit": ((int,), "a whole number"),
}


class RegisterError(ValueError):
    """The list of systems cannot be used; names file, key and cure."""


def load_systems(path: Path) -> tuple[System, ...]:
    """Return the systems listed in the file at `path`; opens no connection.

    Raises:
        RegisterError: the list cannot be used.
        DatasetError: a description it names cannot be used.

    """
    entries = _toml(path).get("system")
    if not isinstance(entries, list) or not entries:
        raise RegisterError(
            f"{path}: system is missing; add a [[system]] with key, dataset and url"
        )
    systems = tuple(
        _system(path, number, entry) for number, entry in enumerate(entries, start=1)
    )
    keys = [system.key for system in systems]
    for key in keys:
        if keys.count(key) > 1:
            raise RegisterError(f"{path}: key {key!r} is used twice; rename one")
    refuse_twins(dataset for system in systems for dataset in system.datasets)
    return systems


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise RegisterError(
            f"{path}: the file cannot be read ({error.strerror}); check SYSTEMS_FILE"
        ) from error
    except ValueError as error:
        raise RegisterError(
            f"{path}: this is not TOML ({error}); correct it there"
        ) from error


def _system(path: Path, number: int, entry: object) -> System:
    where = f"{path}: system {number}"
    if not isinstance(entry, Mapping):
        raise RegisterError(f"{where} is no table; write [[system]] above its keys")
    _check_keys(where, entry)
    where = f"{path}: system {entry['key']}"
    return SQLSystem(
        key=entry["key"],
        url=_url(where, path, entry),
        datasets=read_datasets(path.parent / entry["dataset"]),
        name=_name(where, entry.get("name", {})),
        owner=entry.get("owner", ""),
        row_limit=entry.get("row_limit", ROW_LIMIT),
    )


def _check_keys(where: str, entry: Mapping[str, Any]) -> None:
    for key, value in entry.items():
        if key not in _KEYS:
            raise RegisterError(f"{where}: {key} is unknown; use {', '.join(_KEYS)}")
        kinds, cure = _KEYS[key]
        if type(value) not in kinds:
            raise RegisterError(f"{where}: {key} is {value!r}; write {cure}")
    if entry.get("row_limit", 1) < 1:
        limit = entry["row_limit"]
        raise RegisterError(f"{where}: row_limit is {limit}; write a number above 0")
    for key in ("key", "dataset"):
        if not entry.get(key):
            raise RegisterError(f"{where}: {key} is missing; add it")


def _name(where: str, name: str | Mapping[str, Any]) -> dict[str, str]:
    if isinstance(name, str):
        return dict.fromkeys(LANGUAGES, name)
    for language, text in name.items():
        if language not in LANGUAGES or not isinstance(text, str):
            raise RegisterError(
                f"{where}: name has {language!r}; write a text for each of "
                f"{', '.join(LANGUAGES)}"
            )
    return dict(name)


def _url(where: str, path: Path, entry: Mapping[str, Any]) -> Any:
    variable = entry.get("url_env", "")
    text = os.environ.get(variable, "") if variable else entry.get("url", "")
    if not text:
        missing = f"the variable {variable} is not set" if variable else "no url"
        raise RegisterError(
            f"{where}: {missing}; give url, or url_env and that variable"
        )
    try:
        return parse_url(text, folder=path.parent.resolve())
    except DatabaseURLError as error:
        raise RegisterError(f"{where}: url: {error}") from error
