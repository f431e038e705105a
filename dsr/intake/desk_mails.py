"""Mails about what came in: an alert, a note to its sender, the mail passed on."""

import logging
from collections.abc import Collection
from datetime import UTC, datetime
from email.utils import format_datetime, formataddr
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from dsr.controller import current
from dsr.intake.desk_mail_texts import paper_alert, text_of
from dsr.intake.mailbox.stored import mail_of
from dsr.letters.drafting import new_message_id
from dsr.letters.transport import SAFE_ID
from dsr.models import (
    DESK,
    Arrival,
    Case,
    DeskMail,
    DeskMailKind,
    LedgerEntry,
    Scan,
)
from dsr.models.desk_mail import DeskMailQuerySet
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
    to = alert_address()
    row = queue(DeskMailKind.ALERT, arrival, to=to, by=SYSTEM.name, at=at)
    LedgerEntry.objects.append(
        DESK, Event.MAIL_ALERTED, by=SYSTEM.name, at=at, mail=arrival.pk
    )
    return row


def alert_about_paper(*, scan: Scan | None, case: Case | None, at: datetime) -> None:
    """Tell the officer that a letter on paper is an authority's: a scan, or a case."""
    to, by = alert_address(), SYSTEM.name
    queue(DeskMailKind.ALERT, None, scan=scan, case=case, to=to, by=by, at=at)
    about = {"scan": scan.pk} if scan else {}
    reference = case.reference if case else DESK
    LedgerEntry.objects.append(reference, Event.MAIL_ALERTED, by=by, at=at, **about)


def alert_address() -> str:
    """Return where the data protection officer is told what cannot wait."""
    return settings.DPO_ALERT_MAIL or current().dpo.mail


def queue(
    kind: DeskMailKind,
    arrival: Arrival | None,
    *,
    scan: Scan | None = None,
    case: Case | None = None,
    to: str,
    enclosed: tuple[str, ...] = (),
    by: str,
    at: datetime,
) -> DeskMail:
    """Put a mail about what came in into the queue, in the transaction of the act."""
    row = DeskMail(
        arrival=arrival,
        scan=scan,
        case=case,
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
    """Send every mail of the desk that is due; return how many went out.

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
    arrival = row.arrival
    said = text_of(row, arrival, mail_of(arrival)) if arrival else paper_alert(row)
    dpo = current().dpo
    headers = {
        "Date": format_datetime(at.astimezone(UTC)),
        "Message-ID": row.message_id,
        "Content-Language": said.language,
    }
    kind = DeskMailKind(row.kind)
    if kind in AUTO_SUBMITTED:
        headers["Auto-Submitted"] = AUTO_SUBMITTED[kind]
    answered = f"<{arrival.message_id.strip('<>')}>" if arrival else ""
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
        name = f"mail-{row.arrival_id}-{number}.{ending}"
        message.attach(name, file.content, "application/octet-stream")
    return message


@transaction.atomic
def retry_desk_mails(arrival_id: int, *, by: Actor, at: datetime) -> int:
    """Try again to send what was given up of a mail; return how many."""
    return _retry(DeskMail.objects.filter(arrival=arrival_id), by=by, at=at)


@transaction.atomic
def retry_paper_alerts(*, by: Actor, at: datetime) -> int:
    """Try again to send the alerts about letters on paper that were given up."""
    return _retry(DeskMail.objects.of_paper(), by=by, at=at)


def _retry(rows: DeskMailQuerySet, *, by: Actor, at: datetime) -> int:
    check_role(by, Role.HANDLER, Role.DPO)
    failed = list(rows.given_up().select_for_update())
    for row in failed:
        row.failed_at = None
        row.wait(at=at)
        row.save()
    return len(failed)


@transaction.atomic
def desk_mails_returned(message_ids: Collection[str], *, at: datetime) -> int:
    """Count as not sent what a mail server gave up; return how many, for an officer."""
    rows = DeskMail.objects.select_for_update().filter(message_id__in=message_ids)
    returned = list(rows.exclude(sent_at=None))
    for row in returned:
        row.sent_at, row.failed_at = None, at
        row.save(update_fields=["sent_at", "failed_at"])
        _note(row, Event.DESK_MAIL_FAILED, at=at)
    return len(returned)


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
    facts = {"desk_mail": row.pk, "purpose": str(row.kind)}
    about = {"mail": row.arrival_id, "scan": row.scan_id, "case": row.case_id}
    facts |= {name: key for name, key in about.items() if key is not None}
    LedgerEntry.objects.append(DESK, event, by=SYSTEM.name, at=at, **facts)
