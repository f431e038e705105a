"""Which fields of a record fall under the categories of data that are asked for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from subjects.systems.shape import Collection, Field


def falls_under(category: str, target: str) -> bool:
    """Say whether `category` is `target` or lies below it, dot by dot.

    `user.contact.email` falls under `user.contact`; `user.contacts` does not.
    """
    return category == target or category.startswith(f"{target}.")


def _any_under(categories: Iterable[str], targets: Sequence[str]) -> bool:
    return any(falls_under(one, target) for one in categories for target in targets)


# The categories of data on health, in the taxonomies of fideslang new and old.
HEALTH = (
    "user.health_and_medical",
    "user.health",
    "user.medical",
    "user.genetic",
    "user.biometric_health",
    "user.biometric.health",
)


def health_fields(collection: Collection) -> tuple[str, ...]:
    """Return the fields that are data on health, whole or in part. GDPR Art. 9(1).

    Their category says so, or the description in our own words (`medical`).
    """
    if collection.about.medical or _any_under(collection.categories, HEALTH):
        return tuple(field.name for field in collection.fields)
    return tuple(field.name for field in collection.fields if _is_medical(field))


def _is_medical(field: Field) -> bool:
    if field.about.medical or _any_under(field.categories, HEALTH):
        return True
    return any(_is_medical(inner) for inner in field.fields)


class Sieve:
    """Keeps of a collection's records what falls under the categories asked for.

    With no category at all, everything described is kept.
    """

    def __init__(self, collection: Collection, categories: Sequence[str]) -> None:
        self.whole = not categories or _any_under(collection.categories, categories)
        self.kept = {} if self.whole else _wanted(collection.fields, categories)

    def holds_nothing(self) -> bool:
        """Say whether no field of the collection falls under the categories."""
        return not self.whole and not self.kept

    def keep(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return the part of `record` that is kept; null values stay.

        Empty lists and objects are left out; what has nothing left is `{}`.
        """
        if self.whole:
            return record
        kept: dict[str, Any] = _without_empties(_sifted(record, self.kept))
        return kept


Kept = dict[str, Any]  # field name → True (all of it) or the Kept of its sub-fields


def _wanted(fields: Iterable[Field], targets: Sequence[str]) -> Kept:
    kept: Kept = {}
    for field in fields:
        if _any_under(field.categories, targets):
            kept[field.name] = True
        elif inner := _wanted(field.fields, targets):
            kept[field.name] = inner
    return kept


def _sifted(value: Any, kept: Kept | Literal[True]) -> Any:
    if isinstance(value, list):
        return [_sifted(element, kept) for element in value]
    if kept is True or not isinstance(value, Mapping):
        return value  # also what stands where an object was described, such as null
    return {
        name: _sifted(value[name], below)
        for name, below in kept.items()
        if name in value
    }


def _without_empties(value: Any) -> Any:
    """Return `value` without empty lists and objects, however deep they lie."""
    if isinstance(value, Mapping):
        inner = {name: _without_empties(item) for name, item in value.items()}
        return {name: item for name, item in inner.items() if item not in ([], {})}
    if isinstance(value, list):
        elements = [_without_empties(element) for element in value]
        return [element for element in elements if element not in ([], {})]
    return value
