"""What a description says of each field: its category of the policy, and its rule.

A field's own word goes before that of what contains it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from subjects.erasure.fates import Reason
from subjects.erasure.rules import Rule
from subjects.systems.categories import falls_under
from subjects.systems.shape import (
    About,
    Collection,
    Dataset,
    Field,
    Path,
    Retention,
)

TECHNICAL = "system"  # the category of what is about no person


class Standing(NamedTuple):
    """Under which category of the policy a field falls, and which rule keeps it."""

    category: str = ""
    retention: Retention | None = None

    def inside(self, about: About) -> "Standing":
        """Return what holds for something that says this about itself.

        A rule belongs to a category: what has one of its own leaves the other's rule.
        """
        if about.category:
            return Standing(about.category, about.retention)
        return self._replace(retention=about.retention or self.retention)


@dataclass(frozen=True, slots=True)
class Unit:
    """A field without fields of its own: what is masked, or stays, by itself."""

    path: Path
    field: Field
    standing: Standing
    is_personal: bool
    is_asked: bool  # whether it falls under the categories of data asked for


@dataclass(frozen=True, slots=True)
class Order:
    """What is to go, as it was decided.

    `verdicts` says for each category of the policy why it stays, None where it goes;
    without verdicts everything may go. `under` are categories of data, if not all.
    """

    rules: Mapping[str, Rule]
    verdicts: Mapping[str, Reason | None] | None
    under: Sequence[str]
    today: date


def units_of(dataset: Dataset, collection: Collection, order: Order) -> list[Unit]:
    """Return the units of a collection, as described."""
    standing = Standing().inside(dataset.about).inside(collection.about)
    whole = not order.under or _falls(collection.categories, order.under)
    found: list[Unit] = []
    known: dict[Standing, Standing] = {}  # equal ones are one, and told apart at once

    def add(field: Field, path: Path, standing: Standing, *, asked: bool) -> None:
        standing = standing.inside(field.about)
        asked = asked or _falls(field.categories, order.under)
        for inner in field.fields:
            add(inner, (*path, inner.name), standing, asked=asked)
        if not field.fields:
            personal = any(not falls_under(one, TECHNICAL) for one in field.categories)
            one = known.setdefault(standing, standing)
            found.append(Unit(path, field, one, personal, asked))

    for field in collection.fields:
        add(field, (field.name,), standing, asked=whole)
    return found


def _falls(categories: Sequence[str], targets: Sequence[str]) -> bool:
    return any(falls_under(one, target) for one in categories for target in targets)
