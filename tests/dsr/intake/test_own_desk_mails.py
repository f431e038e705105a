"""Our own alerts and notes that come back to the mailbox: no case, no loop."""

import re

import pytest
from django.core.mail import EmailMessage

from dsr.intake.desk_mails import retry_desk_mails, send_desk_mails
from dsr.intake.mailbox.aside import hand_over
from dsr.intake.mailbox.receive import Received, receive
from dsr.models import Arrival, Case, DeskMail, LedgerEntry
from tests.dsr.conftest import DAY, LUC, OFFICER, RECEIVED
from tests.dsr.intake import reports
from tests.dsr.intake.conftest import Take
from tests.dsr.intake.test_aside import AUTHORITY

LATER = RECEIVED + DAY
INSPECTION = "Inspection Service <inspection@apd.example>"
HEADERS = ("Auto-Submitted", "Message-ID")


@pytest.fixture
def alert(take: Take, mailoutbox: list[EmailMessage]) -> bytes:
    """Alert the DPO at the very mailbox that is read; give the mail as it went out."""
    take(AUTHORITY, sender=INSPECTION, subject="Complaint DOS-2026-1")
    assert send_desk_mails(at=RECEIVED) == 1
    (sent,) = mailoutbox
    assert sent.to == ["dpo.bnl@ipa.example"]
    return sent.message().as_bytes()


def come_in(raw: bytes) -> Received:
    return receive(raw, received_at=LATER, source="test", at=LATER)


def without(raw: bytes, *names: str) -> bytes:
    """Take headers away, as a gateway does that rewrites mail."""
    for name in names:
        raw = re.sub(rb"(?im)^" + name.encode() + rb":.*\n", b"", raw, count=1)
    return raw


@pytest.mark.parametrize(
    ("lost", "result"),
    [
        ((), "ignored"),
        (HEADERS[:1], "ignored"),
        (HEADERS[1:], "ignored"),
        (HEADERS, "tray"),
    ],
)
def test_an_alert_to_the_mailbox_itself_alerts_nobody_again(
    alert: bytes, lost: tuple[str, ...], result: str
) -> None:
    raw = without(alert, *lost)
    assert [name for name in HEADERS if name.encode() in raw] == [
        name for name in HEADERS if name not in lost
    ]
    got = come_in(raw)
    assert (got.arrival.result, got.arrival.is_urgent) == (result, False)
    assert got.arrival.reason
    assert not Case.objects.exists()
    assert DeskMail.objects.count() == 1
    assert send_desk_mails(at=LATER) == 0


def test_a_note_and_a_mail_passed_on_that_come_back_are_ours(
    take: Take, mailoutbox: list[EmailMessage]
) -> None:
    waits = take("Where is my money, and what do you hold on me?", sender=f"L <{LUC}>")
    Arrival.objects.filter(pk=waits.arrival.pk).update(result="tray")
    hand_over(waits.arrival.pk, department="claims", files=[], by=OFFICER, at=RECEIVED)
    assert send_desk_mails(at=RECEIVED) == 2
    for sent in list(mailoutbox):
        got = come_in(sent.message().as_bytes())
        assert (got.arrival.result, got.arrival.reason) == (
            "ignored",
            "It is a letter of ours.",
        )
    assert DeskMail.objects.count() == 2


def test_an_alert_that_came_back_undelivered_waits_for_an_officer(
    alert: bytes,
) -> None:
    row = DeskMail.objects.get()
    given = {"action": "failed", "kind": "message/rfc822", "code": "5.1.1"}
    text = reports.DSN.format(to=row.to_email, id=row.message_id, **given)
    got = come_in(text.replace("\n", "\r\n").encode())
    come_in(text.replace("\n", "\r\n\r\n", 1).encode())
    assert got.arrival.result == "ignored"
    row.refresh_from_db()
    assert (row.sent_at, row.failed_at) == (None, LATER)
    assert list(Arrival.objects.unsent()) == [row.arrival]
    assert LedgerEntry.objects.filter(event="desk_mail.failed").count() == 1
    assert row.arrival is not None
    assert retry_desk_mails(row.arrival.pk, by=OFFICER, at=LATER) == 1
    assert send_desk_mails(at=LATER) == 1
