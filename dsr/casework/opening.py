"""Opening a case: what one person sent us becomes tickets with a running clock."""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.acknowledging import draft_acknowledgement, write_acknowledgement
from dsr.casework.at_once import take_effect, take_effect_anew
from dsr.casework.codes import new_code
from dsr.casework.correspondence import write
from dsr.casework.documents import add_file
from dsr.casework.new_case import NewCase
from dsr.casework.ticket_lock import lock_known, record, record_case
from dsr.controller import current
from dsr.letters.compose import Asked
from dsr.models import (
    Case,
    LedgerEntry,
    Ticket,
    YearNumber,
    calendar_of,
    deadline_of,
)
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import not_before_the_law
from dsr.rights import RIGHTS, TICKETS
from dsr.vocabulary import (
    SYSTEM,
    Actor,
    Channel,
    Event,
    IdentifierKind,
    LetterKind,
    Role,
    State,
)
from subjects.models import Identifier
from subjects.models.matching import add_identifiers, find_or_create

HANDLER, SUBJECT = Role.HANDLER.value, Role.SUBJECT.value
SYSTEM_ROLE = Role.SYSTEM.value
LONGEST_IDENTIFIER = 254  # characters


@transaction.atomic
def open_case(new: NewCase, *, by: Actor, at: datetime) -> Case:
    """Open a case with one ticket a right; the clock runs from `new.received_at`.

    A web form is acknowledged when its address is confirmed, so that nobody can
    make us write to strangers; every other channel at once.

    Raises:
        PolicyError: no right, an unknown one, or an impossible receipt.

    """
    check_role(by, HANDLER, SUBJECT, SYSTEM_ROLE)
    _check(new, at)
    case = _create(new, by)
    # What takes effect at once reads, and may undo, lines of its own.
    plain = not any(RIGHTS[code].effect_at_once for code in new.rights)
    ledger = LedgerEntry.objects.beginning(case.reference) if plain else nullcontext()
    with ledger:
        _begin(case, new, by=by, at=at)
    return case


def _begin(case: Case, new: NewCase, *, by: Actor, at: datetime) -> None:
    """Record a new case, open its tickets, and write the first letter."""
    record_case(
        case,
        Event.CASE_OPENED,
        by=by,
        at=at,
        channel=new.channel,
        received_at=new.received_at.isoformat(),
        rights=list(new.rights),
        language=new.language,
    )
    for file in new.files:
        add_file(case, file, by=by, at=at)
    waits = new.channel == Channel.WEB and bool(case.contact_email)
    asked = _open_tickets(case, new, waits=waits, at=at)
    if waits:
        code_id = new_code(case, at=at).pk
        parts = {"code_id": code_id}
        write(LetterKind.CONFIRM_ADDRESS, case=case, parts=parts, by=SYSTEM, at=at)
        return
    for ticket in asked:
        _qualify(ticket, at=at)
    _tell(case, asked, by_hand=new.acknowledged_by_hand, at=at)


@transaction.atomic
def confirm_address(case_id: int, *, by: Actor, at: datetime) -> Case:
    """Note that the person reads the mail of this address, and acknowledge."""
    check_role(by, HANDLER, SUBJECT)
    case = lock_known(case_id)
    if case.contact_confirmed_at is not None:
        return case
    case.contact_confirmed_by, case.contact_confirmed_at = by.name, at
    case.save(update_fields=["contact_confirmed_by", "contact_confirmed_at"])
    emails = Identifier.objects.matching("email", case.contact_email)
    for identifier in emails.filter(subject=case.subject):
        identifier.verify(by=by.name, at=at)
        identifier.save()
    record_case(case, Event.CASE_ADDRESS_CONFIRMED, by=by, at=at)
    for ticket in case.tickets.open():
        clockwork.set_timers(ticket, at=at)
    take_effect_anew(case, at=at)
    told = case.letters.filter(kind=LetterKind.ACKNOWLEDGEMENT)
    if case.channel == Channel.WEB and not told.exists():
        acknowledge(case, at=at)
    return case


def acknowledge(case: Case, *, at: datetime) -> None:
    """Begin to qualify each ticket, and tell the person that the case is here.

    What is in effect already, it says too.
    """
    for ticket in case.tickets.select_for_update().filter(state=State.RECEIVED):
        _qualify(ticket, at=at)
    tickets = case.tickets.order_by("pk")
    _tell(case, {one: deadline_of(one) for one in tickets}, at=at)


def _qualify(ticket: Ticket, *, at: datetime) -> None:
    """Begin to qualify what was asked; a new ticket of a new case has begun already."""
    if ticket.state == State.RECEIVED:
        ticket.qualify()
        ticket.save()
        clockwork.set_timers(ticket, at=at)
    if ticket.state == State.TRIAGE:
        record(ticket, Event.TICKET_QUALIFIED, by=SYSTEM, at=at)


