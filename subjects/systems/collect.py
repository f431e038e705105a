"""What the systems hold about a person: every record, found through the references.

Records are yielded as they are read; kept in memory are only the values that lead
to further collections.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

from subjects.systems.base import Question, Record, Row, System
from subjects.systems.categories import Sieve
from subjects.systems.graph import Plan, make_plan
from subjects.systems.people import PEOPLE
from subjects.systems.shape import Address, Collection, Path
from subjects.systems.values import Target, as_text, cast, narrowed, plain, values_at


class Finding(NamedTuple):
    """One record and where it was found, as `dataset:collection`."""

    address: str
    record: Record


def collect(
    systems: Sequence[System],
    identities: Mapping[str, Sequence[str]],
    categories: Sequence[str] = (),
) -> Iterator[Finding]:
    """Yield every record the systems hold about the person with these identities.

    Collections come in the order they are searched, rows by primary key; only
    collections that refer to each other in a circle may alternate. Given
    `categories`, records are cut down to the fields that fall under them, a
    record with nothing left is `{}`, and a collection without any such field is
    searched but not yielded.

    Raises:
        DatasetError: the descriptions do not fit together.
        ReadError: a system cannot answer.

    """
    search = Search(systems, identities)
    for group in search.plan.groups:
        for address, row in search.rows(group):
            sieve = search.sieve(address, tuple(categories))
            if not sieve.holds_nothing():
                yield Finding(str(address), sieve.keep(search.record(address, row)))


def collected(
    systems: Sequence[System],
    identities: Mapping[str, Sequence[str]],
    categories: Sequence[str] = (),
) -> dict[str, list[Record]]:
    """Return everything `collect` yields, by collection.

    Without categories, a collection that was searched in vain is an empty list;
    with them, it is absent. Raises as `collect` does.
    """
    found: dict[str, list[Record]] = {}
    if not categories:
        found = {str(address): [] for address in plan(systems, identities).reached()}
    for address, record in collect(systems, identities, categories):
        found.setdefault(address, []).append(record)
    return found


def plan(systems: Sequence[System], identities: Mapping[str, Sequence[str]]) -> Plan:
    """Return in which order `collect` searches, and what nobody searches.

    What only people can look into is not among that: their owners are asked.
    """
    datasets = [dataset for system in systems for dataset in system.datasets]
    made = make_plan(datasets, [kind for kind, values in identities.items() if values])
    asked = {one.key for it in systems if it.kind == PEOPLE for one in it.datasets}
    left = {
        place: why
        for place, why in made.unreachable.items()
        if place.dataset not in asked
    }
    return replace(made, unreachable=left)


Wanted = dict[Path, dict[Any, None]]  # values in the order they were found


class Search:
    """One person's search under way: which values are still to be looked for where."""

    def __init__(
        self,
        systems: Sequence[System],
        identities: Mapping[str, Sequence[str]],
        also: Mapping[Address, Sequence[str]] | None = None,
    ) -> None:
        self._also = also or {}  # columns to read beside
        self.plan = plan(systems, identities)
        self._system_of = {
            dataset.key: system for system in systems for dataset in system.datasets
        }
        self._collections: dict[Address, Collection] = {
            Address(dataset.key, one.name): one
            for system in systems
            for dataset in system.datasets
            for one in dataset.collections
        }
        self._pending: dict[Address, Wanted] = defaultdict(dict)
        self._asked: dict[Address, Wanted] = defaultdict(dict)
        self._seen: dict[Address, set[bytes]] = defaultdict(set)
        self._sieves: dict[Address, Sieve] = {}
        self._unnamed: dict[Address, frozenset[str]] = {}
        for seed in self.plan.seeds:
            for value in identities[seed.identity]:
                self._look_for(value, seed.target, seed.target_path)

    def rows(self, group: Sequence[Address]) -> Iterator[tuple[Address, Row]]:
        """Yield the rows of `group`, asked until its collections tell nothing new."""
        for address, _whole, row in self.whole_rows(group):
            yield address, row

    def whole_rows(
        self, group: Sequence[Address]
    ) -> Iterator[tuple[Address, Row, Row]]:
        """Yield each row of `group` whole, and cut down to our person's part of it."""
        while any(self._pending[address] for address in group):
            for address in group:
                for whole, row in self._visit(address, again=self._returns(group)):
                    yield address, whole, row

    def sieve(self, address: Address, categories: tuple[str, ...]) -> Sieve:
        """Return what keeps the wanted part of a collection's records."""
        if address not in self._sieves:
            self._sieves[address] = Sieve(self._collections[address], categories)
        return self._sieves[address]

    def record(self, address: Address, row: Row) -> Record:
        """Return the described part of `row` in JSON's own types."""
        described = self._collections[address].fields
        record: Record = plain({field.name: row[field.name] for field in described})
        return record

    def keys(self, address: Address, row: Row) -> Record:
        """Return by what `row` was found, and what leads on, where nobody described it.

        With these and its record alone it can be told again whose it is.
        """
        if address not in self._unnamed:
            described = {field.name for field in self._collections[address].fields}
            edges = (one for edges in self.plan.edges.values() for one in edges)
            led_by = {one.target_path[0] for one in edges if one.target == address}
            self._unnamed[address] = (self.sources(address) | led_by) - described
        names = sorted(self._unnamed[address])
        keys: Record = plain({name: row.get(name) for name in names})
        return keys

    def _returns(self, group: Sequence[Address]) -> bool:
        return any(
            edge.target in group
            for address in group
            for edge in self.plan.edges.get(address, ())
        )

    def _look_for(self, value: Any, target: Address, path: Path) -> None:
        field = self._collections[target].field_at(path)
        wanted = cast(value, field.data_type) if field else value
        # An empty text would lead to everybody who also has none.
        if wanted in (None, "") or wanted in self._asked[target].get(path, ()):
            return
        self._pending[target].setdefault(path, {})[wanted] = None

    def _visit(self, address: Address, *, again: bool) -> Iterator[tuple[Row, Row]]:
        pending = self._pending.pop(address, {})
        for path, values in pending.items():
            self._asked[address].setdefault(path, {}).update(values)
        system = self._system_of[address.dataset]
        questions = list(_questions(self, address, pending, system.values_at_once))
        doubtful = again or len(questions) > 1
        targets = self.targets(address)
        for question in questions:
            found = system.find(question)
            for whole in self._unseen(address, found) if doubtful else found:
                row = _narrow(whole, targets)
                self._follow(address, row)
                yield whole, row

    def targets(self, address: Address) -> list[Target]:
        """Return what narrows the arrays by which rows of a collection are found.

        Of these only matching elements are our person's, and lead on, unless the
        description says `return_all_elements`.
        """
        return [
            (path, {as_text(value) for value in values})
            for path, values in self._asked[address].items()
            if not _keeps_all(self._collections[address], path)
        ]

    def _follow(self, address: Address, row: Row) -> None:
        for edge in self.plan.edges.get(address, ()):
            for value in values_at(row, edge.source_path):
                self._look_for(value, edge.target, edge.target_path)

    def _unseen(self, address: Address, rows: Iterator[Row]) -> Iterator[Row]:
        """Leave out what an earlier question found; equal rows of one answer stay."""
        earlier, now = self._seen[address], set()
        for row in rows:
            mark = blake2b(repr(row).encode("utf-8", "replace"), digest_size=16)
            if mark.digest() not in earlier:
                now.add(mark.digest())
                yield row
        earlier |= now

    def sources(self, address: Address) -> frozenset[str]:
        """Return the columns whose values lead on from a collection."""
        return frozenset(
            edge.source_path[0] for edge in self.plan.edges.get(address, ())
        )

    def needed(self, address: Address) -> frozenset[str]:
        """Return the columns to read of a collection although nobody described them."""
        return self.sources(address).union(self._also.get(address, ()))


def _narrow(row: Row, targets: Sequence[Target]) -> Row:
    nested = [one for one in targets if isinstance(row.get(one[0][0]), (list, dict))]
    narrow: Row = narrowed(row, nested) if nested else row
    return narrow


def _keeps_all(collection: Collection, path: Path) -> bool:
    steps = [collection.field_at(path[:n]) for n in range(1, len(path) + 1)]
    return any(step and step.return_all_elements for step in steps)


def _questions(
    search: Search, address: Address, wanted: Wanted, at_once: int
) -> Iterator[Question]:
    """Yield questions that name no more than `at_once` values each."""
    pairs = iter([(path, value) for path in wanted for value in wanted[path]])
    while part := list(islice(pairs, at_once)):
        values: dict[Path, list[Any]] = {}
        for path, value in part:
            values.setdefault(path, []).append(value)
        yield Question(address, values, search.needed(address))
