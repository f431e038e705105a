"""What is put aside: spam, another department's mail, no request; and back again."""

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

import pytest
from django.core import mail as outbox
from django.urls import reverse

from dsr.intake.desk_mails import send_desk_mails
from dsr.intake.mailbox.aside import (
    hand_over,
    look_over,
    reopen_mail,
    settle_as_nothing,
    settle_as_spam,
    unblock_sender,
)
from dsr.intake.mailbox.receive import receive
from dsr.intake.mailbox.settle import settle_as_case
from dsr.models import (
    Arrival,
    BlockedSender,
    Case,
    DeskMail,
    LabelledExample,
    LedgerEntry,
)
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    DPO,
    LUC,
    OFFICER,
    RECEIVED,
    WHY,
    refused,
)
from tests.dsr.intake.conftest import ACCESS, Take

LATER = RECEIVED + 6 * DAY
UNSURE = "I have a question about my personal data. <b>Please</b> call me."
AUTHORITY = (
    "We have received a complaint against you. Please send us your observations within "
    "14 days. Our case: DOS-2026-1. Data Protection Authority, Inspection Service"
)


@pytest.fixture
def tray(take: Take) -> Arrival:
    """Put a mail of Luc's into the tray."""
    return take(UNSURE, sender=f"Luc <{LUC}>").arrival


def facts() -> dict[str, object]:
    """Return the facts of the last line of the desk's own chain."""
    last = LedgerEntry.objects.filter(reference="DESK").last()
    assert last is not None
    return {"event": last.event, **last.facts}


def test_a_blocked_sender_is_kept_shown_and_never_answered(
    tray: Arrival, take: Take
) -> None:
    settle_as_spam(tray.pk, by=OFFICER, at=LATER)
    later = take(ACCESS, sender=f"LUC <{LUC.upper()}>").arrival
    assert (later.result, later.reason) == ("spam", "The sender is blocked.")
    assert list(Arrival.objects.not_looked_over()) == [later]
    assert not Case.objects.exists()
    assert not DeskMail.objects.exists()
    assert LUC not in str(LedgerEntry.objects.values_list("facts", flat=True))


def test_a_sender_is_unblocked_and_the_spam_is_made_a_case(
    tray: Arrival, take: Take
) -> None:
    settle_as_spam(tray.pk, by=OFFICER, at=LATER)
    spam = take(ACCESS, sender=f"Luc <{LUC}>").arrival
    unblock_sender(BlockedSender.objects.get().pk, by=OFFICER, at=LATER)
    unblock_sender(999, by=OFFICER, at=LATER)  # a second click
    assert facts()["event"] == "sender.unblocked"
    again = take(ACCESS + " Thank you.", sender=f"Luc <{LUC}>").arrival
    assert again.result == "opened"
    reopen_mail(spam.pk, by=OFFICER, at=LATER)
    settled = settle_as_case(spam.pk, rights=["access"], by=OFFICER, at=LATER)
    assert settled.case is not None
    assert settled.case.received_at == RECEIVED


def test_a_mail_goes_to_the_department_and_its_sender_is_told_who_answers(
    tray: Arrival,
) -> None:
    hand_over(tray.pk, department="claims", by=OFFICER, at=LATER)
    assert facts() == {
        "event": "mail.settled",
        "mail": tray.pk,
        "result": "passed_on",
        "department": "claims",
        "sender_told": True,
        "files": 0,
    }
    assert send_desk_mails(at=LATER) == 2
    note, passed = outbox.outbox
    assert (note.to, passed.to) == ([LUC], ["claims@ipa.example"])
    assert "Claims\nclaims@ipa.example" in note.body
    assert "personal data. <b>" not in note.body
    assert note.extra_headers["Auto-Submitted"] == "auto-replied"
    assert note.extra_headers["In-Reply-To"] == "<mail1@home.example>"
    assert passed.subject == f"E-mail {tray.pk} pour\u00a0: Service Sinistres"
    assert "Luc <" in passed.body
    assert "<b>Please</b> call me." in passed.body
    assert "Received" not in passed.message().as_string()
    assert send_desk_mails(at=LATER + DAY) == 0
    assert DeskMail.objects.exclude(sent_at=None).count() == 2


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_note_is_in_the_language_of_the_sender(
    tray: Arrival, language: str
) -> None:
    tray.proposal["language"] = language
    tray.save()
    hand_over(tray.pk, department="claims", by=OFFICER, at=LATER)
    send_desk_mails(at=LATER)
    note = outbox.outbox[0]
    expected = {
        "fr": "Un autre service de notre société y répondra\u00a0:\n\n"
        "Service Sinistres",
        "nl": "Een andere dienst van ons bedrijf zal erop antwoorden:\n\nDienst Schade",
        "de": "Eine andere Abteilung unseres Unternehmens wird Ihnen antworten:\n\n"
        "Schadenabteilung",
        "en": "Another department of ours will answer it:\n\nClaims",
    }
    assert expected[language] in note.body
    assert note.extra_headers["Content-Language"] == language


