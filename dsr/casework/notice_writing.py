"""Writes a notice: to whom it goes, and by what they find the person."""

from datetime import datetime

from django.utils.translation import gettext as _

from dsr.casework.confirmations import ask_to_confirm
from dsr.casework.correspondence import write
from dsr.casework.suppression import addresses_of
from dsr.controller import current
from dsr.controller.data import Recipient
from dsr.models import RecipientNotice, Ticket
from dsr.policy import PolicyError
from dsr.policy.checks import local_day
from dsr.vocabulary import Actor, LetterKind, NoticeState, OrderAct


def write_notice(
    ticket: Ticket, notice: RecipientNotice, details: str, *, by: Actor, at: datetime
) -> None:
    """Write to one recipient; the caller holds the lock and saves nothing else."""
    if notice.operation == OrderAct.CORRECT and not details.strip():
        raise PolicyError(
            _("Say what reads how now; a recipient cannot correct it without that.")
        )
    parts = {
        "operation": notice.operation,
        "identifiers": "\n".join(_found_by(ticket, notice)),
        "since": local_day(notice.owed_at).isoformat(),
    }
    notice.letter = write(
        LetterKind.RECIPIENT_NOTICE,
        case=ticket.case,
        ticket=ticket,
        parts=parts | ({"details": details.strip()} if details.strip() else {}),
        to=_recipient(notice),
        by=by,
        at=at,
    )
    notice.state = NoticeState.QUEUED
    notice.save()
    ask_to_confirm(notice, notice.letter, by=by, at=at)


def _recipient(notice: RecipientNotice) -> Recipient:
    kind, _dot, key = notice.recipient.partition(".")
    try:
        return current().recipients[kind].named[key]
    except KeyError as error:
        raise PolicyError(
            _("The policy names %(name)s no more: nobody knows where to write.")
            % {"name": notice.name}
        ) from error


def _found_by(ticket: Ticket, notice: RecipientNotice) -> list[str]:
    """Return the least by which a recipient finds the person. GDPR Art. 5(1)(c)."""
    identifiers = ticket.case.subject.identifiers.order_by("pk")
    verified = [one.value for one in identifiers.verified()]
    if notice.operation == OrderAct.SUPPRESS:
        found = [value for _kind, value in addresses_of(ticket)]
    else:  # what takes effect before any proof names what the person gave
        given = [one.value for one in identifiers]
        found = verified or given or [value for _kind, value in addresses_of(ticket)]
    lines = [" ".join(value.split()) for value in found]
    unique = list(dict.fromkeys(lines))
    if not unique:
        raise PolicyError(
            _("Nothing is known by which %(name)s could find the person.")
            % {"name": notice.name}
        )
    return unique
