"""The search for a person's data, in every system that the controller has.

References lead from one system into the next, so a ticket's systems are searched
together; each keeps its own findings and its own state.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.collecting import Tolerant, collect_into
from dsr.casework.errands import give_search
from dsr.casework.health_found import HealthFound, health_found
from dsr.casework.proceeding import proceed
from dsr.casework.silence import (
    Place,
    described_silent,
    forget_withheld,
    withhold_described,
)
from dsr.casework.ticket_lock import lock, lock_search, record
from dsr.casework.unreached import unreached
from dsr.casework.workshop import workshop
from dsr.models import SearchTask, Ticket
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import long_reason
from dsr.rights import right_of
from dsr.vocabulary import SYSTEM, Actor, Event, Role, SearchState, State
from subjects.models import Identifier
from subjects.systems.people import PEOPLE, PeopleSystem
from subjects.systems.register import load_systems

WORKING = (State.IN_PROGRESS, *State.EXAMINING)
SEARCHABLE = (*WORKING, State.DECISION_PENDING)
SEARCHED = (SearchState.FOUND, SearchState.NOTHING)
BY_OWNER = "its owner is asked"
UNLISTED = "this system is no longer in the list of systems"


def order_searches(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Queue a search in every system, once something verified can be looked for.

    The caller holds the lock and has checked the act.
    """
    identifiers = Identifier.objects.filter(subject=ticket.case.subject).verified()
    ready = ticket.state in WORKING and right_of(ticket).searches
    if not ready or not identifiers.exists():
        return
    try:
        systems = load_systems(settings.SYSTEMS_FILE)
    except ValueError as error:
        raise PolicyError(
            _("The list of systems cannot be used: %(why)s") % {"why": error}
        ) from error
    for system in systems:
        task, _created = SearchTask.objects.get_or_create(
            ticket=ticket, system=system.key
        )
        if task.state == SearchState.EXCUSED:
            continue
        if isinstance(system, PeopleSystem):
            give_search(task, system, by=by, at=at)
            continue
        task.state = SearchState.WAITING
        task.wait(at=at)
        task.save()
    # What no search reaches is on record, not skipped in silence.
    left_out = sorted(unreached(identities_of(ticket)))
    facts: dict[str, Any] = {"unreached": left_out} if left_out else {}
    record(ticket, Event.SEARCH_ORDERED, by=by, at=at, **facts)


