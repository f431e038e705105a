"""What a card shows of restrictions and of the case's other tickets."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dsr.desk.days import Today
from dsr.models import RestrictionMeasure, Ticket
from dsr.policy import ActStatus, measure_acts
from dsr.policy.objecting import titles
from dsr.vocabulary import Actor, MeasureState, Outcome, RightCode, State, Weighing


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A restriction with what may be done to it now."""

    measure: RestrictionMeasure
    allowed: list[ActStatus]
    others: list[ActStatus]


@dataclass(frozen=True, slots=True)
class ObjectedView:
    """A purpose that is objected to."""

    title: str
    basis: str
    result: str | Promise


def measures_of(ticket: Ticket, *, by: Actor, now: Today) -> list[MeasureView]:
    """Return a ticket's restrictions with their acts."""
    views = []
    for measure in ticket.measures.all():
        measure.ticket = ticket
        status = measure_acts(measure, by=by, at=now.at)
        allowed = [one for one in status if one.allowed]
        others = [one for one in status if not one.allowed]
        views.append(MeasureView(measure, allowed, others))
    return views


def objected_of(ticket: Ticket) -> list[ObjectedView]:
    """Return the purposes objected to, each with its basis and what becomes of it."""
    return [
        ObjectedView(
            titles([one.purpose])[0],
            "; ".join(one.basis),
            Weighing(one.result).label if one.result else _fate(one.objectionable),
        )
        for one in ticket.objected.all()
    ]


def _fate(objectionable: bool) -> str:  # noqa: FBT001  # a fact of the row
    if objectionable:
        return _("stops, unless a weighing shows compelling grounds")
    return _("the right to object does not apply to this basis")


def facts_of_others(ticket: Ticket, tickets: list[Ticket]) -> list[str]:
    """Say what of the case's other tickets matters for this one."""
    others = [one for one in tickets if one.pk != ticket.pk]
    return list(chain.from_iterable(_facts(one) for one in others))


def _facts(other: Ticket) -> Iterator[str]:
    for measure in other.measures.all():
        if measure.state in MeasureState.IN_FORCE:
            facts = {
                "right": other.get_right_code_display(),
                "ground": measure.get_ground_display(),
                "state": measure.get_state_display(),
            }
            yield _("Restricted (%(right)s): %(ground)s – %(state)s") % facts
    if other.right_code == RightCode.OBJECTION and other.state in State.UNDECIDED:
        yield _("An objection is pending: the data are not to be used for it.")
    if other.right_code == RightCode.OBJECTION and _is_upheld(other):
        yield _(
            "An objection was upheld: the data are to be erased where nothing else "
            "justifies keeping them (GDPR Art. 17(1)(c))."
        )
    withdrawn = other.state not in (State.RECEIVED, State.TRIAGE, State.IN_PROGRESS)
    if other.right_code == RightCode.CONSENT_WITHDRAWAL and withdrawn:
        yield _("A consent was taken back: nothing may rest on it any more.")
    if other.right_code == RightCode.RECTIFICATION and other.state in State.UNDECIDED:
        yield _("The accuracy of data is contested and being verified.")


def _is_upheld(objection: Ticket) -> bool:
    return objection.outcome in Outcome.CARRIED_OUT
