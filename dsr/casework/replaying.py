"""Erasures done again in a system that was restored from a backup.

A backup brings back whom it still knew. What was erased since then is kept as a list
of keys and keyed digests, as long as the backups themselves are kept, and is applied
once more: a row that is somebody else's by now is refused. GDPR Arts. 5(2) and 17.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

from dsr.casework.forgetting import prove
from dsr.casework.planners import is_for_a_machine
from dsr.casework.ticket_lock import lock, record
from dsr.models import SystemOrder
from dsr.vocabulary import SYSTEM, Event, OrderAct, OrderState
from subjects.systems import kept_changes
from subjects.systems.base import ReadError, System
from subjects.systems.changes import Change, Changeable, Receipt
from subjects.systems.register import load_systems


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of one erasure: done again, failed and why, or left to people."""

    case: str
    system: str
    closed_at: str
    result: Literal["done", "failed", "by_hand"]
    rows: int = 0
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it in JSON's own types."""
        return asdict(self)


def keep_for_replay(order: SystemOrder, changes: Sequence[Change]) -> None:
    """Keep what it takes to erase the same again; the caller saves the order."""
    if order.act == OrderAct.ERASE and changes:
        lines = b"".join(kept_changes.forgetful(changes, _secrets()))
        order.replay.save("replay", ContentFile(lines), save=False)


def _secrets() -> tuple[bytes, ...]:
    return tuple(
        b"replay:" + force_bytes(one)
        for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


def replay_erasures(
    since: datetime, only: Collection[str] | None = None, *, at: datetime
) -> Iterator[Replayed]:
    """Erase again what was erased since an instant, in all systems or `only` some.

    Raises:
        ValueError: the list of systems cannot be used.

    """
    systems = {one.key: one for one in load_systems(settings.SYSTEMS_FILE)}
    orders = SystemOrder.objects.filter(
        act=OrderAct.ERASE, state=OrderState.DONE, closed_at__gte=since
    )
    for order in orders.select_related("ticket__case").order_by("closed_at", "pk"):
        if only is None or order.system in only:
            yield _replay(order, systems, at=at)


def _replay(
    order: SystemOrder, systems: Mapping[str, System], *, at: datetime
) -> Replayed:
    case, closed_at = order.ticket.case.reference, order.closed_at
    told = (case, order.system, closed_at.isoformat() if closed_at else "")
    system = systems.get(order.system)
    if not order.receipt or system is None or not is_for_a_machine(system, order.act):
        why = _("It was answered for by hand; have it erased there again.")
        return Replayed(*told, "by_hand", why=why)
    if not order.replay and any(order.receipt.values()):
        why = _("Its list is no longer kept; have it erased there again by hand.")
        return Replayed(*told, "by_hand", why=why)
    try:
        receipt = _apply(order, system)
    except (ReadError, OSError) as error:
        return Replayed(*told, "failed", why=str(error))
    finally:
        system.close()
    _note(order, receipt, at=at)
    rows = sum(receipt.deleted.values()) + sum(receipt.changed.values())
    return Replayed(*told, "done" if receipt.verified else "failed", rows)


def _apply(order: SystemOrder, system: System) -> Receipt:
    assert isinstance(system, Changeable)  # noqa: S101  # is_for_a_machine looked
    if not order.replay:  # nothing was found there
        return Receipt(system.key, {}, {}, {}, verified=True)
    with order.replay.open("rb") as lines:
        return system.apply(kept_changes.read_forgetful(lines, _secrets()))


@transaction.atomic
def _note(order: SystemOrder, receipt: Receipt, *, at: datetime) -> None:
    record(
        lock(order.ticket_id),
        Event.ERASURE_REPLAYED,
        by=SYSTEM,
        at=at,
        system=order.system,
        deleted=dict(receipt.deleted),
        changed=dict(receipt.changed),
        done_before=dict(receipt.done_before),
        verified=receipt.verified,
    )


@transaction.atomic
def forget_replays(*, at: datetime) -> int:
    """Delete the lists of erasures that no backup knows any more; count them."""
    oldest = at - timedelta(days=settings.BACKUP_DAYS)
    orders = SystemOrder.objects.filter(closed_at__lt=oldest).exclude(replay="")
    for order in (found := list(orders.select_for_update())):
        order.drop_replay()
        order.save(update_fields=["replay"])
    if found:
        prove("", "replay", len(found), at=at)
    return len(found)
