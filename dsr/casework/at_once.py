"""What takes effect in the transaction in which it is recognised.

Advertising stops, and a consent ends, before anybody looks at the letter; who asks
is not doubted for that. GDPR Arts. 7(3) and 21(3). What follows then stands in
`marketing` and `consent`.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.consent import revoke_now
from dsr.casework.correspondence import draft_reply
from dsr.casework.marketing import suppress_now
from dsr.casework.proceeding import proceed
from dsr.casework.ticket_lock import lock, locked, record
from dsr.models import Case, RecipientNotice, SystemOrder, Ticket
from dsr.models.ticket import TicketQuerySet
from dsr.policy import PolicyError
from dsr.policy.checks import long_reason
from dsr.rights import right_of
from dsr.rights.consent_withdrawal import ConsentWithdrawalTicket
from dsr.rights.marketing_opt_out import MarketingOptOutTicket
from dsr.vocabulary import SYSTEM, Actor, Channel, Event, State

logger = logging.getLogger(__name__)

STUCK = Q(state__in=(State.SUPPRESSING, State.REVOKING))
CONFIRMED = ~Q(case__channel=Channel.WEB) | Q(case__contact_confirmed_at__isnull=False)


def take_effect(ticket: Ticket, *, at: datetime) -> None:
    """Let an objection to marketing or a withdrawal of consent have its effect.

    The caller holds the lock. Called again when another address becomes known;
    a ticket of another right, or one without any address, stays as it is.
    """
    if not ticket.is_open:
        return
    if isinstance(ticket, MarketingOptOutTicket):
        suppress_now(ticket, at=at)
    elif isinstance(ticket, ConsentWithdrawalTicket):
        revoke_now(ticket, at=at)
    clockwork.set_timers(ticket, at=at)


def take_effect_anew(case: Case, *, at: datetime) -> None:
    """Let what a case asks for hold for an address that came, or was proven, later."""
    for ticket in case.tickets.order_by("pk"):
        take_effect(ticket, at=at)
        if right_of(ticket).effect_at_once:
            proceed(ticket, by=SYSTEM, at=at)


def go_on_at_once(*, at: datetime) -> int:
    """Try again what could not be passed on or answered; count what moved.

    One that still cannot stays for an officer, and holds up no other.
    """
    moved = 0
    for pk in _waiting().values_list("pk", flat=True):
        try:
            moved += _go_on(pk, at=at)
        except PolicyError as error:
            logger.warning("ticket %d did not go on: %s", pk, error)
    return moved


def _waiting() -> TicketQuerySet:
    """Return those in effect that wait for nobody."""
    orders = SystemOrder.objects.waiting().filter(ticket=OuterRef("pk"))
    notices = RecipientNotice.objects.still_open().filter(ticket=OuterRef("pk"))
    answered = Q(state=State.PROPAGATING) & ~Exists(orders) & ~Exists(notices)
    own = Q(case__agent_name="", case__agent_relation="")
    return Ticket.objects.filter(STUCK | answered & own & CONFIRMED)


@transaction.atomic
def _go_on(ticket_id: int, *, at: datetime) -> bool:
    ticket = lock(ticket_id)
    before = ticket.state
    proceed(ticket, by=SYSTEM, at=at)
    return bool(ticket.state != before)


@transaction.atomic
def confirm(ticket_id: int, *, done: str, by: Actor, at: datetime) -> Ticket:
    """Note what was stopped, in words for the person, and draft the reply."""
    ticket = locked(ticket_id, "confirm", by=by, at=at)
    long_reason(done, _("What was done"))
    if isinstance(ticket, MarketingOptOutTicket | ConsentWithdrawalTicket):
        ticket.confirm(done=done, by=by.name, at=at)
        ticket.save()
        clockwork.set_timers(ticket, at=at)
        record(ticket, Event.TICKET_CARRIED_OUT, by=by, at=at)
    draft_reply(ticket, by=by, at=at)
    return ticket
