"""A dry run: every question that a search would ask, for values that nobody has.

It shows whether each collection may be read and how long it takes, and learns
nothing about anybody: no row is kept, nor looked at.
"""

import time
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from subjects.systems.base import Question, ReadError, System
from subjects.systems.graph import Plan
from subjects.systems.shape import Address, Path

NOBODYS = ("rightsdesk-dry-run@nobody.invalid", -987_654_321)  # RFC 2606, section 2


class Tried(NamedTuple):
    """One collection that was asked: how long it took, and why it could not answer."""

    address: Address
    milliseconds: int
    error: str


def dry_run(system: System, plan: Plan) -> Iterator[Tried]:
    """Ask the system's collections in the order of a search, and time each."""
    own = {dataset.key for dataset in system.datasets}
    for address in plan.reached():
        if address.dataset in own:
            yield _try(system, _question(plan, address))


def _question(plan: Plan, address: Address) -> Question:
    edges = [edge for edges in plan.edges.values() for edge in edges]
    paths: list[Path] = [one.target_path for one in plan.seeds if one.target == address]
    paths += [edge.target_path for edge in edges if edge.target == address]
    also = {edge.source_path[0] for edge in edges if edge.source == address}
    return Question(address, dict.fromkeys(paths, NOBODYS), frozenset(also))


def _try(system: System, question: Question) -> Tried:
    began, error = time.monotonic(), ""
    try:
        for _row in islice(system.find(question), 1):
            pass
    except ReadError as failed:
        error = str(failed)
    return Tried(question.address, round((time.monotonic() - began) * 1000), error)
