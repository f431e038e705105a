"""Draws the map of origins: which fields a person provided, and on which basis."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from dsr.casework.ticket_lock import record
from dsr.models import ProvenanceMap, Ticket
from dsr.vocabulary import SYSTEM, Event, SearchState
from subjects.systems.portable import Portable
from subjects.systems.register import load_systems
from subjects.systems.shape import Address


def draw_map(ticket: Ticket, *, at: datetime) -> None:
    """Map every field of what was found; the caller holds the ticket's lock.

    Where the descriptions cannot be used there is no map, and nothing is proposed.
    """
    try:
        fields = list(_fields(ticket))
    except ValueError:  # the list of systems, or a description, cannot be used
        ProvenanceMap.objects.filter(ticket=ticket).delete()
        return
    known = ProvenanceMap.objects.filter(ticket=ticket).first()
    if known is not None and known.fields == fields:
        return
    drawn, _created = ProvenanceMap.objects.update_or_create(
        ticket=ticket,
        defaults={"fields": fields, "drawn_at": at, "drawn_by": SYSTEM.name},
    )
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    taken = len(drawn.taken)
    record(
        ticket,
        Event.PROVENANCE_DRAWN,
        by=SYSTEM,
        at=at,
        taken=taken,
        left=len(fields) - taken,
        sha256=digest,
    )


def _fields(ticket: Ticket) -> Iterator[dict[str, str]]:
    found = {
        address
        for search in ticket.searches.filter(state=SearchState.FOUND)
        for address in search.counts
    }
    for system in load_systems(settings.SYSTEMS_FILE):
        for dataset in system.datasets:
            for collection in dataset.collections:
                address = str(Address(dataset.key, collection.name))
                if address in found:
                    yield from _sorted(Portable(address, dataset.about, collection))


def _sorted(portable: Portable) -> Iterator[dict[str, str]]:
    for name in portable.taken:
        yield {"collection": portable.address, "field": name, "left": ""}
    for one in portable.exclusions:
        yield {"collection": one.collection, "field": one.field, "left": one.reason}
