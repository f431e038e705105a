"""One ticket in its case's file: its days, its search, its decision, its package."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from dsr import casework
from dsr.models import (
    DirectTransfer,
    InformationItem,
    ProvenanceMap,
    SearchTask,
    Ticket,
    Withholding,
)
from dsr.policy.gates import checklist
from dsr.policy.health import settled_by
from dsr.rights import right_of
from dsr.rights.base import Right
from dsr.rights.grounds import SILENT, SILENT_LAW
from dsr.vocabulary import Role
from exports.models import Package
from exports.reports.child_records import child_records
from exports.reports.examined import contested, erasure
from exports.reports.restrictions import restriction_file
from exports.reports.telling_file import (
    debt_file,
    notice_file,
    order_file,
    purpose_file,
)


def ticket_file(ticket: Ticket, zone: ZoneInfo, language: str) -> dict[str, Any]:
    """Return all that is on record about a ticket."""
    right = right_of(ticket)
    searches = list(ticket.searches.order_by("system"))
    return {
        "number": ticket.pk,
        "right": ticket.right_code,
        "article": right.source.to(language),
        "state": str(ticket.state),
        "outcome": ticket.outcome,
        "owner": ticket.owner,
        "asked": ticket.details,
        "clock": clock_page(ticket, zone, language),
        "gates": _gates(ticket, language),
        "searches": [_search(one) for one in searches],
        "withheld": [
            _withheld(one, right)
            for one in Withholding.objects.filter(search__in=searches)
            .select_related("search")
            .order_by("pk")
        ],
        "orders": [order_file(one) for one in ticket.orders.all()],
        "debts": [debt_file(one) for one in ticket.debts.all()],
        "notices": [notice_file(one) for one in ticket.notices.all()],
        "purposes": [purpose_file(one) for one in ticket.purpose_checks.all()],
        "information": [_information(one) for one in ticket.information.all()],
        "provenance": _provenance(ticket),
        "transfer": _transfer(ticket),
        "contested": [contested(one) for one in ticket.corrections.all()],
        "erasures": [erasure(one) for one in ticket.erasures.all()],
        "records": child_records(ticket),
        "decision": _decision(ticket, right, language),
        **restriction_file(ticket),
        "extension": {
            "reason": ticket.extension_reason,
            "factors": ticket.extension_factors,
            "proposed_by": ticket.extension_proposed_by,
            "agreed_by": ticket.extended_by,
            "agreed_at": _iso(ticket.extended_at),
        },
        "done": ticket.done,
        "replied_at": _iso(ticket.replied_at),
        "closed_at": _iso(ticket.closed_at),
        "package": _package(ticket),
    }


def clock_page(ticket: Ticket, zone: ZoneInfo, language: str) -> dict[str, Any]:
    """Return every event and day of a ticket, and how each day was reached.

    `on_time_strict` and `on_time` are None as long as there is no reply.
    """
    deadline = casework.deadline_of(ticket)
    replied_on = ticket.replied_at and timezone.localdate(ticket.replied_at, zone)
    return {
        "received_at": ticket.received_at.isoformat(),
        "received_on": ticket.received_on.isoformat(),
        "events": [
            {"kind": event.kind, "at": _iso(event.at), "by": event.by}
            for event in ticket.clock_events.all()
        ],
        "due_strict": ticket.due_strict.isoformat(),
        "due": ticket.due and ticket.due.isoformat(),
        "extension_notice_due": ticket.extension_notice_due.isoformat(),
        "refusal_notice_due": ticket.refusal_notice_due
        and ticket.refusal_notice_due.isoformat(),
        "replied_on": replied_on and replied_on.isoformat(),
        "on_time_strict": in_time(replied_on, ticket.due_strict),
        "on_time": in_time(replied_on, ticket.due or date.max),
        "suspended_days": deadline.suspended_days,
        "jurisdiction": deadline.jurisdiction,
        "calendar_version": deadline.calendar_version,
        "policy_version": deadline.policy_version,
        "steps": [
            {"text": step.text(language), "source": step.source.text(language)}
            for step in deadline.steps
        ],
        "frozen_at_reply": ticket.clock_frozen,
    }


def in_time(replied_on: date | None, due: date) -> bool | None:
    """Say whether the reply came by the day; None where there is no reply."""
    return None if replied_on is None else replied_on <= due


def _gates(ticket: Ticket, language: str) -> list[dict[str, Any]]:
    """Return the assessment gate by gate: what was asked, answered, and by whom."""
    return [
        {
            "gate": line.gate,
            "question": str(line.asked.question),
            "source": line.asked.source.to(language),
            "answer": line.answer,
            "answered": str(line.in_words),
            "note": line.note,
            "by": line.by,
            "history": [
                {
                    "answer": one.answer,
                    "by": one.answered_by,
                    "at": _iso(one.answered_at),
                }
                for one in ticket.gate_answers.all()
                if one.gate == line.gate
            ],
        }
        for line in checklist(ticket)
    ]


def _search(search: SearchTask) -> dict[str, Any]:
    return {
        "system": search.system,
        "state": search.state,
        "done_at": _iso(search.done_at),
        "records": search.total,
        "counts": search.counts,
        "health": {name: one["records"] for name, one in search.health.items()},
        "sha256": search.sha256,
        "excused_by": search.excused_by,
        "excuse": search.excuse,
    }


def _withheld(item: Withholding, right: Right) -> dict[str, Any]:
    """Return an item; the balancing of a sealed one may speak of health itself."""
    silent = item.ground == SILENT
    sealed = (
        settled_by(item.search, item.collection, item.field) == Role.MEDICAL_ADVISER
    )
    source = SILENT_LAW if silent else right.ground(item.ground).source
    return {
        "collection": item.collection,
        "row": item.row,
        "field": item.field,
        "where_field": item.where_field,
        "where_text": "" if sealed else item.where_text,
        "passages": len(item.passages),
        "ground": item.ground,
        "source": str(source),
        "law": item.law,
        "note": "" if sealed else item.note,
        "is_health": sealed,
        "by": item.added_by,
        "at": _iso(item.added_at),
    }


def _information(one: InformationItem) -> dict[str, Any]:
    return {
        "item": one.item,
        "label": str(one.label),
        "state": one.state,
        "because": one.because,
        "by": one.filled_by,
        "at": _iso(one.filled_at),
    }


def _provenance(ticket: Ticket) -> dict[str, Any] | None:
    one = ProvenanceMap.objects.filter(ticket=ticket).first()
    if one is None:
        return None
    return {"at": _iso(one.drawn_at), "by": one.drawn_by, "fields": one.fields}


def _transfer(ticket: Ticket) -> dict[str, Any] | None:
    one = DirectTransfer.objects.filter(ticket=ticket).first()
    if one is None:
        return None
    return {
        "to": one.to,
        "state": one.state,
        "reason": one.reason,
        "receipt": one.receipt,
        "asked_by": one.asked_by,
        "asked_at": _iso(one.asked_at),
        "settled_by": one.settled_by,
        "settled_at": _iso(one.settled_at),
    }


def _decision(ticket: Ticket, right: Right, language: str) -> dict[str, Any]:
    chosen = [right.ground(code) for code in ticket.grounds]
    return {
        "proposed": ticket.proposed_outcome,
        "proposed_by": ticket.proposed_by,
        "proposed_at": _iso(ticket.proposed_at),
        "grounds": [
            {
                "code": ground.code,
                "label": str(ground.label),
                "source": ground.source.to(language),
            }
            for ground in chosen
        ],
        "law": ticket.law,
        "reasons": ticket.reasons,
        "decided_by": ticket.decided_by,
        "decided_at": _iso(ticket.decided_at),
    }


def _package(ticket: Ticket) -> dict[str, Any] | None:
    package = Package.objects.filter(ticket=ticket).first()
    if package is None:
        return None
    return {
        "state": package.state,
        "sha256": package.sha256,
        "size": package.size,
        "built_at": _iso(package.built_at),
        "expires_at": _iso(package.expires_at),
        "fetches": package.fetches,
        "files": package.manifest.get("files", []),
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
