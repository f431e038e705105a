"""What an erasure left for later: its day moved with a reason, or come at last.

GDPR Arts. 5(1)(e) and 17(3).
"""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.clockwork import set_timers
from dsr.casework.erasing import note_erased
from dsr.casework.notices import owe_notices
from dsr.casework.orders import give_orders, open_orders
from dsr.casework.planners import is_for_a_machine
from dsr.casework.proceeding import follows_always
from dsr.casework.ticket_lock import locked, record
from dsr.casework.undone import note_undone
from dsr.models import Ticket
from dsr.policy import PolicyError
from dsr.policy.checks import local_day, long_reason
from dsr.policy.erasing import day_lies_ahead, nothing_protects
from dsr.vocabulary import SYSTEM, Actor, Event, OrderAct, RightCode
from subjects.systems.register import load_systems


@transaction.atomic
def move_keep_until(
    ticket_id: int,
    *,
    category: str,
    keep_until: date,
    why: str,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Keep a category until another day: a new claim, or an interruption.

    Source: Insurance Act Arts. 88 and 89.
    """
    ticket = locked(ticket_id, "move_keep_until", by=by, at=at)
    day_lies_ahead(keep_until, at)
    long_reason(why, _("The reason"))
    item = ticket.erasures.all().held().filter(category=category).first()
    if item is None:
        raise PolicyError(
            _("Nothing is kept of “%(category)s” any more.") % {"category": category}
        )
    before = item.keep_until
    item.keep_until, item.moved_why = keep_until, why
    item.moved_at, item.moved_by = at, by.name
    item.save()
    ticket.save()
    set_timers(ticket, at=at)
    record(
        ticket,
        Event.ERASURE_MOVED,
        by=by,
        at=at,
        categories=[category],
        before=before.isoformat() if before else "",
        after=keep_until.isoformat(),
    )
    return ticket


@transaction.atomic
def erase_kept(ticket_id: int, *, why: str, by: Actor, at: datetime) -> Ticket:
    """Have erased in every system what was kept and whose last day has passed.

    Somebody has looked first that no new claim and no interruption keeps it.
    """
    ticket = locked(ticket_id, "erase_kept", by=by, at=at)
    long_reason(why, _("How that was made sure"))
    items = list(ticket.erasures.all().held().past(local_day(at)))
    for item in items:
        item.released_why, item.released_at, item.released_by = why, at, by.name
        item.save()
    ticket.save()
    categories = sorted(item.category for item in items)
    record(ticket, Event.ERASURE_ORDERED, by=by, at=at, categories=categories)
    give_orders(ticket, OrderAct.ERASE, again=True, by=by, at=at)
    return ticket


def erase_what_is_due(ticket: Ticket, *, at: datetime) -> None:
    """Have machines erase what was kept until now; the caller holds the lock.

    They plan it anew, so that a claim or an interruption since then still keeps what
    it must. Where none may erase, or a restriction or a hold forbids it, the alarm
    calls for somebody to look.
    """
    if ticket.is_open or not _may_erase_by_itself(ticket, at=at):
        return
    today = local_day(at)
    items = ticket.erasures.all().held().past(today)
    owing = set(ticket.debts.all().past(today).values_list("system", flat=True))
    categories = sorted(items.values_list("category", flat=True))
    for item in items:
        item.released_at, item.released_by = at, SYSTEM.name
        item.released_why = _("Its last day has passed; the systems were asked again.")
        item.save()
    if not categories and not owing:
        return
    facts = {"categories": categories, "systems": sorted(owing)}
    record(ticket, Event.ERASURE_ORDERED, by=SYSTEM, at=at, **facts)
    only = None if categories else owing
    give_orders(ticket, OrderAct.ERASE, again=True, only=only, by=SYSTEM, at=at)


def _may_erase_by_itself(ticket: Ticket, *, at: datetime) -> bool:
    if ticket.case.holds.in_force().exists():
        return False
    try:
        nothing_protects(ticket, SYSTEM, at)
        systems = load_systems(settings.SYSTEMS_FILE)
    except (PolicyError, ValueError):
        return False
    return any(is_for_a_machine(system, OrderAct.ERASE) for system in systems)


@follows_always
def _go_on(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Note what was let go as erased, once every system has answered.

    The recipients are told of it as of the first erasure. GDPR Art. 19. What no
    system could erase is still kept, and due.
    """
    answered = ticket.right_code == RightCode.ERASURE and not ticket.is_open
    if answered and not open_orders(ticket).exists():
        let_go = ticket.erasures.filter(released_at__isnull=False, erased_at=None)
        if let_go.exists() and ticket.orders.all().failed(OrderAct.ERASE):
            let_go.update(released_why="", released_at=None, released_by="")
            note_undone(ticket, OrderAct.ERASE, at=at)
        elif let_go.exists():
            note_erased(ticket, let_go, by, at)
            owe_notices(ticket, OrderAct.ERASE, again=True, by=by, at=at)
        set_timers(ticket, at=at)
