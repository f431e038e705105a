"""Which values are still to be looked for where, and which were.

What one collection leads to waits apart from what another does, so that several may
be read side by side and everything is still asked in one order.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from subjects.systems.graph import Edge, Plan
from subjects.systems.known import Known, Pile
from subjects.systems.shape import Address, Collection, Path
from subjects.systems.values import as_text, cast

Values = Mapping[Path, list[Any]]


class Wanted:
    """The values of one search, by where they are looked for."""

    def __init__(self, plan: Plan, collections: Mapping[Address, Collection]) -> None:
        self._collections = collections
        self._waiting: dict[Address, dict[tuple[Path, Edge | None], Pile]]
        self._waiting = defaultdict(dict)
        self._met: dict[Edge, Known] = {}
        self.asked: dict[Address, dict[Path, Known]] = defaultdict(dict)
        for seed in plan.seeds:
            self._expect(seed.target, seed.target_path, None)
        for edge in sorted(edge for edges in plan.edges.values() for edge in edges):
            self._expect(edge.target, edge.target_path, edge)
            self._met[edge] = Known()

    def _expect(self, target: Address, path: Path, edge: Edge | None) -> None:
        self._waiting[target].setdefault((path, edge), Pile())
        self.asked[target].setdefault(path, Known())

    def seek(self, value: Any, target: Address, path: Path) -> None:
        """Look for what is known of the person from the beginning."""
        wanted = self._cast(value, target, path)
        if wanted is not None:
            self._waiting[target][path, None].add(wanted)

    def follow(self, edge: Edge, value: Any) -> None:
        """Look for what was found, at the end of an edge."""
        wanted = self._cast(value, edge.target, edge.target_path)
        if wanted is not None and self._met[edge].add(as_text(wanted)):
            self._waiting[edge.target][edge.target_path, edge].add(wanted)

    def _cast(self, value: Any, target: Address, path: Path) -> Any:
        field = self._collections[target].field_at(path)
        wanted = cast(value, field.data_type) if field else value
        # An empty text would lead to everybody who also has none.
        return None if wanted == "" else wanted

    def count(self, target: Address) -> int:
        """Return how many values wait, at most: one may wait twice."""
        return sum(map(len, self._waiting[target].values()))

    def take(self, target: Address, at_once: int) -> Iterator[Values]:
        """Yield what waits and was not asked before, `at_once` values at a time.

        All of it counts as asked as soon as the first are taken.
        """
        fresh: dict[Path, Pile] = defaultdict(Pile)
        for (path, _edge), pile in self._waiting[target].items():
            asked = self.asked[target][path]
            for value in pile.take():
                if asked.add(as_text(value)):
                    fresh[path].add(value)
        pairs = ((path, value) for path, pile in fresh.items() for value in pile.take())
        while part := list(islice(pairs, at_once)):
            values: dict[Path, list[Any]] = {}
            for path, value in part:
                values.setdefault(path, []).append(value)
            yield values

    def close(self) -> None:
        """Let go of what was kept in files."""
        asked = (known for paths in self.asked.values() for known in paths.values())
        for known in (*self._met.values(), *asked):
            known.close()
