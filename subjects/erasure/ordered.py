"""The changes that follow from the fates, system by system, in a safe order.

First what is set, then what is deleted: so that no foreign key ever points to nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from subjects.erasure.counting import own_fields
from subjects.erasure.draft import Draft
from subjects.erasure.fates import Kind
from subjects.erasure.links import Link
from subjects.erasure.order import RowOrder, collection_order
from subjects.erasure.tables import Table, Tables
from subjects.systems.base import Row
from subjects.systems.changes import Change
from subjects.systems.shape import Address, Path


def _path(column: str) -> Path:
    return (column,)


class Changes:
    """Makes the changes of one plan."""

    def __init__(self, tables: Tables, links: Sequence[Link]) -> None:
        self._tables = tables
        self._links = links
        self._deciding: dict[Address, tuple[str, ...]] = {}

    def by_system(
        self, drafts: Iterable[Draft], new: Mapping[Draft, Row]
    ) -> dict[str, list[Change]]:
        """Return the changes for each system that has any, by its key.

        `new` are the values to set, by column.
        """
        changed: dict[Address, list[Draft]] = {}
        for draft in drafts:
            if draft.kind == Kind.ERASE or new.get(draft):
                changed.setdefault(draft.held.address, []).append(draft)
        groups = collection_order(self._tables.collections, self._links)
        found: dict[str, list[Change]] = {}
        for change in (*self._set(groups, changed, new), *self._gone(groups, changed)):
            key = self._tables.system(change.address).key
            found.setdefault(key, []).append(change)
        return found

    def _set(
        self,
        groups: Sequence[Sequence[Address]],
        changed: Mapping[Address, Sequence[Draft]],
        new: Mapping[Draft, Row],
    ) -> Iterator[Change]:
        for address in (one for group in groups for one in group):
            for draft in changed.get(address, ()):
                if draft.kind != Kind.ERASE:
                    yield self._change(draft, new[draft])

    def _gone(
        self,
        groups: Sequence[Sequence[Address]],
        changed: Mapping[Address, Sequence[Draft]],
    ) -> Iterator[Change]:
        for group in groups:
            going = {
                draft.held: draft
                for address in group
                for draft in changed.get(address, ())
                if draft.kind == Kind.ERASE
            }
            inside = [
                link
                for link in self._links
                if link.held in group and link.holder in group
            ]
            if not inside:
                yield from map(self._change, going.values())
                continue
            order = RowOrder(going, inside)
            emptied: dict[Draft, set[str]] = {}
            for held, path in order.cut:
                emptied.setdefault(going[held], set()).add(path[0])
                yield self._change(going[held], {path[0]: None})
            for held in order.rows:
                yield self._change(going[held], but=emptied.get(going[held], set()))

    def _change(
        self, draft: Draft, new: Row | None = None, but: AbstractSet[str] = frozenset()
    ) -> Change:
        held = draft.held
        names = dict.fromkeys(
            (*self._deciding_of(draft.table, held.address), *(new or ()))
        )
        expected = {_path(one): held.whole[one] for one in names if one not in but}
        values = {_path(one): new[one] for one in new} if new else None
        return Change(held.address, held.key, expected, values)

    def _deciding_of(self, table: Table, address: Address) -> tuple[str, ...]:
        """Return the columns by which a row was found and judged.

        When they say something else than when it was planned, the plan is stale.
        """
        if address not in self._deciding:
            paths: list[Path] = [
                path
                for path, field in table.collection.each_field()
                if field.identity or field.references
            ]
            kept = {unit.standing.retention for unit in table.units}
            names = [path[0] for path in paths]
            for retention in kept - {None}:
                if retention is not None:
                    names += own_fields(retention)
            described = {field.name for field in table.collection.fields}
            unique = dict.fromkeys(name for name in names if name in described)
            self._deciding[address] = tuple(unique)
        return self._deciding[address]