def test_a_machine_is_told_nothing(take: Take) -> None:
    robot = take(UNSURE, sender=f"Luc <{LUC}>", Auto_Submitted="auto-replied").arrival
    assert robot.result == "ignored"
    reopen_mail(robot.pk, by=OFFICER, at=LATER)
    hand_over(robot.pk, department="claims", by=OFFICER, at=LATER)
    assert [one.kind for one in DeskMail.objects.all()] == ["passed_on"]
    assert facts()["sender_told"] is False


def test_only_the_files_chosen_go_along_under_names_of_ours(take: Take) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = f"Luc <{LUC}>", "dpo.bnl@company.example"
    message["Subject"] = "My data"
    message.set_content(UNSURE)
    for name in ("../../claim.pdf", "evil.exe"):
        content = name.encode()
        message.add_attachment(
            content, maintype="application", subtype="pdf", filename=name
        )
    raw = message.as_bytes()
    arrival = receive(raw, received_at=RECEIVED, source="test", at=RECEIVED).arrival
    digest = sha256(b"../../claim.pdf").hexdigest()
    hand_over(arrival.pk, department="claims", files=[digest], by=OFFICER, at=LATER)
    send_desk_mails(at=LATER)
    passed = outbox.outbox[-1]
    assert [one[0] for one in passed.attachments] == [f"mail-{arrival.pk}-1.pdf"]
    assert "2 ; joints à ce message : 1" in passed.body.replace("\u00a0", " ")


def test_an_authority_alerts_the_officer_by_numbers_only(take: Take) -> None:
    urgent = take(
        AUTHORITY,
        sender="Inspection Service <inspection@apd.example>",
        subject="Complaint DOS-2026-1",
    ).arrival
    assert urgent.result == "tray"
    assert urgent.is_urgent
    send_desk_mails(at=RECEIVED)
    (alert,) = outbox.outbox
    assert alert.to == ["dpo.bnl@ipa.example"]
    assert reverse("admin:dsr_arrival_change", args=[urgent.pk]) in alert.body
    assert "DOS-2026" not in alert.message().as_string()
    with refused("is not blocked"):
        settle_as_spam(urgent.pk, by=OFFICER, at=LATER)


def test_a_mail_put_aside_comes_back_into_the_tray(tray: Arrival) -> None:
    settle_as_nothing(tray.pk, why=WHY, by_machine=True, by=OFFICER, at=LATER)
    assert LabelledExample.objects.get().settled["kind"] == "auto_generated"
    back = reopen_mail(tray.pk, by=OFFICER, at=LATER)
    assert (back.result, back.settled_at, back.settled_by) == ("tray", None, "")
    assert facts() == {
        "event": "mail.reopened",
        "mail": tray.pk,
        "result": "ignored",
    }
    settle_as_case(tray.pk, rights=["access"], by=OFFICER, at=LATER)
    assert LabelledExample.objects.get().settled["kind"] == "new_request"
    with refused("is not put aside"):
        reopen_mail(tray.pk, by=OFFICER, at=LATER)


def test_what_the_machine_put_aside_is_looked_over_once(take: Take) -> None:
    machine = [take(f"Invoice {n}.", subject="Invoice").arrival for n in range(2)]
    assert {one.result for one in machine} == {"ignored"}
    numbers = [one.pk for one in machine]
    assert look_over([*numbers, 999], by=DPO, at=LATER) == 2
    assert facts() == {"event": "mail.looked_over", "mails": numbers}
    assert look_over(numbers, by=OFFICER, at=LATER) == 0
    assert not Arrival.objects.not_looked_over().exists()
    with refused("takes the role"):
        look_over(numbers, by=AUDITOR, at=LATER)


def test_what_is_refused(tray: Arrival) -> None:
    with refused("names no department “sales”"):
        hand_over(tray.pk, department="sales", by=OFFICER, at=LATER)
    with refused("takes the role of handler"):
        hand_over(tray.pk, department="claims", by=AUDITOR, at=LATER)
    Arrival.objects.update(raw="", result="ignored")
    with refused("its words are deleted"):
        reopen_mail(tray.pk, by=OFFICER, at=LATER)
