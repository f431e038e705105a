"""Corrections that a machine carries out: the old value replaced wherever it stands.

A datum is corrected in the field that was named and, in every system, in the fields
of the same category in which rows that bear the person's identity say the same. What
was observed, such as a log of mails sent, is a record of what happened and stays.
GDPR Art. 16.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from dsr.casework.planners import plans
from dsr.casework.searches import identities_of
from dsr.models import Correction, Ticket
from dsr.policy import PolicyError
from dsr.vocabulary import CorrectionVerdict, OrderAct
from subjects.erasure.owned import Found, now_at, rows_of
from subjects.erasure.person import Held
from subjects.systems.base import System
from subjects.systems.changes import Change
from subjects.systems.place import Place, place_named, places_of
from subjects.systems.shape import Address, Path
from subjects.systems.values import cast, values_at

BY_HAND = (CorrectionVerdict.SUPPLEMENT, CorrectionVerdict.ANNOTATE)
New = dict[tuple[Address, tuple[str, ...]], tuple[Held, dict[Path, Any]]]


@dataclass(frozen=True, slots=True)
class Datum:
    """A correction, the field that it names, and where else the same may stand."""

    says: str
    wanted: str
    named: Place
    others: tuple[Place, ...]


@plans(OrderAct.CORRECT)
def plan_corrections(
    ticket: Ticket, systems: Sequence[System], at: datetime
) -> Mapping[str, Sequence[Change]]:
    """Plan the new value of every row that says the old one.

    Raises:
        PolicyError: an officer has to do it; the sentence says why, without a value.

    """
    data = list(_data(ticket, systems))
    rows = list(rows_of(systems, identities_of(ticket)))
    found: New = {}
    for datum in data:
        for place, held in _to_change(datum, rows):
            _can_be_changed(place, systems)
            new = _new(datum.wanted, place, held)
            _held, values = found.setdefault((held.address, held.mark), (held, {}))
            if values.setdefault(place.path, new) != new:
                _refuse(_("two data ask for different values"), place)
    return _by_system(found, systems)


def _by_system(found: New, systems: Sequence[System]) -> dict[str, list[Change]]:
    planned: dict[str, list[Change]] = {system.key: [] for system in systems}
    system_of = {one.key: system for system in systems for one in system.datasets}
    for held, values in found.values():
        now = {path: now_at(held, path) for path in values}
        change = Change(held.address, held.key, now, values)
        planned[system_of[held.address.dataset].key].append(change)
    return planned


def _data(ticket: Ticket, systems: Sequence[System]) -> Iterator[Datum]:
    """Yield what is to be corrected, and where; what was judged apart stays apart."""
    judged = {one: _named(one, systems) for one in ticket.corrections.all()}
    places = [place for system in systems for place in places_of(system)]
    for one, named in judged.items():
        if one.verdict == CorrectionVerdict.CORRECT:
            others = [
                place
                for place in places
                if place not in judged.values() and _is_same(place, named)
            ]
            says = one.says.strip()
            yield Datum(
                says, one.should_say.strip(), named, tuple(others if says else ())
            )


def _named(correction: Correction, systems: Sequence[System]) -> Place:
    where = {"system": correction.system, "place": correction.place}
    if correction.verdict in BY_HAND:
        raise PolicyError(
            _(
                "%(system)s, %(place)s: a statement or a note is added by people; "
                "answer by hand."
            )
            % where
        )
    system = next((one for one in systems if one.key == correction.system), None)
    named = place_named(system, correction.place) if system else None
    if named is None:
        raise PolicyError(
            _(
                "%(system)s, %(place)s: this names no field as collection.field, so "
                "no machine finds it; answer by hand."
            )
            % where
        )
    return named


def _is_same(place: Place, named: Place) -> bool:
    """Whether a field may hold the same datum of the same person."""
    shared = set(place.field.categories) & set(named.field.categories)
    plain = place.origin != "observed" and not place.field.fields
    return bool(shared) and plain and not place.is_of_others


def _to_change(datum: Datum, rows: Sequence[Found]) -> Iterator[tuple[Place, Held]]:
    """Yield the rows that say the old value, in the field named and in the others."""
    yield from ((datum.named, held) for held in _where_named(datum, rows))
    for place in datum.others:
        yield from ((place, held) for held in _elsewhere(datum, place, rows))


def _where_named(datum: Datum, rows: Sequence[Found]) -> Iterator[Held]:
    here = [one for one in rows if one.held.address == datum.named.address]
    old = [one for one in here if _says(one.held, datum.named) == {datum.says}]
    done = [one for one in here if _says(one.held, datum.named) == {datum.wanted}]
    if not old and not done:
        _refuse(_("no row of the person says what was noted, alone"), datum.named)
    if not datum.says and len(old) > 1:
        _refuse(_("several rows of the person are empty there"), datum.named)
    if not all(one.is_theirs for one in old):
        _refuse(_("the row is shared with others"), datum.named)
    yield from (one.held for one in old)


def _elsewhere(datum: Datum, place: Place, rows: Sequence[Found]) -> Iterator[Held]:
    """Yield rows that are surely about the person; a doubt is for people."""
    for one in rows:
        if one.held.address != place.address:
            continue
        said = _says(one.held, place)
        if datum.says not in said:
            continue
        if said != {datum.says} or not (one.is_theirs and one.is_named):
            _refuse(_("the old value stands here too, perhaps another's"), place)
        yield one.held


def _says(held: Held, place: Place) -> set[str]:
    return {text.strip() for text in held.texts(place.path)} or {""}


def _can_be_changed(place: Place, systems: Sequence[System]) -> None:
    """Leave to people what rows are told apart or referred to by."""
    field = place.field
    referred = {
        (one.address, one.path)
        for system in systems
        for other in places_of(system)
        for one in other.field.references
    }
    if field.primary_key or field.references or (place.address, place.path) in referred:
        _refuse(_("rows are known by this field"), place)
    if field.fields or field.read_only:
        _refuse(_("it is read_only, or no single value"), place)


def _new(text: str, place: Place, held: Held) -> Any:
    """Return the new value as the field holds its values: a number, say."""
    if not held.key:
        _refuse(_("its rows have no primary key"), place)
    now = next(values_at(held.whole, place.path), None)
    if now is None and len(place.path) > 1:
        _refuse(_("there is nothing yet that could be replaced"), place)
    kinds = {bool: "boolean", int: "integer", float: "float"}
    new = cast(text, place.field.data_type or kinds.get(type(now), ""))
    if new is None:
        _refuse(_("the new value does not fit"), place)
    return new


def _refuse(why: str, place: Place) -> NoReturn:
    raise PolicyError(
        _("%(place)s: %(why)s; correct it by hand.") % {"place": place, "why": why}
    )
