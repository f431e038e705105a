"""What the systems hold about a person: every record, found through the references.

Records are yielded as they are read; kept in memory are only the values that lead
to further collections.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import chain, islice
from typing import NamedTuple

from subjects.systems.base import Question, Record, Row, System
from subjects.systems.categories import Sieve
from subjects.systems.graph import Plan, make_plan
from subjects.systems.known import Known
from subjects.systems.people import PEOPLE
from subjects.systems.shape import Address, Collection, Path
from subjects.systems.values import Target, narrowed, plain, values_at
from subjects.systems.wanted import Wanted


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
        self._wanted = Wanted(self.plan, self._collections)
        self._seen: dict[Address, Known] = defaultdict(Known)
        self._turns: Counter[Address] = Counter()
        self._sieves: dict[Address, Sieve] = {}
        self._unnamed: dict[Address, frozenset[str]] = {}
        for seed in self.plan.seeds:
            for value in identities[seed.identity]:
                self._wanted.seek(value, seed.target, seed.target_path)

    def rows(self, group: Sequence[Address]) -> Iterator[tuple[Address, Row]]:
        """Yield the rows of `group`, asked until its collections tell nothing new."""
        for address, _whole, row in self.whole_rows(group):
            yield address, row

    def whole_rows(
        self, group: Sequence[Address]
    ) -> Iterator[tuple[Address, Row, Row]]:
        """Yield each row of `group` whole, and cut down to our person's part of it."""
        again = self._returns(group)
        while any(self._wanted.count(address) for address in group):
            for address in group:
                for whole, row in self._visit(address, again=again):
                    yield address, whole, row

    def sole_question(self, group: Sequence[Address]) -> Question | None:
        """Take the one question that is left of `group`, where its answer is all.

        So it is where no row leads on, is cut down, or may be found twice.
        """
        address = group[0]
        system, keys = self._system_of[address.dataset], self._undescribed(address)
        simple = not self.needed(address) and not keys and len(group) == 1
        if not simple or self._wanted.count(address) > system.values_at_once:
            return None
        if any(self._is_nested(address, path) for path in self._wanted.asked[address]):
            return None
        taken = next(self._wanted.take(address, system.values_at_once), None)
        return Question(address, taken) if taken else None

    def _is_nested(self, address: Address, path: Path) -> bool:
        field = self._collections[address].field_at(path)
        return len(path) > 1 or field is None or field.is_array

    def system_of(self, address: Address) -> System:
        """Return the system that holds a collection."""
        return self._system_of[address.dataset]

    def sieve(self, address: Address, categories: tuple[str, ...]) -> Sieve:
        """Return what keeps the wanted part of a collection's records."""
        if address not in self._sieves:
            self._sieves[address] = Sieve(self._collections[address], categories)
        return self._sieves[address]

    def record(self, address: Address, row: Row) -> Record:
        """Return the described part of `row` in JSON's own types."""
        record: Record = plain({name: row[name] for name in self.described(address)})
        return record

    def described(self, address: Address) -> tuple[str, ...]:
        """Return the names of the fields that make a record."""
        return tuple(field.name for field in self._collections[address].fields)

    def keys(self, address: Address, row: Row) -> Record:
        """Return by what `row` was found, and what leads on, where nobody described it.

        With these and its record alone it can be told again whose it is.
        """
        names = sorted(self._undescribed(address))
        keys: Record = plain({name: row.get(name) for name in names})
        return keys

    def _undescribed(self, address: Address) -> frozenset[str]:
        if address not in self._unnamed:
            led_by = {path[0] for path in self._wanted.asked[address]}
            self._unnamed[address] = (self.sources(address) | led_by).difference(
                self.described(address)
            )
        return self._unnamed[address]

    def _returns(self, group: Sequence[Address]) -> bool:
        return any(
            edge.target in group
            for address in group
            for edge in self.plan.edges.get(address, ())
        )

    def _visit(self, address: Address, *, again: bool) -> Iterator[tuple[Row, Row]]:
        system, also = self._system_of[address.dataset], self.needed(address)
        parts = self._wanted.take(address, system.values_at_once)
        first = list(islice(parts, 2))
        doubtful = again or len(first) > 1
        targets = self.targets(address)
        for values in chain(first, parts):
            found = system.find(Question(address, values, also))
            for whole in self._unseen(address, found) if doubtful else found:
                row = _narrow(whole, targets)
                self.follow(address, row)
                yield whole, row

    def targets(self, address: Address) -> list[Target]:
        """Return what narrows the arrays by which rows of a collection are found.

        Of these only matching elements are our person's, and lead on, unless the
        description says `return_all_elements`.
        """
        return [
            (path, asked)
            for path, asked in self._wanted.asked[address].items()
            if not _keeps_all(self._collections[address], path)
        ]

    def follow(self, address: Address, row: Row) -> None:
        """Look for what a row leads to."""
        for edge in self.plan.edges.get(address, ()):
            for value in values_at(row, edge.source_path):
                self._wanted.follow(edge, value)

    def _unseen(self, address: Address, rows: Iterator[Row]) -> Iterator[Row]:
        """Leave out what an earlier question found; equal rows of one answer stay."""
        seen = self._seen[address]
        self._turns[address] += 1
        turn = self._turns[address]
        for row in rows:
            mark = blake2b(repr(row).encode("utf-8", "replace"), digest_size=16)
            if seen.met(mark.hexdigest(), turn) == turn:
                yield row

    def sources(self, address: Address) -> frozenset[str]:
        """Return the columns whose values lead on from a collection."""
        return frozenset(
            edge.source_path[0] for edge in self.plan.edges.get(address, ())
        )

    def close(self) -> None:
        """Let go of what was kept in files."""
        self._wanted.close()
        for seen in self._seen.values():
            seen.close()

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
