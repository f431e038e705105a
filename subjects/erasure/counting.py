"""From which fields a rule counts, and what stands in them for one record.

A description names a field of the same row, or one of another collection; then the
rows of the person that are linked with this one are looked at.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from subjects.erasure.links import Link
from subjects.erasure.person import Held, Person
from subjects.erasure.rules import Days
from subjects.erasure.tables import Tables
from subjects.systems.shape import Address, DatasetError, Path, Retention

Step = tuple[Path, Address, Path]  # from which field, to which collection, to which


class Counter:
    """Finds the days that the rules of one person's records count from."""

    def __init__(
        self,
        person: Person,
        tables: Tables,
        links: Sequence[Link],
    ) -> None:
        self._person = person
        self._tables = tables
        self._steps = _steps(links)
        self._ways: dict[tuple[Address, str], tuple[list[Step], Path]] = {}

    def days(self, held: Held, retention: Retention) -> Days:
        """Return what stands in the fields that `retention` names.

        Raises:
            DatasetError: it names a field that nobody can find.

        """
        return Days(
            event=tuple(
                value for text in retention.event for value in self._values(held, text)
            ),
            known=self._values(held, retention.known),
            decided=self._values(held, retention.decided),
            birth=self._values(held, retention.birth),
        )

    def _values(self, held: Held, text: str) -> tuple[Any, ...]:
        if not text:
            return ()
        steps, path = self._way(held.address, text)
        rows = [held]
        for here, address, there in steps:
            texts = [one for row in rows for one in row.texts(here)]
            rows = self._person.having(address, there, texts)
        return tuple(_at(row.row, path) for row in rows)

    def _way(self, address: Address, text: str) -> tuple[list[Step], Path]:
        if (address, text) not in self._ways:
            target, path = self._field(address, text)
            self._ways[address, text] = self._walk(address, target, text), path
        return self._ways[address, text]

    def _field(self, address: Address, text: str) -> tuple[Address, Path]:
        dataset, colon, rest = text.rpartition(":")
        names = tuple(rest.split("."))
        target = Address(dataset or address.dataset, names[0])
        if not colon and self._tables.collections[address].field_at(names):
            return address, names
        other = self._tables.collections.get(target)
        if len(names) > 1 and other is not None and other.field_at(names[1:]):
            return target, names[1:]
        raise self._error(
            address, f"{text}, which is not described; correct it or describe it"
        )

    def _walk(self, start: Address, target: Address, text: str) -> list[Step]:
        """Return the shortest way from collection to collection, by references."""
        waiting: deque[tuple[Address, list[Step]]] = deque([(start, [])])
        seen = {start}
        while waiting:
            address, way = waiting.popleft()
            if address == target:
                return way
            for step in self._steps.get(address, ()):
                if step[1] not in seen:
                    seen.add(step[1])
                    waiting.append((step[1], [*way, step]))
        raise self._error(
            start, f"{text}, to which no reference leads; add one, or name another"
        )

    def _error(self, address: Address, said: str) -> DatasetError:
        return DatasetError(
            f"{self._tables.at(address).source}: dataset {address.dataset}, collection "
            f"{address.collection}: its retention counts from {said}"
        )


def _steps(links: Sequence[Link]) -> dict[Address, list[Step]]:
    steps: dict[Address, list[Step]] = {}
    for link in links:
        up = (link.holder_path, link.held, link.held_path)
        down = (link.held_path, link.holder, link.holder_path)
        steps.setdefault(link.holder, []).append(up)
        steps.setdefault(link.held, []).append(down)
    return steps


def _at(row: Any, path: Path) -> Any:
    for name in path:
        row = row.get(name) if isinstance(row, Mapping) else None
    return row


def own_fields(retention: Retention) -> Iterator[str]:
    """Yield the fields of the row itself that a rule counts from."""
    for text in (
        *retention.event, retention.known, retention.decided, retention.birth,
    ):  # fmt: skip
        if text and "." not in text:
            yield text
