"""Collects what all systems hold about a person, whichever of them answer."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from subjects.systems.base import Question, Quick, ReadError, Row, System
from subjects.systems.collect import Search
from subjects.systems.graph import Group
from subjects.systems.parts import Parts
from subjects.systems.shape import Address, Dataset
from subjects.systems.side_by_side import side_by_side

T = TypeVar("T")


class Tolerant:
    """A system whose failure is noted, not raised, so that the others are searched.

    Once `error` says something, it is asked no more, and neither is one that
    `is_asked` says nothing of; its description stays, because others refer to it.
    """

    def __init__(self, system: System, *, is_asked: bool = True) -> None:
        self._system = system
        self.is_asked = is_asked
        self.error = ""

    @property
    def key(self) -> str:
        """The name it goes by."""
        return self._system.key

    @property
    def name(self) -> Mapping[str, str]:
        """What people call it, by language."""
        return self._system.name

    @property
    def owner(self) -> str:
        """Who answers for it."""
        return self._system.owner

    @property
    def kind(self) -> str:
        """What it is."""
        return self._system.kind

    @property
    def acts(self) -> frozenset[str]:
        """Which orders a machine may carry out there."""
        return self._system.acts

    @property
    def datasets(self) -> Sequence[Dataset]:
        """What it holds."""
        return self._system.datasets

    @property
    def values_at_once(self) -> int:
        """How many values one question may name."""
        return self._system.values_at_once

    def check(self) -> None:
        """Note whether it does not answer, or is not as described."""
        if self.is_asked:
            try:
                self._system.check()
            except ReadError as error:
                self.error = str(error)

    def close(self) -> None:
        """Let go of its connection."""
        self._system.close()

    def find(self, question: Question) -> Iterator[Row]:
        """Yield the rows that match, as far as it answers."""
        if self.is_asked and not self.error:
            yield from self._tolerated(self._system.find(question))

    def find_written(self, question: Question) -> Iterator[bytes] | None:
        """Yield them as JSON where it writes them as we would, as far as it answers."""
        if not self.is_asked or self.error or not isinstance(self._system, Quick):
            return None
        try:
            found = self._system.find_written(question)
        except ReadError as error:
            self.error = str(error)
            return None
        return None if found is None else self._tolerated(found)

    def _tolerated(self, found: Iterator[T]) -> Iterator[T]:
        try:
            yield from found
        except ReadError as error:
            self.error = str(error)


def collect_into(
    folder: Path, systems: Sequence[Tolerant], identities: dict[str, list[str]]
) -> dict[str, Counter[str]]:
    """Write each system's records to a file of its own; count them by collection.

    Systems are searched side by side. What a killed search left in `folder` is not
    asked for again. A file is worth nothing where the system's `error` says something
    afterwards.

    Raises:
        DatasetError: the descriptions do not fit together.

    """
    of_dataset = {one.key: system for system in systems for one in system.datasets}

    def is_sound(group: Group) -> bool:
        return not any(of_dataset[address.dataset].error for address in group)

    search = Search(systems, identities)
    parts = Parts(folder, search, is_sound)
    described = [(one.key, one.is_asked, one.datasets) for one in systems]
    parts.begin((identities, described))
    with ExitStack() as opened:
        opened.callback(search.close)
        for system in systems:
            opened.callback(system.close)
            system.check()
        side_by_side(search.plan, systems, parts.visit)
    found: dict[Tolerant, list[Address]] = {system: [] for system in systems}
    for address in search.plan.reached():
        found[of_dataset[address.dataset]].append(address)
    for system, addresses in found.items():
        parts.put_together(addresses, folder / system.key)
    return {
        system.key: Counter(
            {str(one): parts.counts[one] for one in addresses if parts.counts[one]}
        )
        for system, addresses in found.items()
    }
