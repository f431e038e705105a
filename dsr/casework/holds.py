"""Legal holds: a case that a court or an authority looks at is not deleted."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.clockwork import set_timers
from dsr.casework.ticket_lock import lock_case, record_case
from dsr.models import Case, LegalHold
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import local_day, long_reason
from dsr.vocabulary import Actor, Event, Role


@transaction.atomic
def place_hold(
    case_id: int, *, reason: str, review_on: date, by: Actor, at: datetime
) -> LegalHold:
    """Keep a case from deletion until its hold is lifted; it is reviewed by a day."""
    check_role(by, Role.DPO)
    case = lock_case(case_id)
    long_reason(reason, _("The reason"))
    if case.holds.in_force().exists():
        raise PolicyError(
            _("%(case)s is held already; lift that hold first.") % {"case": case}
        )
    if case.forgotten_at is not None:
        raise PolicyError(
            _("The person of %(case)s is forgotten; nothing is left to hold.")
            % {"case": case}
        )
    if review_on <= local_day(at):
        raise PolicyError(_("The day of review has to lie in the future."))
    hold = LegalHold.objects.create(
        case=case,
        reason=reason,
        review_on=review_on,
        placed_by=by.name,
        placed_at=at,
    )
    review = review_on.isoformat()
    record_case(case, Event.HOLD_PLACED, by=by, at=at, hold=hold.pk, review_on=review)
    _ring(case, at)
    return hold


@transaction.atomic
def lift_hold(case_id: int, *, by: Actor, at: datetime) -> LegalHold:
    """Let the case be deleted when its time is over."""
    check_role(by, Role.DPO)
    case = lock_case(case_id)
    hold = case.holds.in_force().first()
    if hold is None:
        raise PolicyError(_("%(case)s is not held.") % {"case": case})
    hold.lifted_by, hold.lifted_at = by.name, at
    hold.save(update_fields=["lifted_by", "lifted_at"])
    record_case(case, Event.HOLD_LIFTED, by=by, at=at, hold=hold.pk)
    _ring(case, at)
    return hold


def _ring(case: Case, at: datetime) -> None:
    """Move the bell of the review, which the case's first ticket carries."""
    first = case.tickets.order_by("pk").first()
    if first is not None:
        set_timers(first, at=at)
