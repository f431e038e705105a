"""Where a single datum stands: `collection.field`, or `dataset:collection.field`."""

from collections.abc import Iterator
from typing import NamedTuple

from subjects.systems.base import System
from subjects.systems.shape import Address, Collection, Dataset, Field, Path


class Place(NamedTuple):
    """A field of a collection, with the descriptions of both."""

    dataset: Dataset
    collection: Collection
    path: Path
    field: Field

    @property
    def address(self) -> Address:
        """Where its collection is."""
        return Address(self.dataset.key, self.collection.name)

    @property
    def origin(self) -> str:
        """Whether it is provided, observed or derived, as its description says."""
        about = (self.field.about, self.collection.about, self.dataset.about)
        return next((one.origin for one in about if one.origin), "")

    @property
    def is_of_others(self) -> bool:
        """Whether its description says that it tells of other people."""
        about = (self.field.about, self.collection.about, self.dataset.about)
        return any(one.third_parties for one in about)

    def __str__(self) -> str:
        return f"{self.address}.{'.'.join(self.path)}"


def places_of(system: System) -> Iterator[Place]:
    """Yield every described field of a system."""
    for dataset in system.datasets:
        for collection in dataset.collections:
            for path, field in collection.each_field():
                yield Place(dataset, collection, path, field)


def place_named(system: System, text: str) -> Place | None:
    """Return the field that a text names, if it names one and no other."""
    wanted = text.strip()
    found = [
        place
        for place in places_of(system)
        if wanted in (str(place), str(place).partition(":")[2])
    ]
    return found[0] if len(found) == 1 else None
