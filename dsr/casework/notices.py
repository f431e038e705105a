"""Notices to those who received a person's data: each sent, or excused. GDPR Art. 19.

One is owed to every recipient whom the policy names on that day (C-154/21), and whose
entry in the register says that data of this person go there; of an objection
to advertising to those who advertise for us, of a withdrawn consent to those who rely
on it (C-129/21).
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.confirmations import ask_no_more
from dsr.casework.correspondence import take_back
from dsr.casework.notice_writing import write_notice
from dsr.casework.proceeding import proceed
from dsr.casework.reopened import is_of_an_earlier_answer
from dsr.casework.ticket_lock import lock, record
from dsr.controller import current
from dsr.controller.data import Recipient
from dsr.models import RecipientNotice, Ticket
from dsr.models.notice import NoticeQuerySet
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import local_day, long_reason
from dsr.policy.receiving import concerned
from dsr.vocabulary import (
    Actor,
    Event,
    NoticeState,
    OrderAct,
    RightCode,
    Role,
)


def owe_notices(
    ticket: Ticket,
    operation: OrderAct,
    *,
    again: bool = False,
    by: Actor,
    at: datetime,
) -> list[RecipientNotice]:
    """Note whom to tell of an operation; who is on record is not noted twice.

    Unless it was done `again`: then everyone is told anew, and the earlier notices
    stay as proof. The caller holds the lock.
    """
    owed = ticket.notices.filter(operation=operation)
    if again:
        _take_back_unsent(owed, by=by, at=at)
        ask_no_more(ticket, operation, at=at)
    last = owed.aggregate(last=Max("turn"))["last"] or 0
    turn = last + 1 if again else max(last, 1)
    if again:  # who was not told yet is told once, of all of it
        owed.filter(state=NoticeState.OPEN).update(turn=turn)
    known = set(owed.filter(turn=turn).values_list("recipient", flat=True))
    found = concerned(ticket, operation, local_day(at))
    new = {
        code: one
        for code, one in found.items()
        if code not in known and _is_concerned(one, ticket, operation)
    }
    for code, one in new.items():
        RecipientNotice.objects.create(
            ticket=ticket,
            recipient=code,
            name=one.name,
            operation=operation,
            turn=turn,
            owed_at=at,
            owed_by=by.name,
        )
    if new:
        left = sorted(current().recipients_on(local_day(at)).keys() - found.keys())
        facts = {"operation": operation.value, "recipients": sorted(new)}
        facts |= {"not_receiving": left} if left else {}
        record(ticket, Event.NOTICE_OWED, by=by, at=at, **facts)
    clockwork.set_timers(ticket, at=at)
    return list(owed.filter(turn=turn))


def _take_back_unsent(owed: NoticeQuerySet, *, by: Actor, at: datetime) -> None:
    """Take back what is written but not sent: it would tell of half of it."""
    for notice in owed.filter(state=NoticeState.QUEUED):
        if notice.letter is not None:
            take_back(notice.letter, by=by, at=at)


def owe_no_more(
    ticket: Ticket, operation: OrderAct, *, by: Actor, at: datetime
) -> None:
    """Let go of the notices, not sent yet, of what is undone since.

    The caller holds the lock.
    """
    owed = ticket.notices.filter(operation=operation)
    _take_back_unsent(owed, by=by, at=at)
    ask_no_more(ticket, operation, at=at)
    for notice in owed.select_for_update().filter(state=NoticeState.OPEN):
        notice.state = NoticeState.MOOT
        notice.save()
        facts = {"recipient": notice.recipient, "why": notice.state.value}
        record(ticket, Event.NOTICE_EXCUSED, by=by, at=at, **facts)


def told_of_an_earlier_answer(ticket: Ticket, operation: OrderAct) -> bool:
    """Whether notices were last owed before the ticket was opened again."""
    owed = ticket.notices.filter(operation=operation)
    last = owed.aggregate(last=Max("owed_at"))["last"]
    return is_of_an_earlier_answer(ticket, last)


def _is_concerned(one: Recipient, ticket: Ticket, operation: OrderAct) -> bool:
    if operation == OrderAct.SUPPRESS:
        return one.advertises
    if ticket.right_code == RightCode.CONSENT_WITHDRAWAL:
        return one.relies_on_consent
    return True


def open_notices(ticket: Ticket) -> NoticeQuerySet:
    """Return the notices neither sent nor justified."""
    return RecipientNotice.objects.filter(ticket=ticket).still_open()


def send_notices(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Write to everyone who is not told yet; the caller holds the lock."""
    for notice in ticket.notices.filter(state=NoticeState.OPEN):
        write_notice(ticket, notice, "", by=by, at=at)


