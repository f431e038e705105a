"""What takes effect in the transaction in which it is recognised, and is then answered.

Advertising stops, and a consent ends, before anybody looks at the letter; who asks
is not doubted for that. GDPR Arts. 7(3) and 21(3).
"""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from dsr.casework import clockwork
from dsr.casework.correspondence import draft_reply, write
from dsr.casework.suppression import addresses_of
from dsr.casework.ticket_lock import lock, locked, record
from dsr.controller import current
from dsr.models import Case, Message, MessageKind, Ticket
from dsr.policy import PolicyError
from dsr.policy.checks import long_reason
from dsr.rights.consent_withdrawal import ConsentWithdrawalTicket
from dsr.rights.marketing_opt_out import MarketingOptOutTicket
from dsr.vocabulary import (
    SYSTEM,
    Actor,
    Channel,
    Event,
    LetterKind,
    State,
)
from subjects.models import Consent, revoke, suppress
from subjects.systems.register import load_systems

logger = logging.getLogger(__name__)

CONSENTS = ("6(1)(a)", "9(2)(a)", "22(2)(c)")  # where the law wants consent
# A case that can be answered without an officer's look: on paper, or by mail to an
# address that a stranger cannot have typed in.
ON_PAPER = Q(case__contact_email="") & ~Q(case__postal_address="")
CONFIRMED = ~Q(case__channel=Channel.WEB) | Q(case__contact_confirmed_at__isnull=False)
BY_MAIL = ~Q(case__contact_email="") & CONFIRMED


def take_effect(ticket: Ticket, *, at: datetime) -> None:
    """Let an objection to marketing or a withdrawal of consent have its effect.

    The caller holds the lock. Called again when another address becomes known;
    a ticket of another right, or one without any address, stays as it is.
    """
    if not ticket.is_open:
        return
    if isinstance(ticket, MarketingOptOutTicket):
        _suppress(ticket, at=at)
    elif isinstance(ticket, ConsentWithdrawalTicket):
        _revoke(ticket, at=at)
    clockwork.set_timers(ticket, at=at)


def take_effect_anew(case: Case, *, at: datetime) -> None:
    """Let what a case asks for hold for an address that came later."""
    for ticket in case.tickets.order_by("pk"):
        take_effect(ticket, at=at)


def answer_at_once(*, at: datetime) -> int:
    """Answer each marketing objection in which nobody has to decide; count them.

    One whose letter cannot be written stays for an officer, and holds up no other.
    """
    suppressed = Ticket.objects.filter(state=State.PROPAGATING)
    own = suppressed.filter(case__agent_name="", case__agent_relation="")
    answered = 0
    for pk in own.filter(ON_PAPER | BY_MAIL).values_list("pk", flat=True):
        try:
            answered += _answer(pk, at=at)
        except PolicyError as error:
            logger.warning("ticket %d was not answered: %s", pk, error)
    return answered


@transaction.atomic
def check_erasure(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Note that nothing rests on the consent any more; ask what is left to erase."""
    ticket = locked(ticket_id, "check_erasure", by=by, at=at)
    if isinstance(ticket, ConsentWithdrawalTicket):
        ticket.check_erasure()
        ticket.save()
        record(ticket, Event.CONSENT_STOPPED, by=by, at=at)
    return ticket


@transaction.atomic
def confirm(ticket_id: int, *, done: str, by: Actor, at: datetime) -> Ticket:
    """Note what was stopped, in words for the person, and draft the reply."""
    ticket = locked(ticket_id, "confirm", by=by, at=at)
    long_reason(done, _("What was done"))
    _confirmed(ticket, done, by=by, at=at)
    draft_reply(ticket, by=by, at=at)
    return ticket


@transaction.atomic
def _answer(ticket_id: int, *, at: datetime) -> bool:
    """Confirm, unless somebody else did meanwhile."""
    ticket = lock(ticket_id)
    if ticket.state != State.PROPAGATING:
        return False
    _confirmed(ticket, "", by=SYSTEM, at=at)
    write(LetterKind.REPLY, case=ticket.case, ticket=ticket, by=SYSTEM, at=at)
    return True


def _confirmed(ticket: Ticket, done: str, *, by: Actor, at: datetime) -> None:
    if isinstance(ticket, MarketingOptOutTicket | ConsentWithdrawalTicket):
        ticket.confirm(done=done, by=by.name, at=at)
        ticket.save()
        clockwork.set_timers(ticket, at=at)
        record(ticket, Event.TICKET_CARRIED_OUT, by=by, at=at)


def _suppress(ticket: MarketingOptOutTicket, *, at: datetime) -> None:
    """Suppress every address we know of, on every channel. GDPR Art. 21(2) and (3)."""
    name = str(ticket)
    entries = {
        suppress(kind, value, reference=name, at=at)
        for kind, value in addresses_of(ticket)
    }
    first = can_proceed(ticket.suppress)
    new = any((entry.reference, entry.since) == (name, at) for entry in entries)
    if not entries or not (first or new):
        return
    if first:
        ticket.suppress()
        ticket.propagate()
        ticket.save()
    numbers = sorted(entry.pk for entry in entries)
    record(ticket, Event.SUPPRESSION_ADDED, by=SYSTEM, at=at, entries=numbers)
    if first:
        said = _("No more direct marketing. To be told, with the addresses:")
        _tell_owners(ticket, said, at=at)


def _revoke(ticket: ConsentWithdrawalTicket, *, at: datetime) -> None:
    """Take back the consents that are named, or all of them. GDPR Art. 7(3)."""
    case, subject = ticket.case, ticket.case.subject
    reachable = case.contact_email or case.postal_address
    if not can_proceed(ticket.revoke):
        return
    if not reachable and not subject.identifiers.exists():
        return
    consents = [
        revoke(subject, purpose, by=SYSTEM.name, at=at)
        for purpose in purposes_of(ticket)
    ]
    ticket.revoke()
    ticket.stop()
    ticket.save()
    numbers = sorted(consent.pk for consent in consents)
    record(ticket, Event.CONSENT_REVOKED, by=SYSTEM, at=at, consents=numbers)
    said = _("The consent is taken back. To be told, so that nothing rests on it:")
    _tell_owners(ticket, said, at=at)


def purposes_of(ticket: Ticket) -> list[str]:
    """Return the purposes whose consent is taken back: those named, else all."""
    policy = current().purposes
    resting = {
        code for code, one in policy.items() if not set(CONSENTS).isdisjoint(one.basis)
    }
    given = Consent.objects.filter(subject=ticket.case.subject).in_force()
    known = resting.union(given.values_list("purpose", flat=True))
    said = " ".join(str(text) for text in ticket.details.values()).casefold()
    named = {code for code in known & set(policy) if _names(said, code)}
    return sorted(named or known)


def _names(said: str, code: str) -> bool:
    """Whether somebody's words name a purpose by its title in the policy."""
    title = current().purposes[code].title
    titles = (title.en, title.fr, title.nl, title.de)
    return any(one.partition(" (")[0].casefold() in said for one in titles)


def _tell_owners(ticket: Ticket, said: str, *, at: datetime) -> None:
    """Leave a note of whom to tell: who answers for each system."""
    try:
        systems = load_systems(settings.SYSTEMS_FILE)
        owners = [f"– {system.key}: {system.owner}" for system in systems]
    except ValueError as error:  # nothing may hold up the effect
        owners = [_("The list of systems cannot be used: %(why)s") % {"why": error}]
    Message.objects.create(
        case=ticket.case,
        kind=MessageKind.NOTE,
        text="\n".join([said, *owners]),
        at=at,
        by=SYSTEM.name,
    )
