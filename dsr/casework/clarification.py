"""Which data are meant: only where there are many. GDPR recital 63."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.asking import clarification_asked, clarification_closed
from dsr.casework.correspondence import write
from dsr.casework.proceeding import proceed
from dsr.casework.searches import order_searches
from dsr.casework.ticket_lock import locked, record
from dsr.models import Ticket
from dsr.policy.checks import long_reason
from dsr.vocabulary import Actor, ClockEventKind, Event, LetterKind


@transaction.atomic
def ask_clarification(
    ticket_id: int,
    *,
    question: str,
    although_late: bool = False,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Ask which data are meant; asked in time, the time limit is suspended."""
    ticket = locked(ticket_id, "ask_clarification", by=by, at=at)
    long_reason(question, _("The question"))
    ticket.ask_clarification()
    clockwork.happened(ticket, ClockEventKind.CLARIFICATION_ASKED, by=by, at=at)
    ticket.save()
    clarification_asked(ticket, question, by=by, at=at)
    record(ticket, Event.TICKET_CLARIFICATION_ASKED, by=by, at=at)
    write(
        LetterKind.CLARIFICATION_REQUEST,
        case=ticket.case,
        ticket=ticket,
        parts={"question": question},
        although_late=although_late,
        by=by,
        at=at,
    )
    return ticket


@transaction.atomic
def clarify(ticket_id: int, *, answer: str, by: Actor, at: datetime) -> Ticket:
    """Go on with what the person said; without an answer, with everything."""
    ticket = locked(ticket_id, "clarify", by=by, at=at)
    ticket.clarify()
    if answer.strip():
        ticket.details = {**ticket.details, "scope": answer.strip()}
    clockwork.happened(ticket, ClockEventKind.CLARIFIED, by=by, at=at)
    ticket.save()
    clarification_closed(ticket, answer, by=by, at=at)
    answered = bool(answer.strip())
    record(ticket, Event.TICKET_CLARIFIED, by=by, at=at, answered=answered)
    if not answered and (ticket.case.contact_email or ticket.case.postal_address):
        write(
            LetterKind.CLARIFICATION_CLOSED,
            case=ticket.case,
            ticket=ticket,
            by=by,
            at=at,
        )
    order_searches(ticket, by=by, at=at)
    proceed(ticket, by=by, at=at)
    return ticket
