"""The period report as data: what the PDF shows is exactly what the JSON holds."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from dsr.controller import Controller
from dsr.models import Ticket, calendar_of
from dsr.vocabulary import ClockEventKind
from exports.reports import figures
from exports.reports.chains import read_chains
from exports.reports.measures import AGES, Share
from exports.reports.period import Period
from exports.reports.restrictions import restriction_figures
from exports.reports.retention import retention
from exports.reports.staff import pseudonym
from exports.reports.zero_lists import zero_lists

FORMAT = "rightsdesk-audit-1"


def audit(period: Period, controller: Controller, *, at: datetime) -> dict[str, Any]:
    """Return the whole report on a period; it names no person."""
    overdue = figures.overdue_at_end(period).select_related("case").by_urgency()
    return {
        "format": FORMAT,
        "controller": _controller(controller),
        "period": {
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
            "time_zone": str(period.zone),
        },
        "filters": [],
        "versions": _versions(period, controller),
        "figures": _figures(period),
        "refusals": [_refusal(one, period) for one in figures.refusals(period)],
        "overdue": [_overdue(one, period) for one in overdue],
        "zero_lists": zero_lists(period, at=at),
        "retention": retention(period),
        "ledger": asdict(read_chains()),
    }


def _controller(controller: Controller) -> dict[str, str]:
    one = controller.identity
    street, city = one.street.to("en"), one.city.to("en")
    return {
        "name": one.name,
        "address": f"{street}, {one.postal_code} {city}, {one.country.to('en')}",
        "jurisdiction": one.jurisdiction,
        "dpo": controller.dpo.mail,
    }


def _versions(period: Period, controller: Controller) -> dict[str, str]:
    return {
        "clock_policy": controller.clock.on(period.last).version,
        "calendar": calendar_of(controller.identity.jurisdiction).version,
        "policy_file": settings.POLICY_FILE.name,
    }


def _figures(period: Period) -> dict[str, Any]:
    return {
        "received": figures.received(period).count(),
        "replied": figures.replied(period).count(),
        "ended_otherwise": figures.ended_otherwise(period).count(),
        "open_at_end": figures.open_at_end(period).count(),
        "overdue_at_end": figures.overdue_at_end(period).count(),
        "volumes": figures.volumes(period),
        "replies_by_month": figures.replies_by_month(period),
        "on_time_strict": _share(figures.on_time_strict(period)),
        "on_time_final": _share(figures.on_time_final(period)),
        "days_to_reply": asdict(figures.days_to_reply(period)),
        "hours_to_acknowledge": asdict(figures.hours_to_acknowledge(period)),
        "classes_of_days": [list(one) for one in AGES],
        "reply_classes": figures.reply_classes(period),
        "ages": figures.ages(period),
        "open_by_right": figures.open_by_right(period),
        "outcomes": figures.outcomes(period),
        "grounds": figures.grounds(period),
        "categories_erased": figures.categories_erased(period),
        "extended": _share(figures.extended(period)),
        "identity_asked": _share(figures.asked(period, ClockEventKind.IDENTITY_ASKED)),
        "clarification_asked": _share(
            figures.asked(period, ClockEventKind.CLARIFICATION_ASKED)
        ),
        "suspended_days": asdict(figures.suspended_days(period)),
        "restrictions": restriction_figures(period),
    }


def _share(share: Share) -> dict[str, Any]:
    return {**asdict(share), "percent": share.percent}


def _refusal(ticket: Ticket, period: Period) -> dict[str, Any]:
    return {
        "reference": ticket.case.reference,
        "right": ticket.right_code,
        "outcome": ticket.outcome,
        "grounds": ticket.grounds,
        "replied_on": _local_day(ticket.replied_at, period),
        "refusal_notice_due": ticket.refusal_notice_due
        and ticket.refusal_notice_due.isoformat(),
        "proposed_by": pseudonym(ticket.proposed_by),
        "decided_by": pseudonym(ticket.decided_by),
    }


def _overdue(ticket: Ticket, period: Period) -> dict[str, Any]:
    return {
        "reference": ticket.case.reference,
        "right": ticket.right_code,
        "state": str(ticket.state),
        "due_strict": ticket.due_strict.isoformat(),
        "due": ticket.due and ticket.due.isoformat(),
        "days_late": (period.last - ticket.due_strict).days,
        "owner": pseudonym(ticket.owner),
    }


def _local_day(instant: datetime | None, period: Period) -> str:
    if instant is None:
        return ""
    return timezone.localdate(instant, period.zone).isoformat()
