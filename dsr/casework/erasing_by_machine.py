"""Erasures that a machine carries out: the plan's changes, and what stays for later.

GDPR Art. 17. Pseudonyms are made with a key that is never stored: it is gone as soon
as the plan is made, and nobody can make the same pseudonym again.
"""

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.erasure_plans import erasure_plan_of
from dsr.casework.planners import is_for_a_machine, plans
from dsr.casework.searches import identities_of
from dsr.casework.ticket_lock import lock, record
from dsr.models import ErasureDebt, Ticket
from dsr.policy import PolicyError
from dsr.policy.checks import local_day
from dsr.policy.erasing import nothing_protects
from dsr.vocabulary import SYSTEM, Event, OrderAct
from subjects.erasure.fates import ErasurePlan
from subjects.systems.base import System
from subjects.systems.changes import Change

KEY_BYTES = 32


class _Debt(NamedTuple):
    """Where a record lies that is kept for now, on which ground, and until when."""

    system: str
    collection: str
    ground: str
    basis: str
    keep_until: date


@plans(OrderAct.ERASE)
def plan_erasures(
    ticket: Ticket, systems: Sequence[System], at: datetime
) -> Mapping[str, Sequence[Change]]:
    """Plan what the verdicts of a ticket ask for, and note what a rule keeps for now.

    Raises:
        PolicyError: a restriction forbids it, or nobody can be found by it.

    """
    nothing_protects(ticket, SYSTEM, at)
    if not identities_of(ticket):
        raise PolicyError(
            _("Nothing is verified by which the person can be found; answer by hand.")
        )
    key = secrets.token_bytes(KEY_BYTES)
    plan = erasure_plan_of(ticket, systems, today=local_day(at), key=key)
    machines = {
        dataset.key: one.key
        for one in systems
        if is_for_a_machine(one, OrderAct.ERASE)
        for dataset in one.datasets
    }
    _owe(ticket, plan, machines, at=at)
    return plan.changes


@transaction.atomic
def _owe(
    ticket: Ticket, plan: ErasurePlan, machines: Mapping[str, str], *, at: datetime
) -> None:
    """Note what is kept until a day; what an earlier plan noted is no longer true.

    What is due by now stays noted until its order is carried out.
    """
    ticket = lock(ticket.pk)
    owed = Counter(_debts(plan, machines))
    before = ticket.debts.all().open().filter(system__in=set(machines.values()))
    before.filter(keep_until__gte=local_day(at)).delete()
    for debt, records in owed.items():
        ErasureDebt.objects.create(
            ticket=ticket, records=records, noted_at=at, **debt._asdict()
        )
    if owed:
        record(ticket, Event.ERASURE_OWED, by=SYSTEM, at=at, records=owed.total())


def _debts(plan: ErasurePlan, machines: Mapping[str, str]) -> Iterator[_Debt]:
    for fate in plan.debts():
        system, why = machines.get(fate.address.dataset), fate.reason
        if system and why and why.rule and why.until:
            where = str(fate.address)
            yield _Debt(system, where, why.ground, why.basis, why.until)
