"""One-time codes: who reads the mail of the case's address may see the case."""

from datetime import datetime, timedelta

from django.db import transaction

from dsr.casework.correspondence import write
from dsr.casework.ticket_lock import lock_case, record_case
from dsr.models import AccessCode, Case
from dsr.vocabulary import Actor, Channel, Event, LetterKind

MOST_CODES = 5  # an hour; with the tries a code allows, guessing stays hopeless
HOUR = timedelta(hours=1)


def new_code(case: Case, *, at: datetime) -> AccessCode:
    """Make a code for the case; the mail that carries it is the caller's."""
    return AccessCode.objects.create(case=case, created_at=at)


@transaction.atomic
def send_code(reference: str, *, by: Actor, at: datetime) -> None:
    """Mail a code, if there is such a case, an address, and not too many already.

    It says nothing of whether there is: unknown and known must look alike.
    """
    found = Case.objects.filter(reference=reference).exclude(contact_email="").first()
    if found is None:
        return
    case = lock_case(found.pk)
    if case.codes.filter(created_at__gt=at - HOUR).count() >= MOST_CODES:
        return
    parts = {"code_id": new_code(case, at=at).pk}
    unconfirmed = case.contact_confirmed_at is None and case.channel == Channel.WEB
    kind = LetterKind.CONFIRM_ADDRESS if unconfirmed else LetterKind.ACCESS_CODE
    write(kind, case=case, parts=parts, by=by, at=at)
    record_case(case, Event.CASE_CODE_SENT, by=by, at=at)
