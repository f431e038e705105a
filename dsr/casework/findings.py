"""What the systems hold about a person, and what of it is kept out of the copy."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.ticket_lock import lock, lock_search, record
from dsr.models import SearchTask, Ticket, Withholding
from dsr.policy import PolicyError, check_role
from dsr.rights import right_of
from dsr.vocabulary import Actor, Event, Outcome, Role, State


def read_findings(task: SearchTask) -> Iterator[dict[str, Any]]:
    """Yield what a system holds: `{"collection", "row", "record"}` a record."""
    if not task.findings:
        return
    with task.findings.open("rb") as lines:
        for line in lines:
            yield json.loads(line)


def released_findings(task: SearchTask) -> Iterator[dict[str, Any]]:
    """Yield what the person may have: the findings without what is withheld."""
    withheld: dict[tuple[str, int], set[str]] = {}
    for item in task.withheld.all():
        withheld.setdefault((item.collection, item.row), set()).add(item.field)
    for found in read_findings(task):
        fields = withheld.get((found["collection"], found["row"]), set())
        if "" in fields:
            continue
        record_ = found["record"]
        kept = {key: value for key, value in record_.items() if key not in fields}
        yield {**found, "record": kept}


@transaction.atomic
def withhold(
    search_id: int,
    *,
    collection: str,
    row: int,
    field: str,
    ground: str,
    note: str,
    by: Actor,
    at: datetime,
) -> Withholding:
    """Keep a field, or with an empty `field` a whole record, out of the copy.

    Source: GDPR Art. 15(4).
    """
    check_role(by, Role.HANDLER)
    task = lock_search(search_id)
    ticket = lock(task.ticket_id)
    if ticket.state != State.IN_PROGRESS:
        raise PolicyError(_("What is withheld is settled before the decision."))
    possible = [one.code for one in right_of(ticket).grounds_for(Outcome.PARTIAL)]
    if ground not in possible:
        raise PolicyError(
            _("Nothing may be withheld on “%(ground)s”; possible are: %(possible)s.")
            % {"ground": ground, "possible": ", ".join(possible) or "–"}
        )
    found = next(
        (one for one in read_findings(task) if _is(one, collection, row)), None
    )
    if found is None:
        raise PolicyError(_("There is no such record."))
    if field and field not in found["record"]:
        raise PolicyError(_("This record has no field “%(field)s”.") % {"field": field})
    item, _created = Withholding.objects.update_or_create(
        search=task,
        collection=collection,
        row=row,
        field=field,
        defaults={"ground": ground, "note": note, "added_at": at, "added_by": by.name},
    )
    record(ticket, Event.ITEM_WITHHELD, by=by, at=at, item=item.pk, ground=ground)
    return item


def _is(found: dict[str, Any], collection: str, row: int) -> bool:
    return bool(found["collection"] == collection and found["row"] == row)


@transaction.atomic
def release(withholding_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Give what was withheld after all."""
    check_role(by, Role.HANDLER)
    item = Withholding.objects.select_related("search").get(pk=withholding_id)
    ticket = lock(item.search.ticket_id)
    if ticket.state != State.IN_PROGRESS:
        raise PolicyError(_("What is withheld is settled before the decision."))
    record(ticket, Event.ITEM_RELEASED, by=by, at=at, item=item.pk)
    item.delete()
    return ticket
