"""What is said with an act: words that may do, and words that never do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dsr.models import Ticket
from tests.dsr.machines.at_random.people import Pick

Arguments = Callable[[Ticket, Pick], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """`may` is refused for the facts only; each of `never` whatever the facts are."""

    may: Arguments
    never: tuple[Arguments, ...] = ()


def nothing(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Say nothing: the act asks for nothing."""
    return {}


def says(**words: object) -> Arguments:
    """Return arguments that are the same for every ticket."""

    def arguments(ticket: Ticket, pick: Pick) -> dict[str, Any]:
        return dict(words)

    return arguments
