"""Moves a ticket as far as the facts already allow, right by right.

Whoever brings a fact (a search done, an order closed, a notice sent) calls
`proceed`; the file of each right says what follows from it.
"""

from collections.abc import Callable
from datetime import datetime

from dsr.models import Ticket
from dsr.vocabulary import Actor, RightCode

Step = Callable[[Ticket, Actor, datetime], None]
STEPS: dict[str, Step] = {}
ALWAYS: list[Step] = []


def follows(*rights: RightCode) -> Callable[[Step], Step]:
    """Register what follows from new facts for a right."""

    def register(step: Step) -> Step:
        STEPS.update(dict.fromkeys(rights, step))
        return step

    return register


def follows_always(step: Step) -> Step:
    """Register what follows for every right, even when the ticket is closed."""
    ALWAYS.append(step)
    return step


def proceed(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Let a ticket, whose lock the caller holds, go on by itself if it can."""
    for always in ALWAYS:
        always(ticket, by, at)
    step = STEPS.get(ticket.right_code)
    if step is not None and ticket.is_open:
        step(ticket, by, at)
