"""Months and years pass at a desk at rest: what it keeps comes to its end."""

from contextlib import suppress
from datetime import datetime, timedelta

from dsr import casework
from dsr.models import Case, Ticket
from dsr.policy import PolicyError
from tests.dsr.machines.at_random.chores import CHORES
from tests.dsr.machines.at_random.deletion import delete_what_is_over
from tests.dsr.machines.at_random.people import Pick
from tests.dsr.steps import DPO, OFFICER

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# Past the proofs of identity, what was found, the files, a year, and the register.
SPANS = (8, 31, 91, 400, 1827)


def months_pass(pick: Pick, now: datetime) -> datetime:
    """End what can be ended, hold a case now and then, and return much later."""
    now = _end_all(now)
    if not pick(range(3)):
        with suppress(PolicyError):
            _hold(pick, now)
    for _jump in range(pick((1, 2, 4))):
        now += pick(SPANS) * DAY
        casework.fire_timers(at=now)
        delete_what_is_over(now)
    return now


def _end_all(now: datetime) -> datetime:
    for ticket in Ticket.objects.filter(closed_at=None).order_by("pk"):
        for end in (casework.close, casework.withdraw):
            now += MINUTE
            with suppress(PolicyError):
                end(ticket.pk, by=OFFICER, at=now)
    return now


def _hold(pick: Pick, now: datetime) -> None:
    cases = list(Case.objects.order_by("pk"))
    CHORES["hold a case"].do(pick(cases), pick, DPO, now)
