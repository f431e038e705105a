"""What is to become of each record of a person, and the changes that follow.

A leaf: plain frozen values, made by `plan.py`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from subjects.systems.changes import Change
from subjects.systems.shape import Address, Path


class Kind(StrEnum):
    """What becomes of a record."""

    ERASE = "erase"  # the row goes
    MASK = "mask"  # some of its fields go, the row stays
    KEEP = "keep"  # a rule, or the verdict on its category, keeps all of it
    SHARED = "shared"  # others have a part in it: only our person's reference goes


# Why a field stays, where no exception of Art. 17(3) says so.
NOT_ORDERED = "not_ordered"  # its category is not among those that are to go
NO_CATEGORY = "no_category"  # its description names no category of the policy
NEEDED = "needed"  # a record that stays refers to it
OTHERS = "others"  # it is about somebody else too
READ_ONLY = "read_only"  # its system lets nobody write it


@dataclass(frozen=True, slots=True)
class Reason:
    """Why fields stay, on which basis, and until which day; the last day included.

    `ground` is an exception of Art. 17(3) or a word of this module; `until` None
    where no day can be told yet. `facts` are the days it was counted from.
    """

    ground: str
    basis: str = ""
    until: date | None = None
    rule: str = ""
    facts: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one record, known by its primary key.

    `fields` says of each field that is set how it is (the strategy), `kept` of each
    that stays why.
    """

    address: Address
    key: Mapping[str, Any]
    kind: Kind
    fields: Mapping[Path, str] = field(default_factory=dict)
    kept: Mapping[Path, Reason] = field(default_factory=dict)

    @property
    def reason(self) -> Reason | None:
        """The reason that keeps the record, or what is left of it, the longest."""
        return longest(self.kept.values())


def longest(reasons: Iterable[Reason]) -> Reason | None:
    """Return the reason that lasts longest; one without a day lasts longer than any."""
    return max(
        reasons,
        key=lambda reason: (reason.until is None, reason.until or date.min),
        default=None,
    )


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """The fate of every record, and the changes that each system has to make.

    `changes` names the systems in the order in which they should be asked, each with
    its changes in the order that keeps every foreign key. `unreachable` are the
    collections that were not searched, with the reason.
    """

    fates: Sequence[Fate]
    changes: Mapping[str, Sequence[Change]]
    unreachable: Mapping[Address, str] = field(default_factory=dict)

    def counts(self) -> Counter[Kind]:
        """Return how many records have each fate."""
        return Counter(fate.kind for fate in self.fates)

    def debts(self) -> Iterator[Fate]:
        """Yield what is kept until a day, and has to be erased when it comes."""
        for fate in self.fates:
            if fate.reason is not None and fate.reason.until is not None:
                yield fate
