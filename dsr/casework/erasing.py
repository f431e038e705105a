"""Erasure: ground and exception, category by category. GDPR Art. 17."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.clockwork import set_timers
from dsr.casework.notices import owe_notices
from dsr.casework.orders import open_orders, order_as_decided
from dsr.casework.proceeding import follows
from dsr.casework.suppression import stop_reimport
from dsr.casework.ticket_lock import locked, record
from dsr.casework.undone import taken_back
from dsr.models import ErasureItem, Ticket
from dsr.models.erasure import ErasureQuerySet
from dsr.policy import PolicyError
from dsr.policy.checks import long_reason
from dsr.policy.erasing import (
    categories_are_known,
    erases_marketing,
    ground_is_known,
    items_have_a_ground,
    verdict_is_lawful,
)
from dsr.rights.erasure import ErasureTicket
from dsr.rights.limitation import Reckoning, limit_of
from dsr.vocabulary import (
    SYSTEM,
    Actor,
    ErasureVerdict,
    Event,
    OrderAct,
    RightCode,
    State,
)

UNJUDGED = {
    "verdict": "",
    "exception": "",
    "keep_until": None,
    "why": "",
    "reckoning": None,
    "judged_at": None,
    "judged_by": "",
    **dict.fromkeys(("moved_at", "released_at", "erased_at")),
    **dict.fromkeys(("moved_by", "released_by", "erased_by"), ""),
    **dict.fromkeys(("moved_why", "released_why"), ""),
}


@transaction.atomic
def examine_grounds(
    ticket_id: int,
    *,
    categories: Sequence[str],
    ground: str = "",
    made_public: bool = False,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Note on which ground categories are to be erased, or that there is none.

    Examined again, a category is judged anew.
    """
    ticket = locked(ticket_id, "examine_grounds", by=by, at=at)
    categories_are_known(categories)
    ground_is_known(ground)
    for category in categories:
        ErasureItem.objects.update_or_create(
            ticket=ticket,
            category=category,
            defaults={
                "ground": ground,
                "made_public": made_public,
                "noted_at": at,
                "noted_by": by.name,
                **UNJUDGED,
            },
        )
    if isinstance(ticket, ErasureTicket):
        ticket.examine_grounds()
    ticket.save()
    set_timers(ticket, at=at)
    facts = {"categories": sorted(categories), "ground": ground}
    record(ticket, Event.ERASURE_GROUND, by=by, at=at, **facts)
    return ticket


@transaction.atomic
def examine_exceptions(
    ticket_id: int,
    *,
    categories: Sequence[str],
    verdict: str,
    exception: str = "",
    keep_until: date | None = None,
    why: str = "",
    reckoning: Reckoning | None = None,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Note that categories are erased, or kept under an exception until a day.

    `reckoning` says from which facts the day was derived; it may differ from the
    day derived, as the burden of keeping is ours.
    """
    ticket = locked(ticket_id, "examine_exceptions", by=by, at=at)
    items = items_have_a_ground(ticket, categories)
    verdict_is_lawful(verdict, exception, keep_until, why, at)
    for item in items:
        item.verdict, item.exception = verdict, exception
        item.keep_until, item.reckoning = keep_until, _as_kept(reckoning)
        item.why = why if verdict == ErasureVerdict.RETAIN else ""
        item.judged_at, item.judged_by = at, by.name
        item.save()
    if isinstance(ticket, ErasureTicket):
        ticket.examine_exceptions()
    ticket.save()
    set_timers(ticket, at=at)
    facts = {
        "categories": sorted(categories),
        "verdict": verdict,
        "ground": exception,
        "until": keep_until.isoformat() if keep_until else "",
    }
    record(ticket, Event.ERASURE_JUDGED, by=by, at=at, **facts)
    return ticket


def _as_kept(reckoning: Reckoning | None) -> dict[str, str | bool | None] | None:
    """Return the facts as JSON values, once they are shown to lead to a day."""
    if reckoning is None:
        return None
    try:
        limit_of(reckoning)
    except ValueError as error:
        raise PolicyError(str(error)) from error
    return reckoning.to_json()


@transaction.atomic
def tell_publishers(ticket_id: int, *, steps: str, by: Actor, at: datetime) -> Ticket:
    """Note the reasonable steps towards those who process public data. Art. 17(2)."""
    ticket = locked(ticket_id, "tell_publishers", by=by, at=at)
    long_reason(steps, _("Which steps were taken"))
    published = ticket.erasures.filter(made_public=True)
    published.update(public_steps=steps)
    ticket.save()
    record(ticket, Event.ERASURE_PUBLISHED, by=by, at=at)
    return ticket


@follows(RightCode.ERASURE)
def _go_on(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Take up the examination again, or go on with what was decided."""
    if not isinstance(ticket, ErasureTicket):
        return
    if ticket.state == State.EXECUTING:
        _execute(ticket, by=by, at=at)
    elif ticket.state == State.IN_PROGRESS and ticket.erasures.exists():
        ticket.examine_grounds()
        ticket.save()
        record(ticket, Event.TICKET_MOVED_ON, by=by, at=at)
        if ticket.erasures.exclude(verdict="").exists():
            ticket.examine_exceptions()
            ticket.save()
            record(ticket, Event.TICKET_MOVED_ON, by=by, at=at)
        set_timers(ticket, at=at)


def _execute(ticket: ErasureTicket, *, by: Actor, at: datetime) -> None:
    """Order the erasure; once every system has answered, the recipients are told."""
    order_as_decided(ticket, OrderAct.ERASE, by=by, at=at)
    if erases_marketing(ticket):
        stop_reimport(ticket, by=SYSTEM, at=at)
    if open_orders(ticket).exists():
        return
    if taken_back(ticket, OrderAct.ERASE, at=at):
        _go_on(ticket, by, at)
        return
    note_erased(ticket, ticket.erasures.filter(verdict=ErasureVerdict.ERASE), by, at)
    ticket.notify()
    ticket.save()
    record(ticket, Event.TICKET_MOVED_ON, by=SYSTEM, at=at)
    owe_notices(ticket, OrderAct.ERASE, again=True, by=SYSTEM, at=at)


def note_erased(
    ticket: Ticket, items: ErasureQuerySet, by: Actor, at: datetime
) -> None:
    """Note what is erased: the proof is the answered orders, by system."""
    erased = items.filter(erased_at=None)
    categories = sorted(erased.values_list("category", flat=True))
    erased.update(erased_at=at, erased_by=by.name)
    if categories:
        record(ticket, Event.ERASURE_DONE, by=by, at=at, categories=categories)
