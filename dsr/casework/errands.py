"""Tasks by link: what only people can search or change is given to its owner.

The owner has no account: a mail brings a link, the link opens one page, and what is
answered there is an act of `errand_answers`. GDPR Arts. 12(3), 15 and 24(1).
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.errand_days import (
    AT_ONCE_DAYS,
    CLOSING_DAYS,
    REVIEW_DAYS,
    answer_by,
)
from dsr.casework.ticket_lock import lock, record
from dsr.controller import current
from dsr.letters.drafting import new_message_id
from dsr.models import Errand, SearchTask, SystemOrder, Ticket, calendar_of
from dsr.models.errand import new_nonce
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import local_day
from dsr.vocabulary import (
    Actor,
    ErrandState,
    Event,
    OrderAct,
    Role,
    SearchState,
    State,
)
from subjects.systems.base import System
from subjects.systems.people import PeopleSystem

# What takes effect before the answer: nobody waits two weeks for it.
AT_ONCE = (OrderAct.SUPPRESS, OrderAct.STOP, OrderAct.RESTRICT, OrderAct.LIFT)
REVIEWED = (State.IN_PROGRESS, *State.EXAMINING)


def give_search(
    task: SearchTask, system: PeopleSystem, *, by: Actor, at: datetime
) -> None:
    """Ask the owner to search, once for the same identifiers.

    The caller holds the ticket's lock.
    """
    verified = task.ticket.case.subject.identifiers.verified()
    shown = sorted(verified.values_list("pk", flat=True))
    last = task.errands.order_by("given_at", "pk").last()
    if last is not None and last.state == ErrandState.ASKED:
        last.known_by = shown
        if last.next_attempt_at is None:  # reminded for the last time, or not delivered
            last.wait(at=at)
        last.save()
        return
    searched = task.state in (SearchState.FOUND, SearchState.NOTHING)
    if searched and last is not None and last.known_by == shown:
        return
    _wait_for_owner(task)
    errand = Errand(search=task, known_by=shown, to_email=system.owner)
    _give(errand, task.ticket, system, by=by, at=at)


def _wait_for_owner(task: SearchTask) -> None:
    task.state = SearchState.WAITING
    task.finish()  # no machine's work
    task.save()


def give_order(order: SystemOrder, system: System, *, by: Actor, at: datetime) -> None:
    """Ask the owner of a system that is people to do what it is ordered.

    Any other is carried out by a machine or an officer. The caller holds the lock.
    """
    if isinstance(system, PeopleSystem):
        errand = Errand(order=order, to_email=system.owner)
        _give(errand, order.ticket, system, by=by, at=at)


def _give(
    errand: Errand, ticket: Ticket, system: PeopleSystem, *, by: Actor, at: datetime
) -> None:
    errand.ticket = ticket
    errand.language = system.language or current().identity.languages[0]
    errand.answer_by = answer_day(errand, given=system.answer_days, at=at)
    errand.message_id = new_message_id()
    errand.given_by, errand.given_at = by.name, at
    errand.wait(at=at)
    errand.save()
    note_errand(errand, Event.ERRAND_GIVEN, by=by, at=at)
    clockwork.set_timers(ticket, at=at)


def answer_day(errand: Errand, *, given: int, at: datetime) -> date:
    """Return the day by which an answer is needed, counted back from the legal day."""
    days = calendar_of(current().identity.jurisdiction)
    kept = REVIEW_DAYS if errand.search is not None else CLOSING_DAYS
    if errand.order is not None and errand.order.act in AT_ONCE:
        given = min(given, AT_ONCE_DAYS)
    legal_day = errand.ticket.due_strict
    return answer_by(days, local_day(at), legal_day, given=given, kept=kept)


@transaction.atomic
def ask_again(errand_id: int, *, to_email: str, by: Actor, at: datetime) -> Errand:
    """Send a new link, perhaps to somebody else; the old one opens nothing any more.

    A search that was answered is asked for anew, while its findings are reviewed.
    """
    check_role(by, Role.HANDLER)
    errand = lock_errand(errand_id)
    if errand.notice is not None:
        raise PolicyError(_("A recipient is told by a notice, and reminded by itself."))
    if errand.state == ErrandState.ANSWERED and errand.search is not None:
        return _search_anew(errand, errand.search, to_email, by=by, at=at)
    wanted(errand)
    errand.nonce, errand.to_email = new_nonce(), to_email
    errand.mails, errand.mailed_at, errand.failed_at = 0, None, None
    errand.opened_at, errand.message_id = None, new_message_id()
    errand.wait(at=at)
    errand.save()
    note_errand(errand, Event.ERRAND_GIVEN, by=by, at=at)
    return errand


def _search_anew(
    old: Errand, task: SearchTask, to_email: str, *, by: Actor, at: datetime
) -> Errand:
    if old.ticket.state not in REVIEWED:
        raise PolicyError(_("A search belongs to a ticket that is in progress."))
    if task.errands.asked().exists():
        raise PolicyError(_("The owner is asked already."))
    _wait_for_owner(task)
    errand = Errand(
        ticket=old.ticket,
        search=task,
        known_by=old.known_by,
        to_email=to_email,
        language=old.language,
        message_id=new_message_id(),
        given_by=by.name,
        given_at=at,
    )
    given = (old.answer_by - local_day(old.given_at)).days * 5 // 7
    errand.answer_by = answer_day(errand, given=max(given, 1), at=at)
    errand.wait(at=at)
    errand.save()
    note_errand(errand, Event.ERRAND_GIVEN, by=by, at=at)
    clockwork.set_timers(errand.ticket, at=at)
    return errand


@transaction.atomic
def open_errand(
    errand_id: int, *, token: str, by: Actor, at: datetime
) -> Errand | None:
    """Return the task that a link opens, or None; note that it was opened."""
    known = Errand.objects.filter(pk=errand_id).first()
    if known is None or not known.opens_with(token):
        return None
    errand = lock_errand(errand_id)
    if errand.opened_at is None and errand.is_wanted:
        errand.opened_at = at
        errand.save(update_fields=["opened_at"])
        note_errand(errand, Event.ERRAND_OPENED, by=by, at=at)
    return errand


def lock_errand(errand_id: int) -> Errand:
    """Return a task, locked after its ticket until the transaction ends."""
    lock(Errand.objects.values_list("ticket_id", flat=True).get(pk=errand_id))
    errands = Errand.objects.select_for_update(of=("self",))
    related = ("ticket__case__subject", "search", "order", "notice")
    return errands.select_related(*related).get(pk=errand_id)


def wanted(errand: Errand) -> None:
    """Raise unless the task still waits for an answer."""
    if not errand.is_wanted:
        raise PolicyError(
            _("This task is answered, or no longer needed. There is nothing to do.")
        )


def end_errand(errand: Errand, state: ErrandState, *, at: datetime) -> None:
    """Let nobody be asked or reminded any more; the caller holds the lock."""
    errand.state, errand.ended_at = state, at
    errand.finish()
    errand.save()
    clockwork.set_timers(errand.ticket, at=at)


def note_errand(errand: Errand, event: Event, *, by: Actor, at: datetime) -> None:
    """Write what happened to a task in the ledger: never to whom, never a link."""
    name = "recipient" if errand.notice is not None else "system"
    facts = {"errand": errand.pk, name: errand.about}
    if errand.order is not None:
        facts["act"] = errand.order.act
    if event == Event.ERRAND_GIVEN:
        facts["until"] = errand.answer_by.isoformat()
    record(errand.ticket, event, by=by, at=at, **facts)
