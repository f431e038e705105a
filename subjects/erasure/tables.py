"""What is known of each collection: described, and declared by its own system."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from subjects.erasure.links import Collections, collections_of, key_fields
from subjects.erasure.masking import deletes_rows
from subjects.erasure.standing import Order, Unit, units_of
from subjects.systems.base import System
from subjects.systems.columns import Column, Layout, Typed
from subjects.systems.shape import Address, Collection, Path


@dataclass(frozen=True, slots=True)
class Table:
    """A collection with its primary key, its units, and its columns if told."""

    collection: Collection
    source: str
    key: tuple[str, ...]
    units: Sequence[Unit]
    columns: Mapping[str, Column]
    judged: Sequence[Unit]  # what is about the person; all of it, if nothing says so
    is_masked: bool  # single fields have strategies, so that rows stay

    def may_be_empty(self, path: Path) -> bool:
        """Say whether a field can be emptied: nobody forbids it."""
        column = self.columns.get(path[0])
        described = self.collection.field_at(path)
        writable = described is None or not described.read_only
        return writable and path[0] not in self.key and (not column or column.nullable)


class Tables:
    """The collections of the systems, each looked at when it is first asked for."""

    def __init__(self, systems: Sequence[System], order: Order) -> None:
        self._order = order
        self._datasets = {one.key: one for system in systems for one in system.datasets}
        self.system_of = {
            dataset.key: system for system in systems for dataset in system.datasets
        }
        self.collections: Collections = collections_of(self._datasets.values())
        self._known: dict[Address, Table] = {}

    def at(self, address: Address) -> Table:
        """Return what is known of a collection; ReadError where nothing answers."""
        if address not in self._known:
            self._known[address] = self._table(address)
        return self._known[address]

    def system(self, address: Address) -> System:
        """Return the system that holds a collection."""
        return self.system_of[address.dataset]

    def _table(self, address: Address) -> Table:
        dataset = self._datasets[address.dataset]
        collection = self.collections[address]
        system = self.system(address)
        layout = system.layout(address) if isinstance(system, Typed) else Layout((), {})
        described = tuple(path[0] for path in key_fields(collection))
        units = units_of(dataset, collection, self._order)
        return Table(
            collection=collection,
            source=dataset.source,
            key=described or layout.key,
            units=units,
            columns=layout.columns,
            judged=[one for one in units if one.is_personal or one.field.masking]
            or units,
            is_masked=any(unit.field.masking for unit in units)
            and not deletes_rows(collection),
        )
