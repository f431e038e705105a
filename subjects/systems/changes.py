"""What may be done to a person's data in a system: rows deleted, fields set.

The plan of an erasure, a correction, a mark of restriction: each is a list of changes.
They are planned first, kept, and then applied, so that whatever dies in between, the
same list can be applied again: what is done already counts as done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from subjects.systems.base import ReadError, System
from subjects.systems.shape import Address, Path


class ChangeError(ReadError):
    """A system could not change its data, and has not; the sentence holds no value."""


class StaleError(ChangeError):
    """A row is no longer what it was when the change was planned."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row, known by its primary key, that is to go or to say something else.

    `expected` is what the row said when the change was planned, of the fields that
    matter; `values` what it is to say, by path; None where the row is to go.
    """

    address: Address
    key: Mapping[str, Any]
    expected: Mapping[Path, Any]
    values: Mapping[Path, Any] | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a system did: how many rows of each collection, and how many before.

    `deleted`, `changed` and `done_before` are counts by collection; `verified` says
    that the rows were read back after the commit and are as ordered.
    """

    system: str
    deleted: Mapping[str, int]
    changed: Mapping[str, int]
    done_before: Mapping[str, int]
    verified: bool


@runtime_checkable
class Changeable(System, Protocol):
    """A system that can change what it holds."""

    def apply(self, changes: Sequence[Change]) -> Receipt:
        """Apply the changes in their order, in one transaction; then read back.

        A list too long for others to wait for is several transactions in its order.
        A row that is gone or says already what it should is done, not an error.

        Raises:
            StaleError: a row says neither what was expected nor what was ordered.
            ChangeError: it cannot be done; the sentence says whether rows are done.

        """
        ...
