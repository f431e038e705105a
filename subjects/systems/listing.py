"""One `[[system]]` of the list as it is written: its keys, its secrets, its place."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from subjects.systems.base import System
from subjects.systems.shape import ACTS, LANGUAGES, Dataset


class RegisterError(ValueError):
    """The list of systems cannot be used; names file, key and cure."""


class Value(NamedTuple):
    """Of which types a key's value may be, and what to write instead of another."""

    types: tuple[type, ...]
    cure: str
    is_secret: bool = False  # never shown


TEXT = Value((str,), "text")
NUMBER = Value((int,), "a whole number")
TABLE = Value((dict,), "a table")


@dataclass(frozen=True, slots=True)
class Listing:
    """A system as listed in `file`; its keys are known and of the right types."""

    file: Path
    values: Mapping[str, Any]
    datasets: tuple[Dataset, ...] = ()

    @property
    def key(self) -> str:
        """The name it goes by in settings, commands and the ledger."""
        return str(self.values["key"])

    @property
    def folder(self) -> Path:
        """Where paths that are written in the list begin."""
        return self.file.parent.resolve()

    @property
    def kind(self) -> str:
        """What it is: the name of a kind in `kinds.py`."""
        return str(self.values.get("kind", "sql"))

    @property
    def owner(self) -> str:
        """Who answers for it."""
        return str(self.values.get("owner", ""))

    @property
    def name(self) -> dict[str, str]:
        """What people call it, by language."""
        name = self.values.get("name", {})
        if isinstance(name, str):
            return dict.fromkeys(LANGUAGES, name)
        for language, text in name.items():
            if language not in LANGUAGES or not isinstance(text, str):
                raise self.error(
                    f"name has {language!r}; write a text for each of "
                    f"{', '.join(LANGUAGES)}"
                )
        return dict(name)

    @property
    def acts(self) -> frozenset[str]:
        """Which orders a machine may carry out there; the others are for a human."""
        acts = self.values.get("acts", [])
        for act in acts:
            if act not in ACTS:
                raise self.error(f"acts has {act!r}; write only {', '.join(ACTS)}")
        return frozenset(acts)

    def error(self, sentence: str) -> RegisterError:
        """Return the error that says `sentence` about this system."""
        return RegisterError(f"{self.file}: system {self.key}: {sentence}")

    def secret(self, name: str) -> str:
        """Return what `name`, or the places that `name`_env or _file name, hold.

        `_env` is a variable of the environment, `_file` a mounted file; its last
        line break does not count. Empty where none of the three is given.

        Raises:
            RegisterError: it is given twice, or its place is empty.

        """
        given = [key for key in secret_keys(name) if self.values.get(key)]
        if len(given) > 1:
            raise self.error(f"{' and '.join(given)} are both given; keep one")
        if not given:
            return ""
        value = str(self.values[given[0]])
        if given[0].endswith("_env"):
            return self._from_environment(value)
        return self._from_file(value) if given[0].endswith("_file") else value

    def _from_environment(self, variable: str) -> str:
        if not (text := os.environ.get(variable, "").strip()):
            raise self.error(
                f"the variable {variable} is not set; set it, or name another"
            )
        return text

    def _from_file(self, name: str) -> str:
        path = self.folder / name
        try:
            text = path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "it is no UTF-8 text"
            raise self.error(
                f"the file {path} cannot be read ({why}); mount it"
            ) from None
        if not text:
            raise self.error(
                f"the file {path} is empty; write into it what it is to hold"
            )
        return text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of system: what makes one, and which keys its listing has besides.

    `make` raises RegisterError where it cannot; it opens no connection.
    """

    make: Callable[[Listing], System]
    keys: Mapping[str, Value]
    needs_dataset: bool = True


def secret_keys(name: str) -> tuple[str, str, str]:
    """Return the keys by which a secret may be given: itself, or where it stands."""
    return name, f"{name}_env", f"{name}_file"


def secrets(*names: str) -> dict[str, Value]:
    """Return the keys of secrets, for the keys of a kind."""
    keys = {key: TEXT for name in names for key in secret_keys(name)}
    return keys | dict.fromkeys(names, TEXT._replace(is_secret=True))


def check_keys(
    where: str, entry: Mapping[str, Any], known: Mapping[str, Value]
) -> None:
    """Raise RegisterError for a key that is unknown, or has a value of another type."""
    for key, value in entry.items():
        if key not in known:
            raise RegisterError(f"{where}: {key} is unknown; use {', '.join(known)}")
        if type(value) not in known[key].types:
            shown = "no text" if known[key].is_secret else repr(value)
            raise RegisterError(f"{where}: {key} is {shown}; write {known[key].cure}")
        if type(value) is int and value < 1:
            raise RegisterError(f"{where}: {key} is {value}; write a number above 0")


def check_given(where: str, entry: Mapping[str, Any], keys: Sequence[str]) -> None:
    """Raise RegisterError where one of `keys` is not given, or empty."""
    for key in keys:
        if not entry.get(key):
            raise RegisterError(f"{where}: {key} is missing; add it")
