"""An honest word before a late reply: it extends nothing, and says so."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.correspondence import write
from dsr.casework.ticket_lock import lock, record
from dsr.models import Ticket
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import contact_known, local_day, long_reason
from dsr.vocabulary import Actor, Event, LetterKind, Role


@transaction.atomic
def tell_delay(
    ticket_id: int, *, reasons: str, answer_by: date, by: Actor, at: datetime
) -> Ticket:
    """Tell the person that the reply will be late, why, and when it will come.

    No extension: the legal days stay where they are. GDPR Art. 12(3) and 12(4).
    """
    check_role(by, Role.HANDLER)
    ticket = lock(ticket_id)
    if not ticket.is_open:
        raise PolicyError(
            _("%(ticket)s is answered or ended; there is no delay to announce.")
            % {"ticket": ticket}
        )
    contact_known(ticket, by, at)
    long_reason(reasons, _("The reason"))
    if answer_by < local_day(at):
        raise PolicyError(_("The day promised for the answer has passed already."))
    promised = answer_by.isoformat()
    record(ticket, Event.TICKET_DELAY_TOLD, by=by, at=at, answer_by=promised)
    parts = {"reasons": reasons, "until": promised}
    case = ticket.case
    write(LetterKind.DELAY_NOTICE, case=case, ticket=ticket, parts=parts, by=by, at=at)
    return ticket
