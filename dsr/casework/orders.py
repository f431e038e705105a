"""Orders to the systems that hold a person's data, each answered for.

An officer does so by hand, or a machine that carried it out: `carrying_out`.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.errands import give_order
from dsr.casework.planners import is_for_a_machine
from dsr.casework.proceeding import proceed
from dsr.casework.reopened import is_of_an_earlier_answer
from dsr.casework.ticket_lock import lock, record
from dsr.models import SystemOrder, Ticket
from dsr.models.order import OrderQuerySet
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import local_day, long_reason
from dsr.vocabulary import Actor, Event, OrderAct, OrderState, Role
from subjects.systems.register import load_systems


def give_orders(
    ticket: Ticket,
    act: OrderAct,
    *,
    again: bool = False,
    only: Collection[str] | None = None,
    by: Actor,
    at: datetime,
) -> list[SystemOrder]:
    """Order every system of the list to act; one that was ordered to is not again.

    Unless `again`: what was undone since, such as a restriction, is done anew, and
    each answer stays as proof. `only` some systems, where the others have nothing to
    do. The caller holds the lock.

    Raises:
        PolicyError: the list of systems cannot be used; it says why.

    """
    try:
        systems = {one.key: one for one in load_systems(settings.SYSTEMS_FILE)}
    except ValueError as error:
        raise PolicyError(
            _("The list of systems cannot be used: %(why)s") % {"why": error}
        ) from error
    given = ticket.orders.filter(act=act)
    last = given.aggregate(last=Max("turn"))["last"] or 0
    known = set((given.waiting() if again else given).values_list("system", flat=True))
    wanted = [key for key in systems if only is None or key in only]
    new = [key for key in wanted if key not in known]
    for key in new:
        order = SystemOrder(
            ticket=ticket,
            system=key,
            act=act,
            turn=last + 1 if again else max(last, 1),
            ordered_at=at,
            ordered_by=by.name,
        )
        if is_for_a_machine(systems[key], act):
            order.wait(at=at)
        order.save()
        give_order(order, systems[key], by=by, at=at)
    if new:
        record(ticket, Event.ORDER_GIVEN, by=by, at=at, act=act.value, systems=new)
    return list(ticket.orders.filter(act=act))


def order_as_decided(
    ticket: Ticket, act: OrderAct, *, by: Actor, at: datetime
) -> list[SystemOrder]:
    """Order what a decision asks for: once, and once more if it was decided again."""
    last = ticket.orders.filter(act=act).order_by("-ordered_at").first()
    decided = ticket.decided_at
    again = last is not None and decided is not None and last.ordered_at < decided
    return give_orders(ticket, act, again=again, by=by, at=at)


def ordered_for_an_earlier_answer(ticket: Ticket, act: OrderAct) -> bool:
    """Whether the systems were last ordered before the ticket was opened again."""
    given = ticket.orders.filter(act=act)
    last = given.aggregate(last=Max("ordered_at"))["last"]
    return is_of_an_earlier_answer(ticket, last)


def open_orders(ticket: Ticket) -> OrderQuerySet:
    """Return the orders that nobody has answered for."""
    return SystemOrder.objects.filter(ticket=ticket).waiting()


@transaction.atomic
def close_order(
    order_id: int, *, done: bool, note: str, by: Actor, at: datetime
) -> SystemOrder:
    """Note what was done in a system and by whom, or why it cannot be done.

    With the last one the ticket goes on by itself.
    """
    check_role(by, Role.HANDLER, Role.OWNER)
    found = SystemOrder.objects.values_list("ticket_id", flat=True).get(pk=order_id)
    ticket = lock(found)
    order = close_one(ticket, order_id, done=done, note=note, by=by, at=at)
    go_on(ticket, by=by, at=at)
    return order


@transaction.atomic
def close_orders(
    ticket_id: int,
    *,
    orders: Sequence[int],
    done: bool,
    note: str,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Answer for several orders of a ticket with one note."""
    check_role(by, Role.HANDLER)
    ticket = lock(ticket_id)
    if not orders:
        raise PolicyError(_("Choose at least one system."))
    for order_id in orders:
        close_one(ticket, order_id, done=done, note=note, by=by, at=at)
    go_on(ticket, by=by, at=at)
    return ticket


def close_one(
    ticket: Ticket, order_id: int, *, done: bool, note: str, by: Actor, at: datetime
) -> SystemOrder:
    """Answer for an order of a ticket whose lock the caller holds."""
    orders = ticket.orders.select_for_update().filter(pk=order_id)
    order = orders.first()
    if order is None:
        raise PolicyError(_("%(ticket)s has no such order.") % {"ticket": ticket})
    if order.state != OrderState.WAITING:
        raise PolicyError(
            _("The order to %(system)s is “%(state)s” already; it stays as it is.")
            % {"system": order.system, "state": order.get_state_display()}
        )
    if not note.strip():
        raise PolicyError(_("Say what was done in the system, and by whom."))
    if not done:
        long_reason(note, _("The reason"))
    order.state = OrderState.DONE if done else OrderState.IMPOSSIBLE
    order.note, order.closed_by, order.closed_at = note.strip(), by.name, at
    order.drop_plan()
    order.finish()
    order.save()
    if done and order.act == OrderAct.ERASE:
        day = local_day(order.ordered_at)
        ticket.debts.all().settle(order.system, ordered_on=day, at=at)
    record(
        ticket,
        Event.ORDER_CLOSED,
        by=by,
        at=at,
        act=order.act,
        system=order.system,
        result=order.state.value,
        note_sha256=hashlib.sha256(order.note.encode()).hexdigest(),
    )
    return order


def go_on(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Let a ticket, whose lock the caller holds, go on after an answer."""
    clockwork.set_timers(ticket, at=at)
    proceed(ticket, by=by, at=at)
