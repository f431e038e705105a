"""The search for a person's data in every system, and what is withheld from the copy.

References lead from one system into the next, so a ticket's systems are searched
together; each keeps its own findings and its own state.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.ticket_lock import lock, record
from dsr.models import SearchTask, Ticket, Withholding
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import long_reason
from dsr.rights import right_of
from dsr.vocabulary import SYSTEM, Actor, Event, Role, SearchState, State
from subjects.models import Identifier
from subjects.systems.base import ReadError, System
from subjects.systems.collect import collect
from subjects.systems.register import load_systems

SEARCHABLE = (State.IN_PROGRESS, State.DECISION_PENDING)


def order_searches(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Queue a search in every system, once something verified can be looked for.

    The caller holds the lock and has checked the act.
    """
    identifiers = Identifier.objects.filter(subject=ticket.case.subject).verified()
    ready = ticket.state == State.IN_PROGRESS and right_of(ticket).searches
    if not ready or not identifiers.exists():
        return
    for system in load_systems(settings.SYSTEMS_FILE):
        task, _created = SearchTask.objects.get_or_create(
            ticket=ticket, system=system.key
        )
        if task.state == SearchState.EXCUSED:
            continue
        task.state = SearchState.WAITING
        task.wait(at=at)
        task.save()
    record(ticket, Event.SEARCH_ORDERED, by=by, at=at)


@transaction.atomic
def search_again(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Search every system anew; what was withheld is forgotten with the findings."""
    check_role(by, Role.HANDLER)
    ticket = lock(ticket_id)
    verified = ticket.case.subject.identifiers.verified()
    if ticket.state != State.IN_PROGRESS or not right_of(ticket).searches:
        raise PolicyError(_("A search belongs to a ticket that is in progress."))
    if not verified.exists():
        raise PolicyError(_("Nothing is verified by which the person can be found."))
    order_searches(ticket, by=by, at=at)
    return ticket


@transaction.atomic
def excuse_search(
    search_id: int, *, excuse: str, by: Actor, at: datetime
) -> SearchTask:
    """Go on without a system, for a reason that an auditor will read."""
    check_role(by, Role.HANDLER)
    long_reason(excuse, _("The reason"))
    task = SearchTask.objects.select_for_update().get(pk=search_id)
    if task.state not in (SearchState.WAITING, SearchState.UNREACHABLE):
        raise PolicyError(_("This system has been searched; nothing is to be excused."))
    task.state, task.excuse = SearchState.EXCUSED, excuse
    task.excused_by, task.excused_at = by.name, at
    task.finish()
    task.save()
    record(lock(task.ticket_id), Event.SEARCH_EXCUSED, by=by, at=at, system=task.system)
    return task


def search_systems(*, at: datetime) -> int:
    """Carry out the searches that are due; return how many tickets were searched."""
    count = 0
    while (task := SearchTask.objects.claim(at)) is not None:
        _search(task.ticket, at=at)
        count += 1
    return count


def _search(ticket: Ticket, *, at: datetime) -> None:
    """Search for one ticket in all its systems, and keep what each holds."""
    waiting = ticket.searches.exclude(state=SearchState.EXCUSED)
    tasks = {task.system: task for task in waiting}
    try:
        systems = load_systems(settings.SYSTEMS_FILE)
    except ValueError as error:
        _not_searched(ticket, dict.fromkeys(tasks, str(error)), at=at)
        return
    wanted = [system for system in systems if system.key in tasks]
    errors = {system.key: _why_unreachable(system) for system in wanted}
    errors = {key: sentence for key, sentence in errors.items() if sentence}
    reachable = [system for system in wanted if system.key not in errors]
    with TemporaryDirectory(dir=_workshop()) as folder:
        try:
            counts = _collect(reachable, identities_of(ticket), Path(folder))
        except ReadError as error:
            errors |= {system.key: str(error) for system in reachable}
        else:
            for system in reachable:
                path = Path(folder) / system.key
                _searched(tasks[system.key].pk, counts[system.key], path, at=at)
    _not_searched(ticket, errors, at=at)


def identities_of(ticket: Ticket) -> dict[str, list[str]]:
    """Return what may be searched for: only what is proven to be the person's own."""
    identities: dict[str, list[str]] = {}
    for one in ticket.case.subject.identifiers.verified().order_by("pk"):
        identities.setdefault(one.kind, []).append(one.value)
    return identities


def _why_unreachable(system: System) -> str:
    try:
        system.check()
    except ReadError as error:
        return str(error)
    return ""


def _collect(
    systems: Sequence[System], identities: dict[str, list[str]], folder: Path
) -> dict[str, Counter[str]]:
    """Write each system's records to a file of its own; return their counts."""
    of_dataset = {
        dataset.key: system.key for system in systems for dataset in system.datasets
    }
    counts: dict[str, Counter[str]] = {system.key: Counter() for system in systems}
    with ExitStack() as files:
        out: dict[str, IO[str]] = {
            key: files.enter_context((folder / key).open("w", encoding="utf-8"))
            for key in counts
        }
        for address, found in collect(systems, identities):
            key = of_dataset[address.partition(":")[0]]
            counts[key][address] += 1
            line = {
                "collection": address,
                "row": counts[key][address],
                "record": found,
            }
            out[key].write(json.dumps(line, ensure_ascii=False) + "\n")
    return counts


@transaction.atomic
def _searched(task_id: int, counts: Counter[str], path: Path, *, at: datetime) -> None:
    task = SearchTask.objects.select_for_update().get(pk=task_id)
    if task.state != SearchState.WAITING and task.next_attempt_at is None:
        return
    task.withheld.all().delete()
    name = f"findings/{task.pk}"
    task.findings.storage.delete(name)
    with path.open("rb") as findings:
        task.findings.name = task.findings.storage.save(name, File(findings))
    task.counts = dict(counts)
    task.state = SearchState.FOUND if counts else SearchState.NOTHING
    task.done_at = at
    task.finish()
    task.save()
    ticket = lock(task.ticket_id)
    facts: dict[str, Any] = {"system": task.system, "records": counts.total()}
    record(ticket, Event.SEARCH_DONE, by=SYSTEM, at=at, **facts)


@transaction.atomic
def _not_searched(ticket: Ticket, errors: dict[str, str], *, at: datetime) -> None:
    for key, error in errors.items():
        task = SearchTask.objects.select_for_update().get(ticket=ticket, system=key)
        first = task.state != SearchState.UNREACHABLE
        task.state = SearchState.UNREACHABLE
        task.postpone(error, at=at)
        task.save()
        if first:
            record(lock(ticket.pk), Event.SEARCH_FAILED, by=SYSTEM, at=at, system=key)


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
    task = SearchTask.objects.select_for_update().get(pk=search_id)
    ticket = lock(task.ticket_id)
    if ticket.state != State.IN_PROGRESS:
        raise PolicyError(_("What is withheld is settled before the decision."))
    right_of(ticket).ground(ground)
    if not 1 <= row <= task.counts.get(collection, 0):
        raise PolicyError(_("There is no such record."))
    item, _created = Withholding.objects.update_or_create(
        search=task,
        collection=collection,
        row=row,
        field=field,
        defaults={"ground": ground, "note": note, "added_at": at, "added_by": by.name},
    )
    record(ticket, Event.ITEM_WITHHELD, by=by, at=at, item=item.pk, ground=ground)
    return item


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


def _workshop() -> Path:
    """Return a folder beside the files, where half-written work lies."""
    folder = Path(settings.MEDIA_ROOT) / "unfinished"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
