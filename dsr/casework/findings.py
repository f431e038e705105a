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
from dsr.policy.health import may_withhold, settled_by
from dsr.policy.withholding import withholding_is_lawful, withholding_is_open
from dsr.rights.grounds import SILENT
from dsr.vocabulary import Actor, Event, Role


def read_findings(task: SearchTask) -> Iterator[dict[str, Any]]:
    """Yield what a system holds: `{"collection", "row", "record"}` a record."""
    if not task.findings:
        return
    with task.findings.open("rb") as lines:
        for line in lines:
            yield json.loads(line)


def released_findings(task: SearchTask) -> Iterator[dict[str, Any]]:
    """Yield what the person may have: the findings without what is withheld.

    A field that the law forbids even to mention is empty, like any field nobody
    filled in: were it missing, its place would speak (SILENT).
    """
    return (released for _found, released in found_and_released(task))


def found_and_released(
    task: SearchTask,
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each record that is released at all, as it was found and as it is given."""
    withheld: dict[tuple[str, int], dict[str, str]] = {}
    for item in task.withheld.all():
        fields = withheld.setdefault((item.collection, item.row), {})
        fields[item.field] = item.ground
    for found in read_findings(task):
        fields = withheld.get((found["collection"], found["row"]), {})
        if "" in fields:
            continue
        kept = {
            key: None if key in fields else value
            for key, value in found["record"].items()
            if fields.get(key, SILENT) == SILENT
        }
        yield (
            found,
            {"collection": found["collection"], "row": found["row"], "record": kept},
        )


@transaction.atomic
def withhold(
    search_id: int,
    *,
    collection: str,
    row: int,
    field: str,
    ground: str,
    note: str,
    law: str = "",
    by: Actor,
    at: datetime,
) -> Withholding:
    """Keep a field, or with an empty `field` a whole record, out of the copy.

    `note` is the balancing, for the file; `law` the article of the national law
    that restricts the right, for the person.

    Source: GDPR Arts. 15(4), 20(4) and 23; Belgian Act of 30 July 2018, Arts. 11-17.

    """
    check_role(by, Role.HANDLER, Role.MEDICAL_ADVISER)
    task = lock_search(search_id)
    ticket = lock(task.ticket_id)
    may_withhold(task, collection=collection, field=field, ground=ground, by=by)
    withholding_is_open(ticket)
    withholding_is_lawful(ticket, ground=ground, note=note, law=law)
    _check_exists(task, collection, row, field)
    item, _created = Withholding.objects.update_or_create(
        search=task,
        collection=collection,
        row=row,
        field=field,
        defaults={
            "ground": ground,
            "note": note,
            "law": law,
            "added_at": at,
            "added_by": by.name,
        },
    )
    record(ticket, Event.ITEM_WITHHELD, by=by, at=at, item=item.pk, ground=ground)
    return item


def _check_exists(task: SearchTask, collection: str, row: int, field: str) -> None:
    """Raise unless there is such a record, with such a field."""
    found = next(
        (one for one in read_findings(task) if _is(one, collection, row)), None
    )
    if found is None:
        raise PolicyError(_("There is no such record."))
    if field and field not in found["record"]:
        raise PolicyError(_("This record has no field “%(field)s”.") % {"field": field})


def _is(found: dict[str, Any], collection: str, row: int) -> bool:
    return bool(found["collection"] == collection and found["row"] == row)


@transaction.atomic
def release(withholding_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Give what was withheld after all."""
    item = Withholding.objects.select_related("search").get(pk=withholding_id)
    check_role(by, settled_by(item.search, item.collection, item.field))
    ticket = lock(item.search.ticket_id)
    withholding_is_open(ticket)
    record(ticket, Event.ITEM_RELEASED, by=by, at=at, item=item.pk)
    item.delete()
    return ticket
