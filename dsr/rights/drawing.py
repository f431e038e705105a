"""The moves of a state machine, as far as a row can ever come to make them."""

from dataclasses import dataclass

from django.db.models import Model
from django_fsm import FSMField

from dsr.models import Ticket
from dsr.vocabulary import State


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """One arrow of a machine; `target` equals `source` where only facts change."""

    source: str
    target: str
    name: str


def moves(model: type[Model], first: str = State.RECEIVED.value) -> list[Move]:
    """Return the moves that begin in a state that can be reached from the first.

    The transitions shared by all rights name the states of each; those of another
    right are never reached.
    """
    field = model._meta.get_field("state")
    if not isinstance(field, FSMField):
        raise TypeError(f"{model.__name__} has no state machine")
    known = [
        Move(str(arrow.source), str(arrow.target or arrow.source), arrow.name)
        for arrow in field.get_all_transitions(model)
    ]
    reached: set[str] = set()
    new = {first}
    while new:
        reached |= new
        new = {move.target for move in known if move.source in reached} - reached
    return sorted(move for move in known if move.source in reached)


def states(ticket: type[Ticket]) -> set[str]:
    """Return the states that the ticket of a right can be in."""
    return {State.RECEIVED.value, *(move.target for move in moves(ticket))}
