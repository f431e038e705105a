"""What any system that holds data about people must be able to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, runtime_checkable

from subjects.systems.shape import Address, Dataset, Path

Row: TypeAlias = dict[str, Any]
Record: TypeAlias = dict[str, Any]  # a row in JSON's own types


class ReadError(Exception):
    """A system could not answer; the sentence holds no password and no value."""


class UnreachableError(ReadError):
    """The system does not answer at all."""


class MismatchError(ReadError):
    """The system is not what its description says: a table or column is missing."""


class TooManyRowsError(ReadError):
    """More rows were found than the system's limit allows."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows of a collection hold one of the `wanted` values, at any path.

    `also` names fields that are needed to search on although nobody described them.
    """

    address: Address
    wanted: Mapping[Path, Sequence[Any]]
    also: frozenset[str] = field(default_factory=frozenset)


class System(Protocol):
    """A place where data about people lies, as far as the rights need to know it."""

    @property
    def key(self) -> str:
        """The name it goes by in settings, commands and the ledger."""
        ...

    @property
    def name(self) -> Mapping[str, str]:
        """What people call it, by language."""
        ...

    @property
    def owner(self) -> str:
        """Who answers for it."""
        ...

    @property
    def kind(self) -> str:
        """What it is, as the list of systems says: sql, web, files or people."""
        ...

    @property
    def acts(self) -> frozenset[str]:
        """Which orders a machine may carry out there; the others are for a human."""
        ...

    @property
    def datasets(self) -> Sequence[Dataset]:
        """What it holds."""
        ...

    @property
    def values_at_once(self) -> int:
        """How many values one question may name."""
        ...

    def check(self) -> None:
        """Raise ReadError where it does not answer or is not as described."""
        ...

    def find(self, question: Question) -> Iterator[Row]:
        """Yield the rows that match, in stable order, reading as they are taken.

        Raises:
            ReadError: it cannot answer.

        """
        ...

    def close(self) -> None:
        """Let go of every connection; it may be used again."""
        ...


@runtime_checkable
class Quick(System, Protocol):
    """A system that can write records as JSON by itself, faster than we can."""

    def find_written(self, question: Question) -> Iterator[bytes] | None:
        """Yield each record that matches as one line of JSON, in the order of `find`.

        Only what is described. None where it would not be as we write it ourselves.

        Raises:
            ReadError: it cannot answer.

        """
        ...
