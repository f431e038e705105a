"""Two further months: proposed, agreed by a second person, told within month one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.correspondence import write
from dsr.casework.ticket_lock import locked, record
from dsr.models import Ticket
from dsr.policy import PolicyError
from dsr.policy.checks import long_reason
from dsr.vocabulary import Actor, ComplexityFactor, Event, LetterKind


@transaction.atomic
def propose_extension(
    ticket_id: int,
    *,
    reason: str,
    factors: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Ticket:
    """Propose an extension, with reasons that belong to this case. GDPR Art. 12(3).

    `factors` are those of `ComplexityFactor` that are present; EDPB 01/2022 § 163.
    """
    ticket = locked(ticket_id, "propose_extension", by=by, at=at)
    long_reason(reason, _("The reason"))
    unknown = ", ".join(sorted(set(factors) - set(ComplexityFactor.values)))
    if unknown:
        raise PolicyError(
            _("%(unknown)s does not make a request complex (GDPR Art. 12(3)).")
            % {"unknown": unknown}
        )
    ticket.propose_extension(reason=reason, by=by.name, at=at)
    ticket.extension_factors = list(dict.fromkeys(factors))
    ticket.save()
    record(
        ticket,
        Event.TICKET_EXTENSION_PROPOSED,
        by=by,
        at=at,
        factors=ticket.extension_factors,
    )
    return ticket


@transaction.atomic
def extend(
    ticket_id: int, *, although_late: bool = False, by: Actor, at: datetime
) -> Ticket:
    """Agree to an extension; the dates move when the letter has gone out."""
    ticket = locked(ticket_id, "extend", by=by, at=at)
    ticket.extend(by=by.name, at=at)
    ticket.save()
    record(ticket, Event.TICKET_EXTENDED, by=by, at=at)
    write(
        LetterKind.EXTENSION_NOTICE,
        case=ticket.case,
        ticket=ticket,
        parts={"reasons": ticket.extension_reason},
        although_late=although_late,
        by=by,
        at=at,
    )
    return ticket
