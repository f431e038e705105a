"""Collects what all systems hold about a person, whichever of them answer."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from subjects.systems.base import Question, ReadError, Row, System
from subjects.systems.collect import Search
from subjects.systems.shape import Dataset


class Tolerant:
    """A system whose failure is noted, not raised, so that the others are searched.

    Once `error` says something, it is asked no more; its description stays, because
    other systems refer to it.
    """

    def __init__(self, system: System, error: str = "") -> None:
        self._system = system
        self.error = error

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
        if not self.error:
            try:
                self._system.check()
            except ReadError as error:
                self.error = str(error)

    def close(self) -> None:
        """Let go of its connection."""
        self._system.close()

    def find(self, question: Question) -> Iterator[Row]:
        """Yield the rows that match, as far as it answers."""
        if self.error:
            return
        try:
            yield from self._system.find(question)
        except ReadError as error:
            self.error = str(error)


def collect_into(
    folder: Path, systems: Sequence[Tolerant], identities: dict[str, list[str]]
) -> dict[str, Counter[str]]:
    """Write each system's records to a file of its own; count them by collection.

    A file is worth nothing where the system's `error` says something afterwards.

    Raises:
        DatasetError: the descriptions do not fit together.

    """
    of_dataset = {
        dataset.key: system.key for system in systems for dataset in system.datasets
    }
    counts: dict[str, Counter[str]] = {system.key: Counter() for system in systems}
    with ExitStack() as files:
        for system in systems:
            files.callback(system.close)
            system.check()
        out: dict[str, IO[str]] = {
            key: files.enter_context((folder / key).open("w", encoding="utf-8"))
            for key in counts
        }
        search = Search(systems, identities)
        for group in search.plan.groups:
            for address, found in search.rows(group):
                key, name = of_dataset[address.dataset], str(address)
                counts[key][name] += 1
                row, record = counts[key][name], search.record(address, found)
                line = {"collection": name, "row": row, "record": record}
                if keys := search.keys(address, found):
                    line["keys"] = keys
                out[key].write(json.dumps(line, ensure_ascii=False) + "\n")
    return counts
