"""What the systems hold about a person, and what of it is kept out of the copy."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.ticket_lock import lock, lock_search, record
from dsr.models import SearchTask, Ticket, Withholding
from dsr.models.search import EVERY_ROW
from dsr.policy import PolicyError, check_role
from dsr.policy.health import may_withhold, settled_by
from dsr.policy.releasing import Release, Rule, records_at
from dsr.policy.withholding import (
    passages_are_fit,
    passages_can_be_taken_out,
    withholding_is_lawful,
    withholding_is_open,
)
from dsr.vocabulary import Actor, Event, Role

Released = dict[str, Any] | None


def read_findings(task: SearchTask) -> Iterator[dict[str, Any]]:
    """Yield what a system holds: `{"collection", "row", "record"}` a record."""
    return task.read()


def found_and_released(task: SearchTask) -> Iterator[tuple[dict[str, Any], Released]]:
    """Yield each record as it was found, and as the person gets it: None if not."""
    release = Release(task, task.withheld.all())
    for found in task.read():
        yield found, release.released(found)


def released_findings(task: SearchTask) -> Iterator[dict[str, Any]]:
    """Yield what the person may have: the findings without what is withheld."""
    for found, released in found_and_released(task):
        if released is not None:
            yield {**found, "record": released}


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
    where_field: str = "",
    where_text: str = "",
    passages: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Withholding:
    """Keep a field, or with an empty `field` a whole record, out of the copy.

    `row` EVERY_ROW means every record, or with `where_text` those that say it in
    `where_field`, or anywhere; `passages` are blacked out, and the rest is given.
    `note` is the balancing, for the file; `law` the article of the national law that
    restricts the right, for the person.

    Source: GDPR Arts. 15(4), 20(4) and 23; Belgian Act of 30 July 2018, Arts. 11-17.

    """
    check_role(by, Role.HANDLER, Role.MEDICAL_ADVISER)
    task = lock_search(search_id)
    ticket = lock(task.ticket_id)
    for read in {field, where_field} if where_field else {field}:
        may_withhold(task, collection=collection, field=read, ground=ground, by=by)
    withholding_is_open(ticket)
    withholding_is_lawful(ticket, ground=ground, note=note, law=law)
    place: dict[str, Any] = {
        "collection": collection,
        "row": row,
        "field": field,
        "where_field": where_field,
        "where_text": " ".join(where_text.split()),
    }
    texts = list(dict.fromkeys(" ".join(one.split()) for one in passages))
    passages_are_fit(field=field, passages=texts, ground=ground)
    concerned = _concerned(task, Withholding(search=task, passages=texts, **place))
    said: dict[str, Any] = {
        "ground": ground,
        "note": note,
        "law": law,
        "passages": texts,
    }
    item, _created = Withholding.objects.update_or_create(
        search=task, **place, defaults={**said, "added_at": at, "added_by": by.name}
    )
    record(
        ticket,
        Event.ITEM_WITHHELD,
        by=by,
        at=at,
        item=item.pk,
        ground=ground,
        records=concerned,
    )
    return item


def _concerned(task: SearchTask, item: Withholding) -> int:
    """Return of how many records an item keeps something; raise where of none."""
    rule, found = Rule(item, task), None
    number = 0
    for found in records_at(task, item):
        number += rule.concerns(found)
        if item.passages and item.row != EVERY_ROW:
            passages_can_be_taken_out(found, item)
    if number:
        return number
    if found is None:
        raise PolicyError(_("There is no such record."))
    if item.passages:
        raise PolicyError(
            _("These words do not stand there; write them as they stand.")
        )
    if item.row != EVERY_ROW:
        raise PolicyError(
            _("This record has no field “%(field)s”.") % {"field": item.field}
        )
    raise PolicyError(_("This concerns no record; look at what was found again."))


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
