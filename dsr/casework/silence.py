"""What the descriptions of the data say that the law forbids even to mention."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from dsr.casework.ticket_lock import record
from dsr.models import SearchTask, Ticket, Withholding
from dsr.models.search import EVERY_ROW
from dsr.policy.releasing import Rule, records_at
from dsr.rights.grounds import SILENT
from dsr.vocabulary import SYSTEM, Event
from subjects.systems.shape import Address, Collection, Dataset

Place = tuple[str, str]  # "dataset:collection", and a field, or "" for all of it


def described_silent(datasets: Sequence[Dataset]) -> tuple[Place, ...]:
    """Return what is described as silent, collection by collection."""
    return tuple(
        (str(Address(dataset.key, one.name)), field)
        for dataset in datasets
        for one in dataset.collections
        for field in _silent_fields(one)
    )


def _silent_fields(collection: Collection) -> Iterator[str]:
    if collection.about.silent:
        yield ""
        return
    for path, field in collection.each_field():
        if field.about.silent:
            yield ".".join(path)


def withhold_described(
    task: SearchTask, ticket: Ticket, places: Sequence[Place], *, at: datetime
) -> None:
    """Keep out of the copy what is described so; an officer may look at it again.

    The caller holds the lock, and has kept the findings.
    """
    note = _("The description of the data says that the law forbids to mention it.")
    for collection, field in places:
        if collection not in task.counts:
            continue
        item, created = Withholding.objects.get_or_create(
            search=task,
            collection=collection,
            row=EVERY_ROW,
            field=field,
            where_field="",
            where_text="",
            defaults={
                "ground": SILENT,
                "note": note,
                "added_at": at,
                "added_by": SYSTEM.name,
            },
        )
        if created:
            facts = {"item": item.pk, "ground": SILENT}
            record(ticket, Event.ITEM_WITHHELD, by=SYSTEM, at=at, **facts)


def forget_withheld(task: SearchTask) -> int:
    """Forget what was withheld of findings that are others now; return how much.

    Rows may have other numbers. A column or a rule stays, where it still concerns
    something: it says itself what it is about.
    """
    gone = [item.pk for item in task.withheld.all() if not _still_holds(task, item)]
    task.withheld.filter(pk__in=gone).delete()
    return len(gone)


def _still_holds(task: SearchTask, item: Withholding) -> bool:
    if item.row != EVERY_ROW:
        return False
    rule = Rule(item, task)
    return any(map(rule.concerns, records_at(task, item)))


def forget_words(task: SearchTask) -> None:
    """Forget the words that were looked for or blacked out; how many there were stays.

    They are of the findings themselves, and mostly somebody else's.
    """
    for item in task.withheld.exclude(where_text="", passages=[]):
        item.where_text = item.where_text and f"#{item.pk}"
        item.passages = ["–"] * len(item.passages)
        item.save(update_fields=["where_text", "passages"])
