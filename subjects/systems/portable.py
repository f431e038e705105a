"""What Art. 20 lets a person take along: what they provided, knowingly or by use.

GDPR Art. 20(1): provided by the person, and processed on consent or contract; WP242
rev.01: what was observed counts as provided, what was inferred does not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from subjects.systems.shape import About, Collection, Field

PROVIDED = ("provided", "observed")
# The only bases that Art. 20(1)(a) names, in words or by their place in the law.
BASES = ("consent", "contract", "6(1)(a)", "6(1)(b)", "9(2)(a)")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A field that stays behind: `reason` is derived, other_basis or not_described."""

    collection: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Standing:
    """What holds for a field: its own word, else that of what contains it."""

    origin: str = ""
    basis: str = ""

    def inside(self, about: About) -> "_Standing":
        return _Standing(about.origin or self.origin, about.legal_basis or self.basis)

    def reason_to_stay(self) -> str:
        if self.origin and self.origin not in PROVIDED:
            return "derived"
        if self.basis and not any(place in self.basis for place in BASES):
            return "other_basis"
        return "" if self.origin else "not_described"


class Portable:
    """The part of one collection that may be taken along."""

    def __init__(self, address: str, dataset: About, collection: Collection) -> None:
        self.exclusions: list[Exclusion] = []
        self.taken: list[str] = []
        self.address = address
        standing = _Standing().inside(dataset).inside(collection.about)
        self._kept = self._sort(collection.fields, standing, "")

    def _sort(
        self, fields: tuple[Field, ...], standing: _Standing, prefix: str
    ) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for field in fields:
            own, name = standing.inside(field.about), prefix + field.name
            if field.fields:
                if inner := self._sort(field.fields, own, f"{name}."):
                    kept[field.name] = inner
            elif reason := own.reason_to_stay():
                self.exclusions.append(Exclusion(self.address, name, reason))
            else:
                kept[field.name] = True
                self.taken.append(name)
        return kept

    def keep(self, record: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return what may be taken along of a record, None where nothing may."""
        return _cut(record, self._kept) or None


def _cut(value: Any, kept: Any) -> Any:
    if kept is True:
        return value
    if isinstance(value, list):
        return [_cut(element, kept) for element in value]
    if not isinstance(value, Mapping):
        return value
    return dict(_pairs(value, kept))


def _pairs(
    value: Mapping[str, Any], kept: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    for name, inner in kept.items():
        if name in value:
            yield name, _cut(value[name], inner)
