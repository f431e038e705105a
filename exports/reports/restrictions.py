"""Restrictions and objections in a case's file, and their figures in a period."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from dsr.models import (
    BalancingRecord,
    ObjectedPurpose,
    RestrictionExamination,
    RestrictionMeasure,
    Ticket,
)
from dsr.models.measure import MeasureQuerySet
from exports.reports.measures import AGES, classes
from exports.reports.period import Period


def restriction_file(ticket: Ticket) -> dict[str, Any]:
    """Return what was restricted, examined and weighed in a ticket."""
    measures = ticket.measures.select_related("notice").prefetch_related("uses")
    return {
        "restrictions": [_measure(one) for one in measures],
        "grounds_absent": _examination(ticket),
        "objected": [_objected(one) for one in ticket.objected.all()],
        "balancing": _balancing(ticket),
    }


def in_force_at_end(period: Period) -> MeasureQuerySet:
    """Return the restrictions begun by the last day and not lifted by then."""
    end = period.ends_at
    return RestrictionMeasure.objects.filter(
        Q(lifted_at__isnull=True) | Q(lifted_at__gte=end), begun_at__lt=end
    )


def lifted(period: Period) -> MeasureQuerySet:
    """Return the restrictions lifted in the period."""
    first, end = period.instants
    return RestrictionMeasure.objects.filter(lifted_at__gte=first, lifted_at__lt=end)


def lifted_without_notice(period: Period) -> list[str]:
    """List restrictions lifted before their notice was sent (GDPR Art. 18(3)).

    The letter's own row is the proof, not what the restriction says of it.
    """
    told = Q(notice__kind="lift_notice", notice__sent_at__lt=F("lifted_at"))
    untold = lifted(period).exclude(told & Q(notice__sent_at__isnull=False))
    return sorted(set(untold.values_list("ticket__case__reference", flat=True)))


def restriction_figures(period: Period) -> dict[str, Any]:
    """Return how many are in force, how old they are, and what became of others."""
    begun = in_force_at_end(period).values_list("begun_at", flat=True)
    days = [(period.last - timezone.localdate(one, period.zone)).days for one in begun]
    return {
        "in_force": len(days),
        "oldest_days": max(days, default=None),
        "ages": classes(days),
        "classes_of_days": [list(one) for one in AGES],
        "lifted": lifted(period).count(),
        "lifted_without_notice": len(lifted_without_notice(period)),
    }


def _measure(measure: RestrictionMeasure) -> dict[str, Any]:
    notice = measure.notice
    return {
        "number": measure.pk,
        "ground": measure.ground,
        "label": str(measure.get_ground_display()),
        "article": measure.article,
        "what": measure.what,
        "state": str(measure.state),
        "stand": str(measure.get_state_display()),
        "begun_at": _iso(measure.begun_at),
        "begun_by": measure.begun_by,
        "active_at": _iso(measure.active_at),
        "uses": [
            {
                "exception": use.exception,
                "label": str(use.get_exception_display()),
                "why": use.why,
                "at": _iso(use.used_at),
                "by": use.used_by,
            }
            for use in measure.uses.all()
        ],
        "lift_reason": measure.lift_reason,
        "lift_proposed_by": measure.lift_proposed_by,
        "lift_approved_by": measure.lift_approved_by,
        "notice": notice and notice.pk,
        "notice_sent_at": _iso(notice.sent_at) if notice else None,
        "lift_on": measure.lift_on and measure.lift_on.isoformat(),
        "lifted_at": _iso(measure.lifted_at),
        "lifted_by": measure.lifted_by,
    }


def _examination(ticket: Ticket) -> dict[str, Any] | None:
    done = RestrictionExamination.objects.filter(ticket=ticket).first()
    if done is None:
        return None
    return {
        "grounds": [ground.value for ground in done.absent],
        "labels": [str(ground.label) for ground in done.absent],
        "why": done.why,
        "at": _iso(done.examined_at),
        "by": done.examined_by,
    }


def _objected(one: ObjectedPurpose) -> dict[str, Any]:
    return {
        "purpose": one.purpose,
        "basis": one.basis,
        "objectionable": one.objectionable,
        "result": one.result,
        "label": str(one.get_result_display()),
    }


def _balancing(ticket: Ticket) -> dict[str, Any] | None:
    done = BalancingRecord.objects.filter(ticket=ticket).first()
    if done is None:
        return None
    return {
        "situation": done.situation,
        "interest": done.interest,
        "alternatives": done.alternatives,
        "business_owner": done.business_owner,
        "at": _iso(done.weighed_at),
        "by": done.weighed_by,
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
