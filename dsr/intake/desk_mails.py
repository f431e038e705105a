"""Mails about a mail of no case: an alert, a note to its sender, the mail passed on."""

import logging
from datetime import UTC, datetime
from email.utils import format_datetime, formataddr
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from dsr.controller import current
from dsr.intake.desk_mail_texts import text_of
from dsr.intake.mailbox.stored import mail_of
from dsr.letters.drafting import new_message_id
from dsr.letters.transport import SAFE_ID
from dsr.models import DESK, Arrival, DeskMail, DeskMailKind, LedgerEntry
from dsr.policy import check_role
from dsr.vocabulary import SYSTEM, Actor, Event, Role

logger = logging.getLogger(__name__)
# RFC 3834, section 5. A department's own programs must not drop the mail as a robot's.
AUTO_SUBMITTED = {
    DeskMailKind.ALERT: "auto-generated",
    DeskMailKind.NOTE: "auto-replied",
}
# The types under whose own ending a file travels; any other is only bytes.
ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "text/plain": "txt",
}


def alert(arrival: Arrival, *, at: datetime) -> DeskMail:
    """Tell the data protection officer at once that an authority writes."""
    to = settings.DPO_ALERT_MAIL or current().dpo.mail
    row = queue(DeskMailKind.ALERT, arrival, to=to, by=SYSTEM.name, at=at)
    LedgerEntry.objects.append(
        DESK, Event.MAIL_ALERTED, by=SYSTEM.name, at=at, mail=arrival.pk
    )
    return row


def queue(
    kind: DeskMailKind,
    arrival: Arrival,
    *,
    to: str,
    enclosed: tuple[str, ...] = (),
    by: str,
    at: datetime,
) -> DeskMail:
    """Put a mail about an arrival in the queue, in the transaction of the act."""
    row = DeskMail(
        arrival=arrival,
        kind=kind,
        to_email=to,
        enclosed=list(enclosed),
        message_id=new_message_id(),
        created_by=by,
        created_at=at,
    )
    row.wait(at=at)
    row.save()
    return row


def send_desk_mails(*, at: datetime) -> int:
    """Send every mail about an arrival that is due; return how many went out.

    A worker that dies between sending and recording sends again with the same
    Message-ID, by which the repeat can be recognised.
    """
    sent = 0
    for row, now in DeskMail.objects.claim_each(at):
        try:
            message_of(row, at=now).send()
        except (OSError, SMTPException, ValueError) as error:
            name = type(error).__name__
            logger.warning("desk mail %d was not sent: %s", row.pk, name)
            _not_sent(row.pk, error=name, at=now)
        else:
            _sent(row.pk, at=now)
            sent += 1
    return sent


def message_of(row: DeskMail, *, at: datetime) -> EmailMessage:
    """Return the mail as it goes out."""
    said = text_of(row, mail_of(row.arrival))
    dpo = current().dpo
    headers = {
        "Date": format_datetime(at.astimezone(UTC)),
        "Message-ID": row.message_id,
        "Content-Language": said.language,
    }
    kind = DeskMailKind(row.kind)
    if kind in AUTO_SUBMITTED:
        headers["Auto-Submitted"] = AUTO_SUBMITTED[kind]
    answered = f"<{row.arrival.message_id.strip('<>')}>"
    if kind == DeskMailKind.NOTE and SAFE_ID.fullmatch(answered):
        headers["In-Reply-To"] = headers["References"] = answered
    message = EmailMessage(
        subject=said.subject,
        body=said.text,
        from_email=formataddr((dpo.mailbox_from, dpo.mail)),
        to=[row.to_email],
        headers=headers,
    )
    for number, file in enumerate(said.files, start=1):
        # Never under the name that a stranger gave it.
        ending = ENDINGS.get(file.content_type, "bin")
        name = f"mail-{row.arrival.pk}-{number}.{ending}"
        message.attach(name, file.content, "application/octet-stream")
    return message


@transaction.atomic
def retry_desk_mails(arrival_id: int, *, by: Actor, at: datetime) -> int:
    """Try again to send what was given up of a mail; return how many."""
    check_role(by, Role.HANDLER, Role.DPO)
    rows = DeskMail.objects.select_for_update().filter(arrival=arrival_id)
    failed = list(rows.exclude(failed_at=None))
    for row in failed:
        row.failed_at = None
        row.wait(at=at)
        row.save()
    return len(failed)


@transaction.atomic
def _sent(pk: int, *, at: datetime) -> None:
    row = DeskMail.objects.select_for_update().get(pk=pk)
    row.sent_at = at
    row.finish()
    row.save()
    _note(row, Event.DESK_MAIL_SENT, at=at)


@transaction.atomic
def _not_sent(pk: int, *, error: str, at: datetime) -> None:
    row = DeskMail.objects.select_for_update().get(pk=pk)
    if not row.postpone(error, at=at):
        row.failed_at = at
        _note(row, Event.DESK_MAIL_FAILED, at=at)
    row.save()


def _note(row: DeskMail, event: Event, *, at: datetime) -> None:
    LedgerEntry.objects.append(
        DESK,
        event,
        by=SYSTEM.name,
        at=at,
        desk_mail=row.pk,
        mail=row.arrival_id,
        purpose=str(row.kind),
    )
