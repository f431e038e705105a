"""Locks a restriction after its ticket, and writes its lines in the ledger."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dsr.casework.ticket_lock import lock, record
from dsr.models import RestrictionMeasure
from dsr.policy import check_measure
from dsr.vocabulary import Actor, Event


def locked_measure(
    measure_id: int, act: str, *, by: Actor, at: datetime
) -> RestrictionMeasure:
    """Return the measure, locked after its ticket, if the act may be done.

    Raises:
        PolicyError: it may not; the sentence says why, and what would help.

    """
    measures = RestrictionMeasure.objects.filter(pk=measure_id)
    lock(measures.values_list("ticket_id", flat=True).get())
    measure = lock_measure(measures)
    if measure is None:
        raise RestrictionMeasure.DoesNotExist
    check_measure(act, measure, by=by, at=at)
    return measure


def lock_measure(
    measures: QuerySet[RestrictionMeasure],
) -> RestrictionMeasure | None:
    """Lock the first of some; the caller holds the lock of its ticket."""
    found = measures.select_for_update(of=("self",))
    return found.select_related("ticket__case__subject", "notice").first()


def record_measure(
    measure: RestrictionMeasure, event: Event, *, by: Actor, at: datetime, **facts: Any
) -> None:
    """Write what happened to a restriction in the ledger of its ticket."""
    record(
        measure.ticket,
        event,
        by=by,
        at=at,
        measure=measure.pk,
        measure_state=str(measure.state),
        **facts,
    )
