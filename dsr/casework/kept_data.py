"""What an erasure left for later: its day moved with a reason, or come at last.

GDPR Arts. 5(1)(e) and 17(3).
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.clockwork import set_timers
from dsr.casework.ticket_lock import locked, record
from dsr.models import Ticket
from dsr.policy import PolicyError
from dsr.policy.checks import long_reason
from dsr.policy.erasing import day_lies_ahead
from dsr.vocabulary import Actor, Event


@transaction.atomic
def move_keep_until(
    ticket_id: int,
    *,
    category: str,
    keep_until: date,
    why: str,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Keep a category until another day: a new claim, or an interruption.

    Source: Insurance Act Arts. 88 and 89.
    """
    ticket = locked(ticket_id, "move_keep_until", by=by, at=at)
    day_lies_ahead(keep_until, at)
    long_reason(why, _("The reason"))
    item = ticket.erasures.all().kept().filter(category=category).first()
    if item is None:
        raise PolicyError(
            _("Nothing is kept of “%(category)s” any more.") % {"category": category}
        )
    before = item.keep_until
    item.keep_until, item.moved_why = keep_until, why
    item.moved_at, item.moved_by = at, by.name
    item.save()
    ticket.save()
    set_timers(ticket, at=at)
    record(
        ticket,
        Event.ERASURE_MOVED,
        by=by,
        at=at,
        categories=[category],
        before=before.isoformat() if before else "",
        after=keep_until.isoformat(),
    )
    return ticket
