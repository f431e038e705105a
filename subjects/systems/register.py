"""Which systems the controller has: read from `systems.toml`.

Each `[[system]]` has a `key`, a `kind` (`kinds.py`; "sql" if not given) and a
`dataset` (a YAML file, relative to the toml); further `name` (a text, or one per
language), `owner`, `acts` (which orders a machine may carry out there) and the keys
of its kind. A secret `x` may stand in the environment (`x_env`) or a file (`x_file`).
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from subjects.systems.base import System
from subjects.systems.datasets import read_datasets, refuse_twins
from subjects.systems.kinds import KINDS
from subjects.systems.listing import (
    TEXT,
    Kind,
    Listing,
    RegisterError,
    Value,
    check_given,
    check_keys,
)

__all__ = ["RegisterError", "load_systems"]

_KEYS = {
    "key": TEXT,
    "kind": TEXT,
    "dataset": TEXT,
    "owner": TEXT,
    "name": Value((str, dict), "text, or a table of languages"),
    "acts": Value((list,), "a list of acts"),
}


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
    kind = _kind(where, entry.get("kind", "sql"))
    check_keys(where, entry, {**_KEYS, **kind.keys})
    check_given(where, entry, ("key", "dataset") if kind.needs_dataset else ("key",))
    described = entry.get("dataset")
    datasets = read_datasets(path.parent / described) if described else ()
    return kind.make(Listing(path, entry, datasets))


def _kind(where: str, name: object) -> Kind:
    if isinstance(name, str) and name in KINDS:
        return KINDS[name]
    raise RegisterError(f"{where}: kind is {name!r}; write one of {', '.join(KINDS)}")
