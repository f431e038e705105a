"""The officer's word on a mail in the tray: a case, part of a case, or nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.parse import parse
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.intake.mailbox.receive import join, open_from
from dsr.models import DESK, Arrival, ArrivalResult, Case, LedgerEntry
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import long_reason
from dsr.vocabulary import Actor, Event, Role


@transaction.atomic
def settle_as_case(
    arrival_id: int, *, rights: Sequence[str], by: Actor, at: datetime
) -> Arrival:
    """Open a case from a mail, with the rights the officer reads in it.

    Its clock runs from when the mail reached us, however long it lay in the tray.
    """
    arrival = _locked(arrival_id, by=by)
    if not rights:
        raise PolicyError(_("Choose at least one right."))
    mail = mail_of(arrival)
    case = open_from(
        mail,
        classify(mail),
        rights,
        arrival.received_at,
        trust=arrival.trust,
        at=at,
    )
    return _settled(arrival, ArrivalResult.OPENED, case=case, by=by, at=at)


@transaction.atomic
def settle_to_case(
    arrival_id: int,
    *,
    reference: str,
    rights: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Arrival:
    """Add a mail to the case it belongs to, with any right it asks for newly."""
    arrival = _locked(arrival_id, by=by)
    case = Case.objects.filter(reference=reference.strip().upper()).first()
    if case is None:
        raise PolicyError(_("There is no case with this reference."))
    join(case, mail_of(arrival), rights, arrival.received_at, at=at)
    return _settled(arrival, ArrivalResult.THREADED, case=case, by=by, at=at)


@transaction.atomic
def settle_as_nothing(arrival_id: int, *, why: str, by: Actor, at: datetime) -> Arrival:
    """Note why a mail asks for nothing the desk has to do."""
    arrival = _locked(arrival_id, by=by)
    long_reason(why, _("The reason"))
    arrival.reason = why[:250]
    return _settled(arrival, ArrivalResult.IGNORED, case=None, by=by, at=at)


def mail_of(arrival: Arrival) -> ParsedMail:
    """Return the mail of an arrival, read from its bytes."""
    with arrival.raw.open("rb") as raw:
        return parse(raw.read())


def _locked(arrival_id: int, *, by: Actor) -> Arrival:
    check_role(by, Role.HANDLER)
    arrival = Arrival.objects.select_for_update().get(pk=arrival_id)
    if arrival.result != ArrivalResult.TRAY:
        raise PolicyError(_("This mail has been settled already."))
    return arrival


def _settled(
    arrival: Arrival,
    result: ArrivalResult,
    *,
    case: Case | None,
    by: Actor,
    at: datetime,
) -> Arrival:
    arrival.result, arrival.case = result, case
    arrival.settled_by, arrival.settled_at = by.name, at
    arrival.save()
    LedgerEntry.objects.append(
        case.reference if case else DESK,
        Event.MAIL_SETTLED,
        by=by.name,
        at=at,
        mail=arrival.pk,
        result=str(result),
    )
    return arrival
