"""Orders that a machine carries out: planned, kept, applied, read back, answered for.

The systems are planned for together, before any is changed, as what one system holds
leads into the next. Whatever dies in between, the kept plan is applied again, and what
is done already counts as done. GDPR Art. 5(2).
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.orders import close_one, go_on
from dsr.casework.planners import PLANNERS, is_for_a_machine
from dsr.casework.replaying import keep_for_replay
from dsr.casework.ticket_lock import lock, record
from dsr.models import SystemOrder, Ticket
from dsr.policy import PolicyError, check_role
from dsr.sealed.stream import SealError
from dsr.vocabulary import SYSTEM, Actor, Event, OrderState, Role
from subjects.systems import kept_changes
from subjects.systems.base import ReadError, System
from subjects.systems.changes import Change, Changeable, Receipt, StaleError
from subjects.systems.register import load_systems

NOT_PROVEN = (
    "changed, but some rows, read back, do not say what was ordered; look whether a "
    "trigger or another program changes them back"
)


def carry_out_orders(*, at: datetime) -> int:
    """Carry out the orders that are due; return how many were."""
    count = 0
    for order, now in SystemOrder.objects.claim_each(at):
        count += _carry_out(order, at=now)
    return count


def _carry_out(order: SystemOrder, *, at: datetime) -> bool:
    """Take an order one step further; say whether it was applied."""
    try:
        receipt = _step(order, at=at)
    except (ReadError, PolicyError, ValueError, OSError, SealError) as error:
        _failed(order.pk, error, at=at)
        return False
    if receipt is not None:
        _carried_out(order.pk, receipt, at=at)
    return receipt is not None


def _step(order: SystemOrder, *, at: datetime) -> Receipt | None:
    """Plan an order or, once it is planned, apply it."""
    systems = {one.key: one for one in load_systems(settings.SYSTEMS_FILE)}
    system = systems.get(order.system)
    if system is None or not is_for_a_machine(system, order.act):
        raise PolicyError(
            _("The list of systems does not let us carry this out; answer by hand.")
        )
    if order.planned_at is None:
        _plan(order, list(systems.values()), at=at)
        return None
    return _apply(order, system)


def _plan(order: SystemOrder, systems: Sequence[System], *, at: datetime) -> None:
    """Plan for every system that a machine changes, and keep each its own plan."""
    try:
        planned = PLANNERS[order.act](order.ticket, systems, at)
    finally:
        for system in systems:
            system.close()
    _keep(order, planned, at=at)


@transaction.atomic
def _keep(
    order: SystemOrder, planned: Mapping[str, Sequence[Change]], *, at: datetime
) -> None:
    ticket = lock(order.ticket_id)
    same = ticket.orders.filter(act=order.act, turn=order.turn).waiting()
    counts: dict[str, int] = {}
    ranks = {key: rank for rank, key in enumerate(planned)}
    for one in same.in_queue().filter(planned_at=None).select_for_update():
        changes = [*planned.get(one.system, ())]
        changes += _left_over(one, changes)
        kept = b"".join(kept_changes.written(changes))
        one.drop_plan()
        one.plan.save("plan", ContentFile(kept), save=False)
        one.plan_sha256 = hashlib.sha256(kept).hexdigest()
        one.planned_at = at
        one.wait(at=at + timedelta(microseconds=ranks.get(one.system, len(ranks))))
        one.save()
        counts[one.system] = len(changes)
    record(ticket, Event.ORDER_PLANNED, by=SYSTEM, at=at, act=order.act, changes=counts)


def _left_over(order: SystemOrder, found: Sequence[Change]) -> list[Change]:
    """Return what an earlier plan names that is not found any more.

    What led to it may be erased already, in this system or in another.
    """
    known = {(one.address, str(dict(one.key))) for one in found}
    if not order.plan:
        return []
    return [
        change
        for change in _kept(order)
        if (change.address, str(dict(change.key))) not in known
    ]


def _kept(order: SystemOrder) -> list[Change]:
    with order.plan.open("rb") as lines:
        return kept_changes.read(lines)


def _apply(order: SystemOrder, system: System) -> Receipt:
    assert isinstance(system, Changeable)  # noqa: S101  # is_for_a_machine looked
    changes = _kept(order)
    try:
        receipt = system.apply(changes)
    finally:
        system.close()
    if not receipt.verified:
        raise StaleError(f"{system.key}: {NOT_PROVEN}")
    return receipt


@transaction.atomic
def _failed(order_id: int, error: Exception, *, at: datetime) -> None:
    """Show why, and try again later where that may help."""
    ticket, order = _locked(order_id)
    if order.state != OrderState.WAITING:  # answered for by hand meanwhile
        order.finish()
        order.save()
        return
    first = not order.last_error
    order.postpone(str(error), at=at)
    if isinstance(error, (StaleError, PolicyError)):
        order.next_attempt_at = None  # it will be no other until somebody looks
    order.save()
    if first:
        facts = {"act": order.act, "system": order.system, "why": type(error).__name__}
        record(ticket, Event.ORDER_FAILED, by=SYSTEM, at=at, **facts)


@transaction.atomic
def _carried_out(order_id: int, receipt: Receipt, *, at: datetime) -> None:
    """Keep the receipt, drop the plan with the data in it, and close the order."""
    ticket, order = _locked(order_id)
    order.receipt = {
        "deleted": dict(receipt.deleted),
        "changed": dict(receipt.changed),
        "done_before": dict(receipt.done_before),
    }
    if order.plan:  # not answered for by hand meanwhile
        keep_for_replay(order, _kept(order))
        order.drop_plan()
    order.finish()
    order.save()
    facts = {"act": order.act, "system": order.system, "plan": order.plan_sha256}
    facts |= order.receipt
    record(ticket, Event.ORDER_CARRIED_OUT, by=SYSTEM, at=at, **facts)
    if order.state == OrderState.WAITING:
        note = _note(receipt)
        close_one(ticket, order_id, done=True, note=note, by=SYSTEM, at=at)
        go_on(ticket, by=SYSTEM, at=at)


def _note(receipt: Receipt) -> str:
    deleted, changed = sum(receipt.deleted.values()), sum(receipt.changed.values())
    before = sum(receipt.done_before.values())
    return _(
        "Carried out by Rightsdesk and read back: %(deleted)d rows deleted, "
        "%(changed)d changed, %(before)d done before."
    ) % {"deleted": deleted, "changed": changed, "before": before}


def _locked(order_id: int) -> tuple[Ticket, SystemOrder]:
    found = SystemOrder.objects.values_list("ticket_id", flat=True).get(pk=order_id)
    ticket = lock(found)
    return ticket, SystemOrder.objects.select_for_update().get(pk=order_id)


@transaction.atomic
def retry_orders(
    ticket_id: int, *, orders: Sequence[int], by: Actor, at: datetime
) -> Ticket:
    """Have a machine carry out, planned anew, what failed or was left to people."""
    check_role(by, Role.HANDLER)
    ticket = lock(ticket_id)
    able = {one.pk: one for one in orders_for_a_machine(ticket)}
    if not orders or not able.keys() >= set(orders):
        raise PolicyError(
            _("Choose orders that wait, and whose system we may change ourselves.")
        )
    for order_id in orders:
        order = able[order_id]
        order.planned_at = None
        order.wait(at=at)
        order.save()
    systems = sorted(able[pk].system for pk in orders)
    record(ticket, Event.ORDER_RETRIED, by=by, at=at, systems=systems)
    return ticket


def orders_for_a_machine(ticket: Ticket) -> list[SystemOrder]:
    """Return the orders that a machine could carry out, and that none does."""
    idle = list(ticket.orders.waiting().filter(next_attempt_at=None))
    if not idle:
        return []
    try:
        systems = {one.key: one for one in load_systems(settings.SYSTEMS_FILE)}
    except ValueError:
        return []
    return [
        one
        for one in idle
        if one.system in systems and is_for_a_machine(systems[one.system], one.act)
    ]
