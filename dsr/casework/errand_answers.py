"""What is answered through a link: nothing held, data handed in, done, impossible."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.errands import end_errand, lock_errand, note_errand, wanted
from dsr.casework.handed_in import HandedIn, read
from dsr.casework.new_case import NewFile
from dsr.casework.notices import confirm_notice
from dsr.casework.orders import close_order
from dsr.casework.proceeding import proceed
from dsr.casework.ticket_lock import record
from dsr.models import Errand, FoundDocument, SearchTask
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import long_reason
from dsr.vocabulary import Actor, ErrandState, Event, Role, SearchState
from subjects.systems.people import PeopleSystem
from subjects.systems.register import load_systems


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What became of a search: `files` handed in, or nothing, or why it failed.

    `health` says that there are data on health among them, for the envelope.
    """

    found: bool
    possible: bool = True
    files: Sequence[NewFile] = field(default_factory=tuple)
    health: bool = False
    note: str = ""


@transaction.atomic
def answer_search(
    errand_id: int, answer: SearchAnswer, *, by: Actor, at: datetime
) -> Errand:
    """Take what an owner found in their system, or that they hold nothing.

    Raises:
        PolicyError: the task is over, or what is handed in cannot be used.

    """
    check_role(by, Role.OWNER)
    errand = lock_errand(errand_id)
    wanted(errand)
    if errand.search is None:
        raise PolicyError(_("This task asks for something else."))
    task = SearchTask.objects.select_for_update().get(pk=errand.search.pk)
    if not answer.possible:
        long_reason(answer.note, _("The reason"))
        _not_possible(task, by=by, at=at)
    elif answer.found:
        _keep(task, _read(task, answer.files), health=answer.health, by=by, at=at)
    elif answer.files:
        raise PolicyError(_("You say that nothing is held, but files are chosen."))
    else:
        _keep(task, HandedIn((), {}), health=False, by=by, at=at)
    _answered(errand, answer.note, by=by, at=at)
    proceed(errand.ticket, by=by, at=at)
    return errand


@transaction.atomic
def answer_order(
    errand_id: int, *, done: bool, note: str, by: Actor, at: datetime
) -> Errand:
    """Take an owner's word that an order is carried out, or why it cannot be."""
    check_role(by, Role.OWNER)
    errand = lock_errand(errand_id)
    wanted(errand)
    if errand.order is None:
        raise PolicyError(_("This task asks for something else."))
    _answered(errand, note, by=by, at=at)
    close_order(errand.order.pk, done=done, note=note, by=by, at=at)
    return errand


@transaction.atomic
def answer_notice(
    errand_id: int, *, done: bool, note: str, by: Actor, at: datetime
) -> Errand:
    """Take a recipient's word that it is done, or why it cannot be.

    Who cannot is not counted as having confirmed; an officer reads why.
    """
    check_role(by, Role.RECIPIENT)
    errand = lock_errand(errand_id)
    wanted(errand)
    if errand.notice is None:
        raise PolicyError(_("This task asks for something else."))
    if not done:
        long_reason(note, _("The reason"))
    _answered(errand, note, by=by, at=at)
    if done:
        confirm_notice(errand.notice.pk, by=by, at=at)
    return errand


def _answered(errand: Errand, note: str, *, by: Actor, at: datetime) -> None:
    errand.note = note.strip()
    end_errand(errand, ErrandState.ANSWERED, at=at)
    note_errand(errand, Event.ERRAND_ANSWERED, by=by, at=at)


def _read(task: SearchTask, files: Sequence[NewFile]) -> HandedIn:
    handed_in = read(_system(task.system), files)
    if not handed_in.lines:
        raise PolicyError(_("Hand in what you found, or say that nothing is held."))
    return handed_in


def _system(key: str) -> PeopleSystem:
    """Return the system as it is listed now, or as good as undescribed."""
    try:
        listed = {one.key: one for one in load_systems(settings.SYSTEMS_FILE)}
    except ValueError:  # the answer is taken even while somebody mends the list
        listed = {}
    system = listed.get(key)
    if isinstance(system, PeopleSystem):
        return system
    return PeopleSystem(key, {}, "")


def _not_possible(task: SearchTask, *, by: Actor, at: datetime) -> None:
    task.state = SearchState.UNREACHABLE
    task.finish()
    task.last_error = "its owner could not search it"
    task.save()
    facts = {"system": task.system}
    record(task.ticket, Event.SEARCH_FAILED, by=by, at=at, **facts)


def _keep(
    task: SearchTask, found: HandedIn, *, health: bool, by: Actor, at: datetime
) -> None:
    """Keep what is handed in as the findings of the search, in place of earlier ones.

    What was withheld is forgotten where the findings are no longer the same.
    """
    digest = hashlib.sha256(found.content).hexdigest()
    facts = {"system": task.system, "records": len(found.lines)}
    if digest != task.sha256:
        facts["no_longer_withheld"] = task.withheld.count()
        task.withheld.all().delete()
    name = f"findings/{task.pk}"
    storage = task.findings.storage
    storage.delete(name)
    task.findings.name = storage.save(name, ContentFile(found.content))
    _keep_documents(task, found)
    task.counts, task.sha256 = dict(found.counts), digest
    task.health = _health(found) if health else {}
    task.state = SearchState.FOUND if found.lines else SearchState.NOTHING
    task.done_at = at
    task.finish()
    task.save()
    record(task.ticket, Event.SEARCH_DONE, by=by, at=at, **facts)


def _keep_documents(task: SearchTask, found: HandedIn) -> None:
    for old in task.documents.all():
        name = str(old.file.name)
        transaction.on_commit(partial(old.file.storage.delete, name))
        old.delete()
    for row, file in found.documents.items():
        document = FoundDocument(
            search=task,
            row=row,
            content_type=file.content_type,
            sha256=hashlib.sha256(file.content).hexdigest(),
        )
        document.file.save("document", ContentFile(file.content), save=False)
        document.save()


def _health(found: HandedIn) -> dict[str, dict[str, object]]:
    """Seal all of it: its owner says only that there is some. GDPR Art. 9."""
    names: dict[str, dict[str, None]] = {}
    for line in found.lines:
        names.setdefault(line["collection"], {}).update(dict.fromkeys(line["record"]))
    return {
        collection: {
            "fields": list(fields),
            "records": found.counts[collection],
            "whole": True,
        }
        for collection, fields in names.items()
    }
