"""Names to a person, who asks for it, those that received their data. GDPR Art. 19.

C-154/21: the recipients themselves, not their categories. Only of what is answered,
and so only once it is known who asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dsr.casework.ticket_lock import lock_known, record_case
from dsr.controller import current
from dsr.models import RecipientNotice, Ticket
from dsr.policy import check_role
from dsr.policy.checks import local_day
from dsr.policy.receiving import by_kind, receivers
from dsr.vocabulary import Actor, Event, Outcome, Role


@dataclass(frozen=True, slots=True)
class Named:
    """The recipients of one ticket: `kinds` with the names, and who was `told`."""

    ticket: Ticket
    kinds: Sequence[tuple[str, tuple[str, ...]]]
    told: Sequence[RecipientNotice]


@transaction.atomic
def name_recipients(
    case_id: int, *, language: str, by: Actor, at: datetime
) -> list[Named]:
    """Return who received data, ticket by ticket, and note that the person was told."""
    check_role(by, Role.SUBJECT)
    case = lock_known(case_id)
    named = [
        _named(ticket, language, at)
        for ticket in case.tickets.filter(
            replied_at__isnull=False, outcome__in=Outcome.CARRIED_OUT
        )
    ]
    if named:
        record_case(case, Event.RECIPIENTS_NAMED, by=by, at=at, tickets=len(named))
    return named


def _named(ticket: Ticket, language: str, at: datetime) -> Named:
    codes = receivers(ticket, local_day(ticket.replied_at or at))
    told = ticket.notices.of_answer().told().order_by("name", "sent_at")
    return Named(ticket, by_kind(current(), language, codes), list(told))
