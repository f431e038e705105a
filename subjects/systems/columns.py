"""What a system can tell about its own columns, beyond what a description says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from subjects.systems.base import System
from subjects.systems.shape import Address


@dataclass(frozen=True, slots=True)
class Column:
    """Whether a column may be empty, and what fits in it.

    `kind` is text, integer, number, boolean, date, datetime or other; `length` the
    most characters of a text, None where nothing limits it.
    """

    kind: str
    nullable: bool
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a collection, and those of its primary key."""

    key: tuple[str, ...]
    columns: Mapping[str, Column]


@runtime_checkable
class Typed(System, Protocol):
    """A system that knows the columns of its collections."""

    def layout(self, address: Address) -> Layout:
        """Return the columns of a collection.

        Raises:
            ReadError: they cannot be read.

        """
        ...
