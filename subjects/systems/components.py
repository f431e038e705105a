"""Cycles of a directed graph: which of its nodes lead back to each other."""

from collections.abc import Iterable, Mapping

from subjects.systems.shape import Address


def components(
    graph: Mapping[Address, Iterable[Address]],
) -> list[tuple[Address, ...]]:
    """Return the strongly connected components of `graph`, each sorted.

    Kosaraju's two passes, without recursion: a graph may be any number deep.
    """
    backwards: dict[Address, list[Address]] = {node: [] for node in graph}
    for node, others in graph.items():
        for other in others:
            backwards[other].append(node)
    seen: set[Address] = set()
    finished: list[Address] = []
    for node in sorted(graph):
        finished += _finished_from(node, graph, seen)
    seen = set()
    return [
        tuple(sorted(found))
        for node in reversed(finished)
        if (found := _finished_from(node, backwards, seen))
    ]


def _finished_from(
    start: Address, graph: Mapping[Address, Iterable[Address]], seen: set[Address]
) -> list[Address]:
    """Walk depth first over the unseen; return nodes in the order they are done."""
    if start in seen:
        return []
    seen.add(start)
    finished: list[Address] = []
    walk = [(start, iter(sorted(graph[start])))]
    while walk:
        node, others = walk[-1]
        following = next((other for other in others if other not in seen), None)
        if following is None:
            finished.append(node)
            walk.pop()
        else:
            seen.add(following)
            walk.append((following, iter(sorted(graph[following]))))
    return finished
