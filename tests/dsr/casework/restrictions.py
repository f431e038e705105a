"""Restrictions to test with: how one begins, and the days of its lifting."""

from datetime import date, datetime

from django.db import transaction

from dsr import casework
from dsr.casework.ticket_lock import lock
from dsr.models import (
    RestrictionMeasure,
    Ticket,
)
from dsr.vocabulary import (
    RestrictionGround,
)
from tests.dsr.conftest import (
    DAY,
    OFFICER,
    RECEIVED,
)

ADDRESS = "Rue Haute 1\n4000 Liège"
NOTICE = RECEIVED + 3 * DAY  # Sunday 8 March 2026
LIFT_ON = date(2026, 3, 15)
MORNING = datetime.fromisoformat("2026-03-15T07:00:00+01:00")


def begin(
    ticket: Ticket, ground: RestrictionGround = RestrictionGround.ACCURACY_CONTESTED
) -> RestrictionMeasure:
    with transaction.atomic():
        return casework.begin_measure(
            lock(ticket.pk), ground, what="the address", by=OFFICER, at=RECEIVED
        )


def fresh(measure: RestrictionMeasure) -> RestrictionMeasure:
    return RestrictionMeasure.objects.get(pk=measure.pk)
