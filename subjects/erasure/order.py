"""In which order changes are made, so that no foreign key ever points to nothing."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from subjects.erasure.links import Collections, Link
from subjects.erasure.person import Held
from subjects.systems.components import components
from subjects.systems.shape import Address, Path


def collection_order(
    collections: Collections, links: Sequence[Link]
) -> list[tuple[Address, ...]]:
    """Return the collections in groups: those that hold keys before those held.

    A group of more than one, or one that holds its own keys, is a circle. What a
    description asks for by `erase_after` gives way to a foreign key.
    """
    after: dict[Address, set[Address]] = {address: set() for address in collections}
    for link in links:
        after[link.holder].add(link.held)
    for address, collection in collections.items():
        for earlier in collection.erase_after:
            if earlier in after and not _leads(after, address, earlier):
                after[earlier].add(address)
    return components(after)


def _leads(after: Mapping[Address, set[Address]], start: Address, end: Address) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for other in after[waiting.pop()] - seen:
            seen.add(other)
            waiting.append(other)
    return end in seen


class RowOrder:
    """The order in which rows of a circle of collections go.

    `cut` are the references to be emptied before, each as a row and a field of it:
    their rows hold each other's keys in a circle.
    """

    def __init__(self, rows: Iterable[Held], links: Sequence[Link]) -> None:
        self._rows = list(rows)
        self._holds: dict[Held, dict[Held, Path]] = defaultdict(dict)
        for link in links:
            self._note(link)
        self.cut: list[tuple[Held, Path]] = []
        self.rows = list(self._sorted())

    def _note(self, link: Link) -> None:
        keys: dict[str, list[Held]] = defaultdict(list)
        for held in self._rows:
            if held.address == link.held:
                for text in held.texts(link.held_path):
                    keys[text].append(held)
        for holder in self._rows:
            if holder.address == link.holder:
                texts = holder.texts(link.holder_path)
                found = (held for text in texts for held in keys.get(text, ()))
                self._holds[holder].update(
                    (held, link.holder_path) for held in found if held is not holder
                )

    def _sorted(self) -> Iterator[Held]:
        waits = dict.fromkeys(self._rows, 0)
        for some in self._holds.values():
            for held in some:
                waits[held] += 1
        ready = deque(held for held, count in waits.items() if not count)
        while waits:
            held = ready.popleft() if ready else self._freed(waits)
            del waits[held]
            yield held
            for other in self._holds.get(held, ()):
                if other in waits:
                    waits[other] -= 1
                    if not waits[other]:
                        ready.append(other)

    def _freed(self, waits: Iterable[Held]) -> Held:
        """Return a row of a circle, once no other holds its key any more."""
        first = next(iter(waits))
        for holder in waits:
            if path := self._holds.get(holder, {}).pop(first, None):
                self.cut.append((holder, path))
        return first
