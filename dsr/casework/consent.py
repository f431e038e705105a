"""A withdrawn consent: revoked at once, stopped everywhere, then what must be erased.

GDPR Art. 7(3). It works for the future; what has no other declared purpose is erased
(Art. 17(1)(b)), and nothing is kept on a basis that is found afterwards.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from dsr.casework import clockwork
from dsr.casework.orders import give_orders
from dsr.casework.passing_on import is_passed_on, pass_on
from dsr.casework.proceeding import follows
from dsr.casework.suppression import stop_reimport
from dsr.casework.ticket_lock import locked, record
from dsr.casework.undone import note_undone
from dsr.controller import current
from dsr.models import PurposeCheck, Ticket
from dsr.policy import PolicyError
from dsr.policy.at_once import CONSENTS, basis_is_declared
from dsr.rights.consent_withdrawal import ConsentWithdrawalTicket
from dsr.vocabulary import (
    SYSTEM,
    Actor,
    CheckResult,
    Event,
    OrderAct,
    RightCode,
    State,
)
from subjects.models import consents_of, revoke
from subjects.models.consents import DIRECT_MARKETING


def revoke_now(ticket: ConsentWithdrawalTicket, *, at: datetime) -> None:
    """Take back the consents that are named, or all of them, and have it passed on.

    Also where it is weakly known who asks: nobody is harmed by it. Art. 7(3).
    """
    case, subject = ticket.case, ticket.case.subject
    reachable = case.contact_email or case.postal_address
    if not can_proceed(ticket.revoke):
        return
    if not reachable and not subject.identifiers.exists():
        return
    purposes = purposes_of(ticket)
    consents = [
        consent
        for purpose in purposes
        for consent in revoke(subject, purpose, by=SYSTEM.name, at=at)
    ]
    for purpose in purposes:
        PurposeCheck.objects.get_or_create(ticket=ticket, purpose=purpose)
    ticket.revoke()
    ticket.save()
    numbers = sorted(consent.pk for consent in consents)
    record(ticket, Event.CONSENT_REVOKED, by=SYSTEM, at=at, consents=numbers)
    if DIRECT_MARKETING in purposes:
        stop_reimport(ticket, by=SYSTEM, at=at)
    _stop(ticket, at=at)


@follows(RightCode.CONSENT_WITHDRAWAL)
def go_on(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Take a withdrawal as far as the answers of systems and recipients allow."""
    if not isinstance(ticket, ConsentWithdrawalTicket):
        return
    if can_proceed(ticket.revoke):
        revoke_now(ticket, at=at)
    if ticket.state == State.REVOKING:
        _stop(ticket, at=at)
    if ticket.state == State.STOPPING and is_passed_on(ticket):
        _go_on_if_stopped(ticket, at=at)
    clockwork.set_timers(ticket, at=at)


def _go_on_if_stopped(ticket: ConsentWithdrawalTicket, *, at: datetime) -> None:
    """Ask what is left to erase; order it again where no system could stop."""
    if ticket.orders.all().failed(OrderAct.STOP):
        give_orders(ticket, OrderAct.STOP, again=True, by=SYSTEM, at=at)
        note_undone(ticket, OrderAct.STOP, at=at)
    else:
        _ask_what_is_left(ticket, by=SYSTEM, at=at)


def _stop(ticket: ConsentWithdrawalTicket, *, at: datetime) -> None:
    if pass_on(ticket, OrderAct.STOP, at=at):
        ticket.stop()
        ticket.save()
        record(ticket, Event.TICKET_MOVED_ON, by=SYSTEM, at=at)


@transaction.atomic
def check_erasure(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Note that nothing rests on the consent any more; ask what is left to erase."""
    ticket = locked(ticket_id, "check_erasure", by=by, at=at)
    if isinstance(ticket, ConsentWithdrawalTicket):
        _ask_what_is_left(ticket, by=by, at=at)
        clockwork.set_timers(ticket, at=at)
    return ticket


def _ask_what_is_left(
    ticket: ConsentWithdrawalTicket, *, by: Actor, at: datetime
) -> None:
    ticket.check_erasure()
    ticket.save()
    record(ticket, Event.CONSENT_STOPPED, by=by, at=at)


@transaction.atomic
def check_purpose(
    ticket_id: int,
    *,
    purpose: str,
    result: str,
    kept_for: str = "",
    basis: str = "",
    by: Actor,
    at: datetime,
) -> Ticket:
    """Note of one purpose whether its data are erased, or for what they are kept.

    Source: GDPR Art. 17(1)(b).
    """
    ticket = locked(ticket_id, "check_purpose", by=by, at=at)
    check = ticket.purpose_checks.select_for_update().filter(purpose=purpose).first()
    if check is None:
        raise PolicyError(
            _("%(ticket)s withdraws no consent to “%(purpose)s”.")
            % {"ticket": ticket, "purpose": purpose}
        )
    if result not in (CheckResult.ERASED, CheckResult.KEPT):
        raise PolicyError(_("Say whether the data are erased or kept."))
    kept = result == CheckResult.KEPT
    if kept:
        basis_is_declared(purpose, kept_for, basis)
    check.result = CheckResult(result)
    check.kept_for, check.basis = (kept_for, basis) if kept else ("", "")
    check.checked_by, check.checked_at = by.name, at
    check.save()
    facts = {"purpose": purpose, "result": result, "kept_for": check.kept_for}
    record(ticket, Event.CONSENT_CHECKED, by=by, at=at, **facts, basis=check.basis)
    return ticket


def purposes_of(ticket: Ticket) -> list[str]:
    """Return the purposes whose consent is taken back: those named, else all."""
    policy = current().purposes
    resting = {
        code for code, one in policy.items() if not set(CONSENTS).isdisjoint(one.basis)
    }
    given = consents_of(ticket.case.subject).in_force()
    known = resting.union(given.values_list("purpose", flat=True))
    said = " ".join(str(text) for text in ticket.details.values()).casefold()
    named = {code for code in known & set(policy) if _names(said, code)}
    return sorted(named or known)


def _names(said: str, code: str) -> bool:
    """Whether somebody's words name a purpose by its title in the policy."""
    title = current().purposes[code].title
    titles = (title.en, title.fr, title.nl, title.de)
    return any(one.partition(" (")[0].casefold() in said for one in titles)
