"""Which orders a machine can carry out, and who plans what it does.

The file of each act registers a planner with `@plans(OrderAct.…)`: given a ticket and
all systems, it returns the changes for each system, by key, in the order in which the
systems are asked. It only reads; what it plans is kept, and applied later.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from dsr.models import Ticket
from dsr.vocabulary import OrderAct
from subjects.systems.base import System
from subjects.systems.changes import Change, Changeable
from subjects.systems.marks import can_mark

Planner = Callable[[Ticket, Sequence[System], datetime], Mapping[str, Sequence[Change]]]
PLANNERS: dict[str, Planner] = {}


def plans(*acts: OrderAct) -> Callable[[Planner], Planner]:
    """Register what plans the changes that an order asks for.

    The planner may raise ReadError or DatasetError, and is asked again later; or
    PolicyError, and the order is left to an officer, who reads the sentence.
    """

    def register(planner: Planner) -> Planner:
        PLANNERS.update(dict.fromkeys(acts, planner))
        return planner

    return register


def is_for_a_machine(system: System, act: str) -> bool:
    """Whether its list entry lets us carry out such orders, and we know how."""
    allowed = act in system.acts and can_mark(system, act)
    return allowed and act in PLANNERS and isinstance(system, Changeable)
