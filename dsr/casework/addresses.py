"""Where the answer goes, put right by an officer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.at_once import take_effect_anew
from dsr.casework.ticket_lock import lock_case, record_case
from dsr.models import Case
from dsr.policy import PolicyError, check_role
from dsr.vocabulary import Actor, Event, LetterState, Role


@transaction.atomic
def set_address(
    case_id: int, *, email: str, postal_address: str, by: Actor, at: datetime
) -> Case:
    """Correct the addresses of a case, and of its letters that have not gone out.

    A new e-mail address has to be confirmed anew: what was opened with the old
    one is closed.
    """
    check_role(by, Role.HANDLER)
    case = lock_case(case_id)
    email, postal_address = email.strip(), postal_address.strip()
    if not email and not postal_address:
        raise PolicyError(_("Give an e-mail or a postal address."))
    moved = email.casefold() != case.contact_email.casefold()
    if moved:
        case.contact_confirmed_at, case.contact_confirmed_by = None, ""
        case.codes.filter(used_at__isnull=True).update(used_at=at)
    case.contact_email, case.postal_address = email, postal_address
    case.save()
    for letter in case.letters.filter(
        state__in=(LetterState.DRAFT, LetterState.FAILED)
    ):
        letter.to_email = email
        letter.to_address = "" if email else postal_address
        letter.save(update_fields=["to_email", "to_address"])
    record_case(case, Event.CASE_ADDRESS_CHANGED, by=by, at=at, email_moved=moved)
    take_effect_anew(case, at=at)
    return case
