"""What the descriptions of the systems say about what was found in them."""

from dataclasses import dataclass
from pathlib import Path

from exports.packages.errors import PackageError
from subjects.systems.base import System
from subjects.systems.register import RegisterError, load_systems
from subjects.systems.shape import About, Address, Collection, DatasetError, Field


@dataclass(frozen=True, slots=True)
class Described:
    """A collection with what contains it."""

    system: System
    dataset: About
    collection: Collection

    def title(self, language: str) -> str:
        """Return what the collection is called in a language."""
        about, name = self.collection.about, self.collection.name
        return about.title_in(language, self.collection.description or in_words(name))


class Descriptions:
    """The systems of the controller, by key, and their collections, by address."""

    def __init__(self, path: Path) -> None:
        try:
            systems = load_systems(path)
        except (RegisterError, DatasetError) as error:
            raise PackageError(str(error)) from error
        self._systems = {system.key: system for system in systems}
        self.datasets = tuple(one for system in systems for one in system.datasets)
        self._collections = {
            str(Address(dataset.key, one.name)): Described(system, dataset.about, one)
            for system in systems
            for dataset in system.datasets
            for one in dataset.collections
        }

    def system(self, key: str) -> System:
        """Return the system called `key`; PackageError where there is none now."""
        try:
            return self._systems[key]
        except KeyError:
            raise PackageError(
                f"the system {key} was searched but is no longer in the list of "
                "systems; put it back, or search again"
            ) from None

    def keys_of(self, kind: str) -> frozenset[str]:
        """Return the keys of the systems of a kind."""
        return frozenset(k for k, one in self._systems.items() if one.kind == kind)

    def collection(self, address: str) -> Described:
        """Return the collection at an address; PackageError where there is none now."""
        try:
            return self._collections[address]
        except KeyError:
            raise PackageError(
                f"the collection {address} was found but is no longer described; "
                "describe it, or search again"
            ) from None


def system_title(system: System, language: str) -> str:
    """Return what a system is called in a language."""
    return system.name.get(language) or system.name.get("en") or system.key


def field_title(field: Field | None, name: str, language: str) -> str:
    """Return what a field is called in a language."""
    return field.about.title_in(language, in_words(name)) if field else in_words(name)


def in_words(name: str) -> str:
    """Turn a technical name into words: `street_line` becomes "Street line"."""
    words = name.replace("_", " ").replace("-", " ").strip() or name
    return words[0].upper() + words[1:]
