"""Another program asks whether it may use a person's data; what is refused is logged.

GDPR Art. 18(2): restricted data are only stored, but for four exceptions.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.measure_lock import lock_measure
from dsr.casework.measures import log_use
from dsr.casework.ticket_lock import lock
from dsr.models import RefusedUse, RestrictionMeasure
from dsr.policy.processing import Lock, locks_on
from dsr.vocabulary import Actor, LockKind, UseException


@dataclass(frozen=True, slots=True)
class Program:
    """Another program of the controller, and the exceptions it may claim."""

    name: str
    exceptions: frozenset[str]

    @property
    def actor(self) -> Actor:
        """Who acts, for the ledger; no member of staff has such a name."""
        return Actor(f"program {self.name}", frozenset())


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the use is allowed, and every lock that was found."""

    allowed: bool
    locks: list[Lock]


def may_process(
    digests: Collection[str],
    purpose: str,
    *,
    exception: str = "",
    by: Program,
    at: datetime,
) -> Answer:
    """Say whether the data may be used for the purpose, or under an exception.

    The exceptions open restrictions alone: GDPR Art. 18(2) knows no other. Each use
    under one is written on the restriction and in the ledger, as an officer's is.
    """
    locks = locks_on(digests, purpose)
    if not locks:
        return Answer(allowed=True, locks=[])
    restricted = all(one.kind == LockKind.RESTRICTION for one in locks)
    if restricted and exception in by.exceptions:
        _use(locks, UseException(exception), purpose, by=by.actor, at=at)
        return Answer(allowed=True, locks=locks)
    for one in locks:  # hardly ever more than one, and so a statement less
        RefusedUse.objects.create(
            asked_at=at,
            asked_by=by.name,
            purpose=purpose,
            exception=exception,
            kind=one.kind,
            number=one.number,
        )
    return Answer(allowed=False, locks=locks)


@transaction.atomic
def _use(
    locks: list[Lock],
    exception: UseException,
    purpose: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Log a use on each restriction; one that was lifted meanwhile needs none."""
    why = _("Another program of ours asked, for the purpose %(purpose)s.")
    for one in sorted(locks, key=lambda one: one.number):
        measures = RestrictionMeasure.objects.filter(pk=one.number)
        lock(measures.values_list("ticket_id", flat=True).get())
        measure = lock_measure(measures.in_force())
        if measure is not None:
            said = why % {"purpose": purpose}
            log_use(measure, exception, why=said, by=by, at=at)
