"""Orders and notices in a case's file: what each system and recipient did. F.1."""

from typing import Any

from dsr.models import ErasureDebt, PurposeCheck, RecipientNotice, SystemOrder


def order_file(order: SystemOrder) -> dict[str, Any]:
    """Return all that is on record about an order to a system."""
    return {
        "system": order.system,
        "act": order.act,
        "turn": order.turn,
        "state": order.state,
        "ordered_at": order.ordered_at.isoformat(),
        "ordered_by": order.ordered_by,
        "note": order.note,
        "closed_at": order.closed_at and order.closed_at.isoformat(),
        "closed_by": order.closed_by,
        "receipt": order.receipt,
        "plan_sha256": order.plan_sha256,
        "error": order.last_error,
    }


def debt_file(debt: ErasureDebt) -> dict[str, Any]:
    """Return what a rule keeps in a system for now, and whether it is erased since."""
    return {
        "system": debt.system,
        "collection": debt.collection,
        "records": debt.records,
        "ground": debt.ground,
        "basis": debt.basis,
        "keep_until": debt.keep_until.isoformat(),
        "erased_at": debt.settled_at and debt.settled_at.isoformat(),
    }


def notice_file(notice: RecipientNotice) -> dict[str, Any]:
    """Return a line of the table of Art. 19: told, confirmed, or why not."""
    return {
        "recipient": notice.name,
        "code": notice.recipient,
        "operation": notice.operation,
        "turn": notice.turn,
        "state": notice.state,
        "owed_at": notice.owed_at.isoformat(),
        "letter": notice.letter_id,
        "sent_at": notice.sent_at and notice.sent_at.isoformat(),
        "confirmed_at": notice.confirmed_at and notice.confirmed_at.isoformat(),
        "confirmed_by": notice.confirmed_by,
        "reason": notice.reason,
        "excused_at": notice.excused_at and notice.excused_at.isoformat(),
        "excused_by": notice.excused_by,
    }


def purpose_file(check: PurposeCheck) -> dict[str, Any]:
    """Return what becomes of a purpose's data without consent. Art. 17(1)(b)."""
    return {
        "purpose": check.purpose,
        "result": check.result,
        "kept_for": check.kept_for,
        "basis": check.basis,
        "checked_at": check.checked_at and check.checked_at.isoformat(),
        "checked_by": check.checked_by,
    }