def _tell(case: Case, asked: Asked, *, by_hand: bool = False, at: datetime) -> None:
    """Acknowledge a case with an open ticket; `by_hand`, an officer approves it."""
    if not any(ticket.is_open for ticket in asked):
        return
    if not case.contact_email and not case.postal_address:
        return
    if by_hand:
        draft_acknowledgement(case, at=at)
    else:
        write_acknowledgement(case, asked=asked, at=at)


@transaction.atomic
def add_right(
    case_id: int,
    *,
    right_code: str,
    details: Mapping[str, str] | None = None,
    received_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Open a ticket for a right found in the letter, or asked for later.

    Its clock runs from `received_at`, or from the receipt of the case.
    """
    check_role(by, HANDLER, SUBJECT, SYSTEM_ROLE)
    case = lock_known(case_id)
    if right_code not in RIGHTS:
        raise PolicyError(
            _("“%(code)s” is none of the nine rights.") % {"code": right_code}
        )
    same = case.tickets.filter(right_code=right_code, state__in=State.OPEN)
    if same.exists():
        raise PolicyError(
            _("%(case)s has an open ticket for this right already.") % {"case": case}
        )
    start = received_at or case.received_at
    if start > at:
        raise PolicyError(_("A right cannot be asked for in the future."))
    not_before_the_law(start)
    ticket = _new_ticket(case, right_code, details or {}, start)
    clockwork.start(ticket)
    record(ticket, Event.CASE_RIGHT_ADDED, by=by, at=at)
    if RIGHTS[right_code].effect_at_once:
        take_effect(ticket, at=at)
    _qualify(ticket, at=at)
    proven = case.channel != Channel.WEB or case.contact_confirmed_at is not None
    if proven and (case.contact_email or case.postal_address):
        # Whoever asked in the person's name: the person learns of it.
        write_acknowledgement(case, ticket, at=at)
    return ticket


@transaction.atomic
def add_identifier(
    case_id: int, *, kind: str, value: str, by: Actor, at: datetime
) -> Identifier:
    """Note by what the person can be found; it is not verified by that."""
    check_role(by, HANDLER, SUBJECT)
    if kind not in IdentifierKind or not value.strip():
        raise PolicyError(_("Say what kind of identifier it is, and the identifier."))
    if len(value.strip()) > LONGEST_IDENTIFIER:
        raise PolicyError(
            _("An identifier has at most %(most)d characters.")
            % {"most": LONGEST_IDENTIFIER}
        )
    case = lock_known(case_id)
    add_identifiers(case.subject, {kind: value})
    identifier = Identifier.objects.matching(kind, value).get(subject=case.subject)
    record_case(
        case, Event.CASE_IDENTIFIER_ADDED, by=by, at=at, identifier=identifier.pk
    )
    take_effect_anew(case, at=at)
    return identifier


def _check(new: NewCase, at: datetime) -> None:
    unknown = [code for code in new.rights if code not in RIGHTS]
    if not new.rights or unknown:
        raise PolicyError(
            _("A case needs at least one of the nine rights, not %(rights)s.")
            % {"rights": ", ".join(unknown) or "–"}
        )
    if new.received_at > at:
        raise PolicyError(_("A case cannot be received in the future."))
    not_before_the_law(new.received_at)
    if new.channel == Channel.WEB and not new.email and not new.postal_address:
        raise PolicyError(_("Give an e-mail or a postal address for the answer."))


def _create(new: NewCase, by: Actor) -> Case:
    zone = ZoneInfo(current().identity.time_zone)
    subject = find_or_create(
        name=new.name,
        language=new.language,
        email="" if new.agent_name or new.agent_relation else new.email,
        identifiers=new.identifiers,
        postal_address=new.postal_address,
        believed=new.sender_believed,
        at=new.received_at,
    )
    return Case.objects.create(
        reference=YearNumber.next_reference(new.received_at.astimezone(zone).year),
        channel=new.channel,
        received_at=new.received_at,
        language=new.language,
        subject=subject,
        text=new.text,
        own_reference=new.own_reference,
        contact_email=new.email,
        postal_address=new.postal_address,
        agent_name=new.agent_name,
        agent_relation=new.agent_relation,
        opened_by=by.name,
        message_id=new.message_id,
    )


def _open_tickets(case: Case, new: NewCase, *, waits: bool, at: datetime) -> Asked:
    """Open a ticket for each right of a new case; what waits is not qualified yet."""
    calendar = calendar_of(current().identity.jurisdiction)
    asked = {}
    for code in dict.fromkeys(new.rights):
        ticket = _new_ticket(case, code, new.details.get(code, {}), new.received_at)
        at_once = RIGHTS[code].effect_at_once
        if not waits and not at_once:
            ticket.qualify()
        deadline = clockwork.start_first(ticket, calendar)
        if at_once:
            take_effect(ticket, at=at)
            deadline = deadline_of(ticket)
        asked[ticket] = deadline
    return asked


def _new_ticket(
    case: Case, code: str, details: Mapping[str, str], received_at: datetime
) -> Ticket:
    return TICKETS[code](
        case=case, right_code=code, details=dict(details), received_at=received_at
    )
