"""Acknowledgements: one an hour to an address, so that no two machines talk on."""

from datetime import datetime, timedelta

from django.db.models import Max, QuerySet, Value
from django.db.models.functions import Coalesce, Upper

from dsr.casework.correspondence import write
from dsr.casework.ticket_lock import record_case
from dsr.letters import drafting
from dsr.letters.compose import Asked
from dsr.models import Case, Letter, Ticket
from dsr.vocabulary import SYSTEM, Event, LetterKind, LetterState
from subjects.models import Whether

APART = timedelta(hours=1)
OUT = (LetterState.APPROVED, LetterState.QUEUED, LetterState.SENT)


def write_acknowledgement(
    case: Case,
    ticket: Ticket | None = None,
    *,
    asked: Asked | None = None,
    at: datetime,
) -> Letter:
    """Acknowledge a case or a right; who was told within the hour is told after it.

    The letter waits in the queue until then: each receipt is acknowledged, and a
    machine that answers each of our letters gets no more than one an hour.
    """
    turn = next_turn(case, at=at)
    letter = write(
        LetterKind.ACKNOWLEDGEMENT,
        case=case,
        ticket=ticket,
        asked=asked,
        by=SYSTEM,
        at=at,
    )
    if letter.to_email and turn > at:
        letter.wait(at=turn)
        letter.save(update_fields=["next_attempt_at"])
    return letter


def draft_acknowledgement(case: Case, *, at: datetime) -> Letter:
    """Leave it to an officer whether it goes: a machine may have sent the request."""
    letter = drafting.draft(
        LetterKind.ACKNOWLEDGEMENT, case=case, by=SYSTEM.name, at=at
    )
    record_case(case, Event.LETTER_DRAFTED, by=SYSTEM, at=at, letter=letter.pk)
    return letter


def next_turn(case: Case, *, at: datetime) -> datetime:
    """Return when the next acknowledgement may go to the address of the case."""
    if not case.contact_email:
        return at
    if not _is_told(case.contact_email):
        return at
    when = Coalesce("sent_at", "next_attempt_at")
    last = _told(case.contact_email).aggregate(last=Max(when))["last"]
    return max(at, last + APART) if last else at


def _told(email: str) -> QuerySet[Letter]:
    return Letter.objects.filter(
        case__contact_email__upper=Upper(Value(email)),
        kind=LetterKind.ACKNOWLEDGEMENT,
        state__in=OUT,
    )


_is_told = Whether(_told)
