"""Where the answer goes, put right by an officer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.at_once import take_effect_anew
from dsr.casework.correspondence import write
from dsr.casework.opening import acknowledge
from dsr.casework.ticket_lock import lock_known, record_case
from dsr.models import Case
from dsr.policy import PolicyError, check_role
from dsr.rights import RIGHTS
from dsr.vocabulary import Actor, Channel, Event, LetterKind, LetterState, Outcome, Role


@transaction.atomic
def set_address(
    case_id: int, *, email: str, postal_address: str, by: Actor, at: datetime
) -> Case:
    """Correct the addresses of a case, and of its letters that have not gone out.

    A new e-mail address has to be confirmed anew: what was opened with the old
    one is closed. The old one is told, unless nobody ever proved it: who asks us to
    write elsewhere may be a stranger.
    """
    check_role(by, Role.HANDLER, Role.DECIDER)
    case = lock_known(case_id)
    email, postal_address = email.strip(), postal_address.strip()
    if not email and not postal_address:
        raise PolicyError(_("Give an e-mail or a postal address."))
    moved = email.casefold() != case.contact_email.casefold()
    if moved:
        copy_stays_safe(case, by)
        if _is_theirs(case):
            write(LetterKind.ADDRESS_CHANGED, case=case, by=by, at=at)
        case.contact_confirmed_at, case.contact_confirmed_by = None, ""
        case.codes.filter(used_at__isnull=True).update(used_at=at)
    case.contact_email, case.postal_address = email, postal_address
    case.save()
    waiting = case.letters.filter(state__in=(LetterState.DRAFT, LetterState.FAILED))
    moves = waiting.filter(again_of=None).exclude(kind__in=LetterKind.TO_OTHERS)
    for letter in moves:
        letter.to_email = email
        letter.to_address = "" if email else postal_address
        letter.save(update_fields=["to_email", "to_address"])
    record_case(case, Event.CASE_ADDRESS_CHANGED, by=by, at=at, email_moved=moved)
    take_effect_anew(case, at=at)
    _acknowledge_at_last(case, at=at)
    return case


def _acknowledge_at_last(case: Case, *, at: datetime) -> None:
    """Write the acknowledgement that waited for an address, as after a call."""
    told = case.letters.filter(kind=LetterKind.ACKNOWLEDGEMENT)
    if case.channel != Channel.WEB and not told.exists():
        acknowledge(case, at=at)


def copy_stays_safe(case: Case, by: Actor) -> None:
    """Let no single person send a copy that is decided on to another address."""
    copies = [code for code, right in RIGHTS.items() if right.owes_copy]
    decided = case.tickets.filter(
        right_code__in=copies, outcome__in=Outcome.CARRIED_OUT
    )
    names = set(decided.values_list("proposed_by", "owner"))
    mine = any(by.name in pair for pair in names)
    if names and (Role.DECIDER not in by.roles or mine):
        raise PolicyError(
            _(
                "A copy of the data was decided on: only a decider who did not work "
                "on it may send it to another address."
            )
        )


def _is_theirs(case: Case) -> bool:
    """Whether the case's e-mail address is one that we may write to unasked."""
    proven = case.contact_confirmed_at is not None or case.channel != Channel.WEB
    return bool(case.contact_email) and proven
