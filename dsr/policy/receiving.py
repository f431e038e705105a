"""Who received the data of this very person, as the register of recipients tells.

The register says of each recipient from which datasets, and which categories of data,
they receive. GDPR Arts. 15(1)(c) and 19; C-154/21.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.conf import settings

from dsr.controller import current
from dsr.controller.data import Controller, Recipient
from dsr.models import Ticket
from dsr.vocabulary import CorrectionVerdict, OrderAct, SearchState
from subjects.systems.categories import falls_under
from subjects.systems.register import load_systems
from subjects.systems.shape import Address
from subjects.systems.shape import Collection as Described

# Of which operations the register tells who is concerned. Whoever was told of a
# restriction has to learn of its end, whatever is found meanwhile.
BY_REGISTER = (OrderAct.ERASE, OrderAct.CORRECT)


class Found(NamedTuple):
    """A collection in which data of the person lie, and the categories of its fields.

    Without any category it may hold anything.
    """

    dataset: str
    categories: frozenset[str]


def receivers(
    ticket: Ticket, day: date, systems: Collection[str] = ()
) -> dict[str, Recipient]:
    """Return by code who received data of the ticket's person, in force on a day.

    Everyone, where it is not certain what is held: a search is missing or excused, or
    something is not described. With `systems`, only what lies there counts.
    """
    named = current().recipients_on(day)
    places = _places()
    found = _found(ticket, places, systems)
    if not found:
        return named
    listed = {one.dataset for one in places.values()}
    return {
        code: one for code, one in named.items() if _receives(one, found, listed=listed)
    }


def by_kind(
    controller: Controller, language: str, codes: Collection[str]
) -> list[tuple[str, tuple[str, ...]]]:
    """Return the recipients of these codes by name, each kind with its title."""
    kinds = (
        (
            recipients.title.to(language),
            tuple(
                one.name
                for key, one in recipients.named.items()
                if f"{kind}.{key}" in codes
            ),
        )
        for kind, recipients in controller.recipients.items()
    )
    return [(title, names) for title, names in kinds if names]


def concerned(ticket: Ticket, operation: OrderAct, day: date) -> dict[str, Recipient]:
    """Return by code whom an operation on what was found concerns."""
    if operation not in BY_REGISTER:
        return current().recipients_on(day)
    corrected = ticket.corrections.exclude(verdict__in=("", *CorrectionVerdict.KEPT))
    systems = set(corrected.values_list("system", flat=True))
    return receivers(ticket, day, systems if operation == OrderAct.CORRECT else ())


def _receives(
    one: Recipient, found: Sequence[Found], *, listed: Collection[str]
) -> bool:
    """Say whether something of what was found goes to a recipient.

    A dataset that no system has is a slip of the pen, and keeps nobody from knowing.
    """
    if any(key not in listed for key in one.datasets):
        return True
    return any(
        (not one.datasets or place.dataset in one.datasets)
        and (not one.categories or _is_of(place, one.categories))
        for place in found
    )


def _is_of(place: Found, wanted: Sequence[str]) -> bool:
    if not place.categories:
        return True
    return any(falls_under(has, one) for has in place.categories for one in wanted)


def _found(
    ticket: Ticket, places: Mapping[str, Found], systems: Collection[str]
) -> list[Found]:
    """Return where data were found; nothing where that is not certain."""
    searches = list(ticket.searches.all())
    done = (SearchState.FOUND, SearchState.NOTHING)
    if any(one.state not in done for one in searches):
        return []
    addresses = [
        address
        for one in searches
        if not systems or one.system in systems
        for address in one.counts
    ]
    if any(address not in places for address in addresses):
        return []
    return [places[address] for address in addresses]


def _places() -> dict[str, Found]:
    """Return every place that is described; none where the list cannot be used."""
    try:
        systems = load_systems(settings.SYSTEMS_FILE)
    except ValueError:
        return {}
    return {
        str(Address(dataset.key, one.name)): Found(dataset.key, _categories(one))
        for system in systems
        for dataset in system.datasets
        for one in dataset.collections
    }


def _categories(collection: Described) -> frozenset[str]:
    fields = (field.categories for _path, field in collection.each_field())
    return frozenset(collection.categories).union(*fields)
