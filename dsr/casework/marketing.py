"""An objection to advertising: suppressed at once, passed on, then confirmed.

GDPR Art. 21(2) and (3). Nobody is doubted and nothing is decided; the reply goes out
by itself when every system and everyone who advertises for us has answered.
"""

import logging
from datetime import datetime

from django.db import transaction
from django_fsm import can_proceed

from dsr.casework import clockwork
from dsr.casework.correspondence import write
from dsr.casework.passing_on import is_done_everywhere, pass_on
from dsr.casework.proceeding import follows
from dsr.casework.suppression import entries_of, suppress_addresses
from dsr.casework.ticket_lock import record
from dsr.models import Case, Ticket
from dsr.policy import PolicyError
from dsr.rights.marketing_opt_out import MarketingOptOutTicket
from dsr.vocabulary import (
    SYSTEM,
    Actor,
    Channel,
    Event,
    LetterKind,
    OrderAct,
    RightCode,
    State,
)

logger = logging.getLogger(__name__)


def suppress_now(ticket: MarketingOptOutTicket, *, at: datetime) -> None:
    """Put every address we know of on the list, and have it passed on.

    Without any address it waits for one; another address is passed on anew.
    """
    entries = suppress_addresses(ticket, at=at)
    first = can_proceed(ticket.suppress)
    mine = {entry.pk for entry in entries if entry.reference == str(ticket)}
    if not entries or not (first or mine - entries_of(ticket)):
        return
    if first:
        ticket.suppress()
        ticket.save()
    numbers = sorted(entry.pk for entry in entries)
    record(ticket, Event.SUPPRESSION_ADDED, by=SYSTEM, at=at, entries=numbers)
    if first:
        _propagate(ticket, at=at)
    else:
        pass_on(ticket, OrderAct.SUPPRESS, anew=True, at=at)


@follows(RightCode.MARKETING_OPT_OUT)
def go_on(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Take an objection as far as the answers of systems and recipients allow."""
    if not isinstance(ticket, MarketingOptOutTicket):
        return
    if can_proceed(ticket.suppress):
        suppress_now(ticket, at=at)
    if ticket.state == State.SUPPRESSING:
        _propagate(ticket, at=at)
    if ticket.state == State.PROPAGATING and _answers_itself(ticket):
        _answer(ticket, at=at)
    clockwork.set_timers(ticket, at=at)


def _propagate(ticket: MarketingOptOutTicket, *, at: datetime) -> None:
    if pass_on(ticket, OrderAct.SUPPRESS, at=at):
        ticket.propagate()
        ticket.save()
        record(ticket, Event.TICKET_MOVED_ON, by=SYSTEM, at=at)


def _answers_itself(ticket: Ticket) -> bool:
    """Whether the reply needs no officer: all is done, and the address is theirs."""
    case = ticket.case
    return (
        not case.is_by_agent and may_be_written_to(case) and is_done_everywhere(ticket)
    )


def may_be_written_to(case: Case) -> bool:
    """Whether a stranger cannot have typed in the address to which a reply goes."""
    if case.contact_email:
        return case.channel != Channel.WEB or case.contact_confirmed_at is not None
    return bool(case.postal_address or case.subject.postal_address)


def _answer(ticket: MarketingOptOutTicket, *, at: datetime) -> None:
    """Confirm and reply; where the letter cannot be written, an officer does."""
    try:
        with transaction.atomic():
            ticket.confirm(done="", by=SYSTEM.name, at=at)
            ticket.save()
            record(ticket, Event.TICKET_CARRIED_OUT, by=SYSTEM, at=at)
            write(LetterKind.REPLY, case=ticket.case, ticket=ticket, by=SYSTEM, at=at)
    except PolicyError as error:
        logger.warning("ticket %d was not answered: %s", ticket.pk, error)
        ticket.refresh_from_db()