@transaction.atomic
def search_again(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Search every system anew, the excused ones too.

    What was withheld is forgotten where the findings are no longer the same.
    """
    check_role(by, Role.HANDLER)
    ticket = lock(ticket_id)
    verified = ticket.case.subject.identifiers.verified()
    if ticket.state not in WORKING or not right_of(ticket).searches:
        raise PolicyError(_("A search belongs to a ticket that is in progress."))
    if not verified.exists():
        raise PolicyError(_("Nothing is verified by which the person can be found."))
    for task in ticket.searches.filter(state=SearchState.EXCUSED):
        task.state, task.excuse = SearchState.WAITING, ""
        task.excused_by, task.excused_at = "", None
        task.save()
    order_searches(ticket, by=by, at=at)
    proceed(ticket, by=by, at=at)
    return ticket


def stop_searches(ticket: Ticket) -> None:
    """Take the searches of a ticket out of the queue."""
    for task in ticket.searches.filter(next_attempt_at__isnull=False):
        task.finish()
        task.save()


@transaction.atomic
def excuse_search(
    search_id: int, *, excuse: str, by: Actor, at: datetime
) -> SearchTask:
    """Go on without a system, for a reason that an auditor will read."""
    check_role(by, Role.HANDLER)
    long_reason(excuse, _("The reason"))
    task = lock_search(search_id)
    if task.state not in (SearchState.WAITING, SearchState.UNREACHABLE):
        raise PolicyError(_("This system has been searched; nothing is to be excused."))
    task.state, task.excuse = SearchState.EXCUSED, excuse
    task.excused_by, task.excused_at = by.name, at
    task.finish()
    task.save()
    ticket = lock(task.ticket_id)
    record(ticket, Event.SEARCH_EXCUSED, by=by, at=at, system=task.system)
    proceed(ticket, by=by, at=at)
    return task


def search_systems(*, at: datetime) -> int:
    """Carry out the searches that are due; return how many tickets were searched."""
    count = 0
    for task, now in SearchTask.objects.claim_each(at):
        if task.ticket.state in SEARCHABLE:
            _search(task.ticket, at=now)
            count += 1
        else:
            _stop(task.ticket_id)
    return count


@transaction.atomic
def _stop(ticket_id: int) -> None:
    stop_searches(lock(ticket_id))


def _search(ticket: Ticket, *, at: datetime) -> None:
    """Search for one ticket in all its systems, and keep what each holds.

    Those searched before take part again: what one system holds leads into the next.
    """
    asked = ticket.searches.exclude(state=SearchState.EXCUSED)
    tasks = {task.system: task.pk for task in asked}
    errors = dict.fromkeys(tasks, UNLISTED)
    with workshop(ticket.pk, at=at) as folder:
        if folder is None:
            return
        try:
            errors |= _collect(ticket, tasks, folder, at=at)
        except ValueError as error:  # the list, or a description, cannot be used
            errors = dict.fromkeys(tasks, str(error))
    _not_searched(ticket, {key: why for key, why in errors.items() if why}, at=at)


def _collect(
    ticket: Ticket, tasks: dict[str, int], folder: Path, *, at: datetime
) -> dict[str, str]:
    """Keep the findings of each task's system; return why not, or nothing, by key."""
    systems = [
        Tolerant(system, is_asked=system.key in tasks and system.kind != PEOPLE)
        for system in load_systems(settings.SYSTEMS_FILE)
    ]
    counts = collect_into(folder, systems, identities_of(ticket))
    of_system = {system.key: system for system in systems}
    errors = {key: _why_not(of_system[key]) for key in of_system if key in tasks}
    for key, error in errors.items():
        if not error:
            health = health_found(folder / key, of_system[key].datasets)
            silent = described_silent(of_system[key].datasets)
            _searched(tasks[key], counts[key], folder / key, health, silent, at=at)
    return errors


def _why_not(system: Tolerant) -> str:
    """Say why no machine has searched there, or nothing."""
    return BY_OWNER if system.kind == PEOPLE else system.error


def identities_of(ticket: Ticket) -> dict[str, list[str]]:
    """Return what may be searched for: only what is proven to be the person's own."""
    identities: dict[str, list[str]] = {}
    for one in ticket.case.subject.identifiers.verified().order_by("pk"):
        identities.setdefault(one.kind, []).append(one.value)
    return identities


@transaction.atomic
def _searched(
    task_id: int,
    counts: Counter[str],
    path: Path,
    health: HealthFound,
    silent: Sequence[Place],
    *,
    at: datetime,
) -> None:
    """Keep the findings; those of a finished search only if more came to light."""
    task = lock_search(task_id)
    with path.open("rb") as findings:
        digest = hashlib.file_digest(findings, "sha256").hexdigest()
    more = counts.total() > task.total
    if task.state == SearchState.EXCUSED or (task.state in SEARCHED and not more):
        return
    ticket = lock(task.ticket_id)
    facts: dict[str, Any] = {"system": task.system, "records": counts.total()}
    is_new = digest != task.sha256
    name = f"findings/{task.pk}"
    task.findings.storage.delete(name)
    with path.open("rb") as findings:
        task.findings.name = task.findings.storage.save(name, File(findings))
    task.counts, task.sha256, task.health = dict(counts), digest, health
    task.state = SearchState.FOUND if counts else SearchState.NOTHING
    task.done_at = at
    task.finish()
    task.save()
    if is_new:
        facts["no_longer_withheld"] = forget_withheld(task)
        withhold_described(task, ticket, silent, at=at)
    record(ticket, Event.SEARCH_DONE, by=SYSTEM, at=at, **facts)
    proceed(ticket, by=SYSTEM, at=at)


@transaction.atomic
def _not_searched(ticket: Ticket, errors: dict[str, str], *, at: datetime) -> None:
    """Show what was not searched; a system searched before keeps its findings."""
    ticket = lock(ticket.pk)
    for key, error in errors.items():
        task = SearchTask.objects.select_for_update().get(ticket=ticket, system=key)
        if task.next_attempt_at is None:  # searched, excused or given up
            continue
        first = task.state != SearchState.UNREACHABLE
        task.state = SearchState.UNREACHABLE
        task.postpone(error, at=at)
        task.save()
        if first:
            record(ticket, Event.SEARCH_FAILED, by=SYSTEM, at=at, system=key)
