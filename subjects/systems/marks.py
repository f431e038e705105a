"""What rows are to say once an act is done, as their descriptions have it."""

from collections.abc import Iterable, Mapping
from typing import Any

from subjects.systems.base import System
from subjects.systems.shape import MARKED, Address, Path


def marks_of(systems: Iterable[System], act: str) -> dict[Address, Mapping[Path, Any]]:
    """Return the marks of an act, by collection; those without any are left out."""
    return {
        Address(dataset.key, collection.name): collection.about.marks[act]
        for system in systems
        for dataset in system.datasets
        for collection in dataset.collections
        if act in collection.about.marks
    }


def can_mark(system: System, act: str) -> bool:
    """Whether an act sets no marks, or this system has a place for one."""
    return act not in MARKED or bool(marks_of([system], act))
