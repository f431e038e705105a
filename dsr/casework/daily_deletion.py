"""The daily job that deletes the desk's own data, and proves it. GDPR Art. 5(1)(e)."""

from datetime import datetime

from django.db import transaction

from dsr.casework.forgetting import (
    candidates,
    forget,
    forget_mails_of_no_case,
    prove,
)
from dsr.casework.replaying import forget_replays
from dsr.casework.retention import tier_days
from dsr.models import Case, Deletion, Incident, RefusedUse


def delete_expired(*, at: datetime) -> int:
    """Delete what is over in every case and of no case; count the records."""
    number = forget_mails_of_no_case(at=at) + forget_replays(at=at)
    for case_id in candidates(at):
        number += forget(case_id, at=at)
    return number + _forget_refusals(at=at) + _forget_proofs_of_deletion(at=at)


@transaction.atomic
def _forget_refusals(*, at: datetime) -> int:
    """Delete what proves how restrictions and objections were kept, in its time.

    That is what other programs were refused, and the incidents that were settled.
    """
    last = at - tier_days("T9")
    refused = RefusedUse.objects.filter(asked_at__lte=last)
    settled = Incident.objects.filter(settled_at__lte=last)
    total = 0
    for kind, over in (("refuseduse", refused), ("incident", settled)):
        number, _by_model = over.delete()
        if number:
            prove("T9", kind, number, at=at)
        total += number
    return total


@transaction.atomic
def _forget_proofs_of_deletion(*, at: datetime) -> int:
    """Delete the proofs whose years are over and whose case has gone. Tier T7.

    A case whose register row still stands, or that is held, keeps its own.
    """
    old = Deletion.objects.filter(deleted_at__lte=at - tier_days("T7"))
    over = old.exclude(reference__in=Case.objects.values("reference"))
    number, _by_model = over.delete()
    if number:
        prove("T7", "deletion", number, at=at)
    return number
