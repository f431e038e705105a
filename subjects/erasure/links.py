"""References between collections, seen as the database sees them: who holds whose key.

A description may write a reference on either side and let values flow either way. A
row is deleted only after the rows that hold its key, whichever way the search went.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from subjects.systems.graph import Edge, Plan
from subjects.systems.shape import Address, Collection, Dataset, Path


class Link(NamedTuple):
    """Values at `holder_path` of the holder name rows of `held` by `held_path`.

    `leads_down` says that the search went from the row held to its holders, so that
    these belong to it; `leads_up` that it came from a holder.
    """

    held: Address
    held_path: Path
    holder: Address
    holder_path: Path
    leads_down: bool
    leads_up: bool


Collections = Mapping[Address, Collection]


def collections_of(datasets: Iterable[Dataset]) -> dict[Address, Collection]:
    """Return every collection by its address."""
    return {
        Address(dataset.key, one.name): one
        for dataset in datasets
        for one in dataset.collections
    }


def links_of(collections: Collections, plan: Plan) -> tuple[Link, ...]:
    """Return the links between the collections that can be searched."""
    edges = {edge for some in plan.edges.values() for edge in some}
    searched = {one for one in collections if not _left_out(collections[one])}
    found = {
        _link(held, holder, edges)
        for held, holder in _references(collections)
        if held[0] in searched and holder[0] in searched
    }
    return tuple(sorted(found))


def _left_out(collection: Collection) -> bool:
    return collection.skip_processing or any(
        field.custom_request_field for _, field in collection.each_field()
    )


_End = tuple[Address, Path]


def _references(collections: Collections) -> Iterator[tuple[_End, _End]]:
    """Yield what is held, and what holds it."""
    for address, collection in collections.items():
        for path, field in collection.each_field():
            for one in field.references:
                if other := collections.get(one.address):
                    ends = (one.address, one.path), (address, path)
                    # It may be written on the side whose key it is.
                    is_turned = names_row(collection, path)
                    is_turned = is_turned and not names_row(other, one.path)
                    yield ends[::-1] if is_turned else ends


def _link(held: _End, holder: _End, edges: set[Edge]) -> Link:
    down = Edge(*held, *holder)
    return Link(
        held=held[0],
        held_path=held[1],
        holder=holder[0],
        holder_path=holder[1],
        leads_down=down in edges,
        leads_up=down.turned() in edges,
    )


def names_row(collection: Collection, path: Path) -> bool:
    """Say whether the field at `path` is the whole primary key of its collection."""
    return key_fields(collection) == (path,)


def key_fields(collection: Collection) -> tuple[Path, ...]:
    """Return the fields that the description calls the primary key."""
    return tuple(path for path, field in collection.each_field() if field.primary_key)
