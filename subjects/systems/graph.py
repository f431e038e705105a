"""In which order collections are searched, and which values lead from one to the next.

The seeds are the identities we know of a person. A reference without a direction
is followed the way it is first reached and never back: from an address one may
not come to the neighbours who live there too.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from django.utils.translation import gettext as _

from subjects.systems.components import components
from subjects.systems.datasets import refuse_twins
from subjects.systems.shape import (
    Address,
    Collection,
    Dataset,
    DatasetError,
    Path,
    Reference,
)

Group = tuple[Address, ...]  # collections that are searched together


class Edge(NamedTuple):
    """Values found in `source` at `source_path` are looked for in `target`."""

    source: Address
    source_path: Path
    target: Address
    target_path: Path

    def turned(self) -> "Edge":
        """Return the same edge the other way round."""
        return Edge(self.target, self.target_path, self.source, self.source_path)


class Seed(NamedTuple):
    """A field that holds an identity we may know, such as an e-mail address."""

    identity: str
    target: Address
    target_path: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """How to search: groups in order, and what leads where.

    A group of one is asked once, unless it refers to itself; the collections of
    a larger group refer to each other and are asked until nothing new is found.
    `before` says which groups have to be searched first; `unreachable` why a
    collection is not searched at all.
    """

    groups: tuple[Group, ...]
    edges: Mapping[Address, Sequence[Edge]]
    seeds: tuple[Seed, ...]
    unreachable: Mapping[Address, str]
    before: Mapping[Group, frozenset[Group]]

    def reached(self) -> tuple[Address, ...]:
        """Return the collections that are searched, in order."""
        return tuple(address for group in self.groups for address in group)


def make_plan(datasets: Sequence[Dataset], identities: Container[str]) -> Plan:
    """Plan the search in `datasets` from the kinds of `identities` given.

    Raises:
        DatasetError: a reference names a collection that is not searched, two
            datasets share a key, or `after` asks for an impossible order.

    """
    refuse_twins(datasets)
    nodes, left_out = _nodes(datasets)
    seeds = tuple(seed for seed in _seeds(nodes) if seed.identity in identities)
    edges = _edges(datasets, nodes, left_out, seeds)
    depths = _depths(edges, seeds)
    kept = [edge for edge in edges if edge.source in depths]
    unreachable = dict(left_out)
    for address in nodes:
        if address not in depths:
            unreachable[address] = _("no identity given and no reference leads to it")
    before = _before(datasets, nodes, kept, set(depths))
    return Plan(
        groups=tuple(_sorted(before)),
        edges=_by_source(kept),
        seeds=seeds,
        unreachable=dict(sorted(unreachable.items())),
        before=before,
    )


Nodes = dict[Address, Collection]


def _nodes(datasets: Sequence[Dataset]) -> tuple[Nodes, dict[Address, str]]:
    nodes: Nodes = {}
    left_out: dict[Address, str] = {}
    for dataset in datasets:
        for one in dataset.collections:
            address = Address(dataset.key, one.name)
            if one.skip_processing:
                left_out[address] = _("its description says skip_processing")
            elif any(field.custom_request_field for _path, field in one.each_field()):
                left_out[address] = _("it waits for a custom request field")
            else:
                nodes[address] = one
    return nodes, left_out


def _seeds(nodes: Nodes) -> Iterator[Seed]:
    for address, collection in nodes.items():
        for path, field in collection.each_field():
            if field.identity:
                yield Seed(field.identity, address, path)


def _edges(
    datasets: Sequence[Dataset],
    nodes: Nodes,
    left_out: Mapping[Address, str],
    seeds: Iterable[Seed],
) -> list[Edge]:
    one_way: set[Edge] = set()
    either_way: set[Edge] = set()
    files = {dataset.key: dataset.source for dataset in datasets}
    for address, collection in nodes.items():
        for path, field in collection.each_field():
            for reference in field.references:
                if reference.address not in nodes:
                    raise _dangling(files, address, path, reference, left_out)
                edge = Edge(reference.address, reference.path, address, path)
                if reference.direction == "":
                    either_way.add(edge)
                else:
                    here = reference.direction == "from"
                    one_way.add(edge if here else edge.turned())
    return sorted(one_way | set(_oriented(one_way, either_way, seeds)))


def _dangling(
    files: Mapping[str, str],
    address: Address,
    path: Path,
    reference: Reference,
    left_out: Mapping[Address, str],
) -> DatasetError:
    why = left_out.get(reference.address, "is not described in any dataset given")
    return DatasetError(
        f"{files[address.dataset]}: dataset {address.dataset}, collection "
        f"{address.collection}, field {'.'.join(path)}: it refers to collection "
        f"{reference.address}, which cannot be searched ({why}); describe that "
        "collection or remove the reference"
    )


def _oriented(
    one_way: set[Edge], either_way: set[Edge], seeds: Iterable[Seed]
) -> Iterator[Edge]:
    both = either_way | {edge.turned() for edge in either_way}
    depths = _depths(one_way | both, seeds)
    far = len(depths) + 1
    for edge in both:
        start, end = depths.get(edge.source, far), depths.get(edge.target, far)
        if (start, edge.source) <= (end, edge.target):
            yield edge


def _depths(edges: Iterable[Edge], seeds: Iterable[Seed]) -> dict[Address, int]:
    leads_to = _by_source(edges)
    depths: dict[Address, int] = {}
    layer, depth = {seed.target for seed in seeds}, 0
    while layer:
        depths.update(dict.fromkeys(layer, depth))
        depth += 1
        targets = {edge.target for node in layer for edge in leads_to.get(node, ())}
        layer = targets - depths.keys()
    return depths


def _by_source(edges: Iterable[Edge]) -> dict[Address, list[Edge]]:
    leads_to: dict[Address, list[Edge]] = defaultdict(list)
    for edge in edges:
        leads_to[edge.source].append(edge)
    return dict(leads_to)


def _before(
    datasets: Sequence[Dataset],
    nodes: Nodes,
    edges: Iterable[Edge],
    reached: set[Address],
) -> dict[Group, frozenset[Group]]:
    """Return the groups, each with those that are to be searched before it."""
    follows: dict[Address, set[Address]] = {address: set() for address in reached}
    for edge in edges:
        follows[edge.target].add(edge.source)
    groups = components(follows)
    group_of = {address: group for group in groups for address in group}
    waits = _waits(datasets, nodes, reached)
    return {
        group: frozenset(
            group_of[other]
            for address in group
            for other in (*follows[address], *waits[address])
        )
        - {group}
        for group in groups
    }


def _waits(
    datasets: Sequence[Dataset], nodes: Nodes, reached: set[Address]
) -> dict[Address, set[Address]]:
    """Return for each collection those it waits for because of `after`."""
    members: dict[str, set[Address]] = defaultdict(set)
    for address in reached:
        members[address.dataset].add(address)
    waits: dict[Address, set[Address]] = {}
    earlier = {one.key: [members[key] for key in one.after] for one in datasets}
    for address in reached:
        others = set(nodes[address].after) & reached
        waits[address] = others.union(*earlier[address.dataset]) - {address}
    return waits


def _sorted(before: Mapping[Group, frozenset[Group]]) -> Iterator[Group]:
    sorter = TopologicalSorter(before)
    try:
        sorter.prepare()
    except CycleError as error:
        names = ", ".join(sorted({str(one[0]) for one in error.args[1]}))
        raise DatasetError(
            f"`after` asks for an order that cannot be kept among {names}; "
            "remove one of these `after`"
        ) from error
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        yield from ready
        sorter.done(*ready)
