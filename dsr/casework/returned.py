"""Letters that a mail server could not deliver: marked, rung for, looked after."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.ticket_lock import lock_case, record_case
from dsr.models import Case, Letter, Message, MessageKind
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import long_reason
from dsr.vocabulary import Actor, Event, LetterState, Role


@transaction.atomic
def letter_returned(letter_id: int, *, code: str, by: Actor, at: datetime) -> Letter:
    """Note that a mail was given up by a mail server; told twice, it counts once.

    The letter stays sent, with the legal effect of that; but the person has not got
    it, and an officer has to reach them otherwise. `code` is that of RFC 3463.
    """
    check_role(by, Role.SYSTEM)
    case, letter = _locked(letter_id)
    if letter.state != LetterState.SENT or letter.undelivered_at is not None:
        return letter
    letter.undelivered_at, letter.undelivered_code = at, code[:20]
    letter.save(update_fields=["undelivered_at", "undelivered_code"])
    _record(letter, Event.LETTER_RETURNED, by=by, at=at)
    _set_timers(case, at=at)
    return letter


@transaction.atomic
def letter_delayed(letter_id: int, *, code: str, by: Actor, at: datetime) -> Letter:
    """Note that a mail server has not delivered a mail yet, and goes on trying."""
    check_role(by, Role.SYSTEM)
    _case, letter = _locked(letter_id)
    if letter.state == LetterState.SENT and letter.delayed_at is None:
        letter.delayed_at, letter.undelivered_code = at, code[:20]
        letter.save(update_fields=["delayed_at", "undelivered_code"])
        _record(letter, Event.LETTER_DELAYED, by=by, at=at)
    return letter


@transaction.atomic
def look_after_letter(letter_id: int, *, done: str, by: Actor, at: datetime) -> Letter:
    """Note how the person was reached instead; the alarm is silent from then on."""
    check_role(by, Role.HANDLER)
    long_reason(done, _("What was done"))
    case, letter = _locked(letter_id)
    if not letter.is_returned:
        raise PolicyError(
            _("No mail server returned this letter, or somebody looked after it.")
        )
    letter.looked_after_at, letter.looked_after_by = at, by.name
    letter.save(update_fields=["looked_after_at", "looked_after_by"])
    kind = letter.get_kind_display()
    Message.objects.create(
        case=case,
        kind=MessageKind.NOTE,
        text=_("Not delivered: %(letter)s. %(done)s")
        % {"letter": kind, "done": done.strip()},
        at=at,
        by=by.name,
    )
    _record(letter, Event.LETTER_LOOKED_AFTER, by=by, at=at)
    _set_timers(case, at=at)
    return letter


def _locked(letter_id: int) -> tuple[Case, Letter]:
    case = lock_case(Letter.objects.values_list("case_id", flat=True).get(pk=letter_id))
    return case, Letter.objects.select_for_update().get(pk=letter_id)


def _record(letter: Letter, event: Event, *, by: Actor, at: datetime) -> None:
    facts = {"letter": letter.pk, "kind": letter.kind, "ticket": letter.ticket_id}
    record_case(letter.case, event, by=by, at=at, code=letter.undelivered_code, **facts)


def _set_timers(case: Case, *, at: datetime) -> None:
    """Let the alarm ring, or be silent, on the tickets of the case."""
    for ticket in case.tickets.order_by("pk"):
        clockwork.set_timers(ticket, at=at)
