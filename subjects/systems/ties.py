"""Whose record is it? Only what a key of the person leads to, step by step.

The search is not believed: from what was found, and the keys that are proven to be
the person's own, it is worked out anew whether every record hangs on one of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from subjects.systems.graph import Edge, Seed, make_plan
from subjects.systems.known import Known
from subjects.systems.shape import Address, Collection, Dataset, Path
from subjects.systems.values import as_text, cast, values_at

# Shared in a household, and changed: they name nobody whom a number says it is not.
CONTACTS = ("email", "phone_number")

Found = tuple[str, Mapping[str, Any]]  # "dataset:collection", and the record


class Ties:
    """The keys of one person, and the values that they lead to."""

    def __init__(
        self, datasets: Sequence[Dataset], identities: Mapping[str, Sequence[str]]
    ) -> None:
        """Take the descriptions and the proven keys; DatasetError if they clash."""
        plan = make_plan(
            datasets, [kind for kind, given in identities.items() if given]
        )
        self._collections: dict[str, Collection] = {
            str(Address(dataset.key, one.name)): one
            for dataset in datasets
            for one in dataset.collections
        }
        self.described = frozenset(self._collections)
        self.reached = frozenset(map(str, plan.reached()))
        self._seeds: dict[str, list[Seed]] = defaultdict(list)
        self._own: dict[tuple[str, Path], set[str]] = {}
        self._out: dict[str, Sequence[Edge]] = {
            str(address): edges for address, edges in plan.edges.items()
        }
        self._led_to: dict[str, dict[Path, Known]] = defaultdict(dict)
        for seed in plan.seeds:
            address, path = str(seed.target), seed.target_path
            self._seeds[address].append(seed)
            forms = (
                self._forms(address, path, one) for one in identities[seed.identity]
            )
            self._own[address, path] = {form for some in forms for form in some}
        for edge in (edge for edges in plan.edges.values() for edge in edges):
            self._led_to[str(edge.target)].setdefault(edge.target_path, Known())

    def follow(self, findings: Callable[[], Iterable[Found]]) -> None:
        """Learn from the findings what the keys lead to, until nothing is new.

        `findings` is asked anew for each round: they are not kept in memory.
        """
        while True:
            grown = loose = False
            for address, record in findings():
                if self.holds(address, record):
                    grown |= self._lead_on(address, record)
                else:
                    loose = True
            if not (loose and grown):
                return

    def holds(self, address: str, record: Mapping[str, Any]) -> bool:
        """Say whether a record hangs on a key of the person."""
        for path, known in self._led_to.get(address, {}).items():
            if any(form in known for form in _forms_at(record, path)):
                return True
        return self._is_named(address, record)

    def _is_named(self, address: str, record: Mapping[str, Any]) -> bool:
        """Say whether a record names the person, and not by a contact alone.

        What only a shared mailbox or telephone speaks for is not the person's when a
        number in it, of a kind we know theirs of, is somebody else's.
        """
        by_contact = another = False
        for seed in self._seeds.get(address, ()):
            forms = set(_forms_at(record, seed.target_path))
            matches = bool(forms & self._own[address, seed.target_path])
            if matches and seed.identity not in CONTACTS:
                return True
            by_contact |= matches
            another |= bool(forms) and seed.identity not in CONTACTS
        return by_contact and not another

    def _lead_on(self, address: str, record: Mapping[str, Any]) -> bool:
        grown = False
        for edge in self._out.get(address, ()):
            target, path = str(edge.target), edge.target_path
            known = self._led_to[target][path]
            for value in values_at(record, edge.source_path):
                for form in self._forms(target, path, value):
                    grown |= known.add(form)
        return grown

    def _forms(self, address: str, path: Path, value: Any) -> Iterator[str]:
        """Yield how a value may be written at a place; nothing for an empty text."""
        field = self._collections[address].field_at(path)
        meant = cast(value, field.data_type) if field else value
        for one in (value, meant):
            if one is not None and (form := _form(one)):
                yield form

    def close(self) -> None:
        """Forget everything."""
        for known in (one for paths in self._led_to.values() for one in paths.values()):
            known.close()


def _forms_at(record: Mapping[str, Any], path: Path) -> Iterator[str]:
    return (form for value in values_at(record, path) if (form := _form(value)))


def _form(value: Any) -> str:
    """Return a value as it is compared: databases differ about case and padding."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return as_text(value).strip().casefold()
