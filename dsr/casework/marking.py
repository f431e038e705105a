"""Marks in the systems that have a column for it: restricted, lifted, no advertising.

What the fields of a row are to say stands in the description of its collection
(`marks`). GDPR Arts. 4(3), 18, 21(3) and recital 67.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from dsr.casework.planners import plans
from dsr.casework.searches import identities_of
from dsr.casework.suppression import addresses_of
from dsr.models import RestrictionMeasure, Ticket
from dsr.policy import PolicyError
from dsr.vocabulary import IdentifierKind, OrderAct
from subjects.erasure.owned import now_at, rows_of
from subjects.erasure.person import Held
from subjects.systems.base import System
from subjects.systems.changes import Change
from subjects.systems.collect import plan
from subjects.systems.marks import marks_of
from subjects.systems.shape import Address, Path

MARKED = (OrderAct.RESTRICT, OrderAct.LIFT, OrderAct.SUPPRESS)


def plan_marks(
    act: OrderAct, ticket: Ticket, systems: Sequence[System], at: datetime
) -> Mapping[str, Sequence[Change]]:
    """Plan which rows of the person say what, once the act is done.

    Raises:
        PolicyError: an officer has to do it; the sentence says why.

    """
    if act == OrderAct.LIFT:
        _nothing_else_restricts(ticket)
    identities = _identities(act, ticket)
    if not identities:
        raise PolicyError(
            _("Nothing is verified by which the person can be found; answer by hand.")
        )
    planned: dict[str, list[Change]] = {system.key: [] for system in systems}
    system_of = {one.key: system for system in systems for one in system.datasets}
    shared: Counter[str] = Counter()
    marks = marks_of(systems, act)
    _all_are_reached(marks, systems, identities)
    for held, is_theirs, _is_named in rows_of(systems, identities):
        said = marks.get(held.address)
        if said and is_theirs:
            key = system_of[held.address.dataset].key
            planned[key].append(Change(held.address, held.key, _now(held, said), said))
        elif said:
            shared[str(held.address)] += 1
    if shared:
        raise PolicyError(
            _("Rows are shared with others; mark them by hand: %(where)s.")
            % {"where": ", ".join(f"{n} × {name}" for name, n in shared.items())}
        )
    return planned


def _all_are_reached(
    marks: Mapping[Address, object],
    systems: Sequence[System],
    identities: Mapping[str, Sequence[str]],
) -> None:
    """Call nothing marked that could not even be looked for."""
    left = sorted(map(str, set(marks) - set(plan(systems, identities).reached())))
    if left:
        raise PolicyError(
            _("Nothing leads from the person to these; mark them by hand: %(where)s.")
            % {"where": ", ".join(left)}
        )


def _nothing_else_restricts(ticket: Ticket) -> None:
    """Leave the mark while another restriction of the person is in force."""
    of_person = RestrictionMeasure.objects.of(ticket.case.subject)
    if of_person.in_force().exists():
        raise PolicyError(
            _("Another restriction of the person is in force; the mark has to stay.")
        )


def _identities(act: OrderAct, ticket: Ticket) -> dict[str, list[str]]:
    """Return what is proven and, against advertising, what nobody has to prove.

    Whose address it is does not matter there: none of it gets any. Art. 21(3).
    """
    found = identities_of(ticket)
    if act == OrderAct.SUPPRESS:
        for kind, value in addresses_of(ticket):
            if kind in IdentifierKind and value not in found.get(kind, ()):
                found.setdefault(kind, []).append(value)
    return found


def _now(held: Held, said: Mapping[Path, object]) -> dict[Path, object]:
    return {path: now_at(held, path) for path in said}


for _act in MARKED:
    plans(_act)(partial(plan_marks, _act))
