"""The portal's entrance: a reference and a mailed code open one case."""

from datetime import datetime

from django.db import transaction

from dsr.casework.opening import confirm_address
from dsr.casework.ticket_lock import lock_case, record_case
from dsr.models import Case
from dsr.vocabulary import SUBJECT, Event


@transaction.atomic
def enter_code(reference: str, guess: str, *, at: datetime) -> Case | None:
    """Return the case if the code is right, else None; a code opens once.

    It also proves the address: who knows the code has read the mail.

    Each wrong guess counts against every code that is still good.
    """
    found = Case.objects.filter(reference=reference).first()
    if found is None:
        return None
    case = lock_case(found.pk)
    codes = list(case.codes.usable(at))
    right = next((code for code in codes if code.is_right(guess)), None)
    if right is None:
        for code in codes:
            code.tries += 1
            code.save(update_fields=["tries"])
        return None
    right.used_at = at
    right.save(update_fields=["used_at"])
    record_case(case, Event.CASE_CODE_ACCEPTED, by=SUBJECT, at=at)
    return confirm_address(case.pk, by=SUBJECT, at=at)
