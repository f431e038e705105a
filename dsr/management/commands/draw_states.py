"""Draws the state machines; `make check` fails if docs/states.md differs."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Model

from dsr.models import RestrictionMeasure
from dsr.rights import RIGHTS, TICKETS
from dsr.rights.drawing import moves
from dsr.vocabulary import MeasureState, State

INTRODUCTION = """\
# The states of a ticket

One diagram a right, drawn from the transitions in the code by `manage.py draw_states`;
the last is that of a restriction, which outlives the ticket that began it.
An arrow that ends where it began changes facts, not the state."""


class Command(BaseCommand):
    """Print the page `docs/states.md`."""

    help = "Print the states of each right's ticket as Mermaid diagrams."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one diagram a right, in the order of the portal."""
        diagrams = [diagram(TICKETS[code], State.RECEIVED.value) for code in RIGHTS]
        diagrams.append(diagram(RestrictionMeasure, MeasureState.PROPOSED.value))
        self.stdout.write("\n\n".join([INTRODUCTION, *diagrams]))


def diagram(model: type[Model], first: str) -> str:
    """Return the diagram of one machine, its arrows in a stable order."""
    arrows = [
        f"    {move.source} --> {move.target}: {move.name}"
        for move in moves(model, first)
    ]
    start = f"    [*] --> {first}"
    title = f"## {model.__name__.removesuffix('Ticket')}"
    return "\n".join(
        [title, "", "```mermaid", "stateDiagram-v2", start, *arrows, "```"]
    )