@transaction.atomic
def tell_recipient(
    notice_id: int, *, details: str = "", by: Actor, at: datetime
) -> RecipientNotice:
    """Write to one recipient; the worker sends it, and its dispatch is the proof.

    `details` say what exactly was done, where they cannot act without: a correction.
    """
    check_role(by, Role.HANDLER, Role.SYSTEM)
    ticket, notice = _locked_notice(notice_id, NoticeState.OPEN)
    write_notice(ticket, notice, details, by=by, at=at)
    return notice


@transaction.atomic
def excuse_notice(
    notice_id: int, *, state: str, reason: str = "", by: Actor, at: datetime
) -> RecipientNotice:
    """Note why a recipient is not told: never disclosed, impossible, or too much."""
    check_role(by, Role.HANDLER)
    ticket, notice = _locked_notice(notice_id, NoticeState.OPEN)
    _excuse(ticket, notice, state, reason, by=by, at=at)
    _go_on(ticket, by=by, at=at)
    return notice


@transaction.atomic
def tell_recipients(
    ticket_id: int,
    *,
    tell: Sequence[int] = (),
    excuse: Sequence[int] = (),
    state: str = "",
    reason: str = "",
    details: str = "",
    by: Actor,
    at: datetime,
) -> Ticket:
    """Have some recipients of a ticket told, and excuse others for one reason."""
    check_role(by, Role.HANDLER)
    ticket = lock(ticket_id)
    if not tell and not excuse:
        raise PolicyError(_("Choose whom to tell, or whom not to tell and why."))
    for notice_id in tell:
        notice = _notice_of(ticket, notice_id, NoticeState.OPEN)
        write_notice(ticket, notice, details, by=by, at=at)
    for notice_id in excuse:
        notice = _notice_of(ticket, notice_id, NoticeState.OPEN)
        _excuse(ticket, notice, state, reason, by=by, at=at)
    _go_on(ticket, by=by, at=at)
    return ticket


@transaction.atomic
def confirm_notice(notice_id: int, *, by: Actor, at: datetime) -> RecipientNotice:
    """Note that a recipient confirmed; the ticket does not wait for it."""
    check_role(by, Role.HANDLER, Role.RECIPIENT)
    ticket, notice = _locked_notice(notice_id, NoticeState.SENT)
    _confirm(ticket, notice, by=by, at=at)
    return notice


@transaction.atomic
def confirm_notices(
    ticket_id: int, *, notices: Sequence[int], by: Actor, at: datetime
) -> Ticket:
    """Note which recipients of a ticket confirmed."""
    check_role(by, Role.HANDLER)
    ticket = lock(ticket_id)
    if not notices:
        raise PolicyError(_("Choose who confirmed."))
    for notice_id in notices:
        notice = _notice_of(ticket, notice_id, NoticeState.SENT)
        _confirm(ticket, notice, by=by, at=at)
    return ticket


def _excuse(
    ticket: Ticket,
    notice: RecipientNotice,
    state: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    if state not in NoticeState.EXCUSED:
        raise PolicyError(
            _(
                "A recipient is not told only if the data were never disclosed to "
                "them, or if it is impossible or takes disproportionate effort "
                "(GDPR Art. 19)."
            )
        )
    if state in NoticeState.NEEDS_REASON:
        long_reason(reason, _("The reason"))
    notice.state, notice.reason = NoticeState(state), reason.strip()
    notice.excused_by, notice.excused_at = by.name, at
    notice.save()
    facts = {"recipient": notice.recipient, "why": state}
    record(ticket, Event.NOTICE_EXCUSED, by=by, at=at, **facts)


def _confirm(
    ticket: Ticket, notice: RecipientNotice, *, by: Actor, at: datetime
) -> None:
    notice.state = NoticeState.CONFIRMED
    notice.confirmed_by, notice.confirmed_at = by.name, at
    notice.save()
    facts = {"recipient": notice.recipient}
    record(ticket, Event.NOTICE_CONFIRMED, by=by, at=at, **facts)


def _locked_notice(
    notice_id: int, state: NoticeState
) -> tuple[Ticket, RecipientNotice]:
    found = RecipientNotice.objects.values_list("ticket_id", flat=True)
    ticket = lock(found.get(pk=notice_id))
    return ticket, _notice_of(ticket, notice_id, state)


def _notice_of(ticket: Ticket, notice_id: int, state: NoticeState) -> RecipientNotice:
    notice = ticket.notices.select_for_update().filter(pk=notice_id).first()
    if notice is None:
        raise PolicyError(_("%(ticket)s has no such notice.") % {"ticket": ticket})
    if notice.state != state:
        raise PolicyError(
            _("The notice to %(name)s is “%(state)s”; this is not possible now.")
            % {"name": notice.name, "state": notice.get_state_display()}
        )
    return notice


def _go_on(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    clockwork.set_timers(ticket, at=at)
    proceed(ticket, by=by, at=at)
