"""A letter on paper from an authority or a court: the officer is told at once."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from dsr.casework import NewCase
from dsr.intake.desk_mails import retry_paper_alerts, send_desk_mails
from dsr.intake.post import scans
from dsr.intake.post.proposal import seems_urgent
from dsr.intake.post.reading import ReadScan
from dsr.models import DeskMail, LedgerEntry, Scan
from dsr.vocabulary import Channel
from tests.dsr.conftest import AUDITOR, DAY, OFFICER, RECEIVED, Open, refused

LETTERS = {
    "en": (
        "Inspection Service of the Data Protection Authority. We have received a "
        "complaint against you by Ms Jeanne Peeters. Our reference: DOS-2026-1. You "
        "are invited to answer within two weeks."
    ),
    "fr": (
        "Autorité de protection des données, Service d'inspection. Nous avons reçu "
        "une plainte de Mme Jeanne Peeters. Notre référence : DOS-2026-1. Veuillez "
        "nous répondre dans les deux semaines."
    ),
    "nl": (
        "Gegevensbeschermingsautoriteit, Inspectiedienst. Wij hebben een klacht "
        "ontvangen van mevrouw Jeanne Peeters. Ons kenmerk: DOS-2026-1. Gelieve "
        "binnen twee weken te antwoorden."
    ),
    "de": (
        "Der Landesbeauftragte für den Datenschutz, Aufsichtsbehörde. Uns liegt eine "
        "Beschwerde von Frau Jeanne Peeters vor. Unser Zeichen: DOS-2026-1. Wir bitten "
        "um Antwort binnen zwei Wochen."
    ),
}
ASKS = "Please send me a copy of all personal data you hold about me."
WHO: dict[str, Any] = {"by": OFFICER, "at": RECEIVED + DAY}
HERE = ("letter.png", "image/png")


def typed(text: str, channel: Channel = Channel.POST) -> NewCase:
    return NewCase(
        channel=channel,
        received_at=RECEIVED,
        language="en",
        rights=["access"],
        text=text,
    )


@pytest.fixture
def read(house: object, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return what the reader will have read; that it reads is tried elsewhere."""
    found = {"text": LETTERS["en"], "problem": ""}
    monkeypatch.setattr(
        scans, "read_scan", lambda *_given: ReadScan(**found, references=())
    )
    return found


@pytest.fixture
def scan(read: object) -> Scan:
    name, kind = HERE
    return scans.add_scan(b"a letter", name=name, content_type=kind, **WHO)


@pytest.mark.parametrize("language", list(LETTERS))
def test_it_is_seen_in_each_language(language: str) -> None:
    assert seems_urgent(LETTERS[language])
    assert not seems_urgent(ASKS)


def test_a_scan_alerts_the_officer_by_a_link_only(
    scan: Scan, mailoutbox: list[EmailMessage]
) -> None:
    assert scan.is_urgent
    assert send_desk_mails(at=RECEIVED + DAY) == 1
    (mail,) = mailoutbox
    assert mail.to == ["dpo.bnl@ipa.example"]
    assert reverse("admin:scan", args=[scan.pk]) in mail.body
    said = mail.message().as_string()
    assert "Jeanne" not in said
    assert "DOS-2026" not in said
    line = LedgerEntry.objects.get(event="mail.alerted")
    assert line.facts == {"scan": scan.pk}


def test_a_request_alerts_nobody(read: dict[str, str]) -> None:
    read["text"] = ASKS
    name, kind = HERE
    assert not scans.add_scan(b"x", name=name, content_type=kind, **WHO).is_urgent
    scans.open_from_words(typed(ASKS), **WHO)
    assert not DeskMail.objects.exists()


def test_what_is_urgent_waits_first(scan: Scan, read: dict[str, str]) -> None:
    Scan.objects.create(
        sha256="1" * 64, added_at=RECEIVED, added_by="officer", is_urgent=False
    )
    assert Scan.objects.first() == scan


def test_the_alert_leads_to_the_case_once_there_is_one(
    scan: Scan, open_case: Open, mailoutbox: list[EmailMessage]
) -> None:
    case = open_case("access")
    scans.join_from_scan(
        scan.pk,
        reference=case.reference,
        kind="attachment",
        received_at=RECEIVED,
        text=LETTERS["en"],
        **WHO,
    )
    assert list(case.desk_mails.values_list("scan", flat=True)) == [None]
    send_desk_mails(at=RECEIVED + DAY)
    assert reverse("admin:dsr_case_change", args=[case.pk]) in mailoutbox[0].body


def test_the_alert_goes_out_although_the_scan_was_settled_before(
    scan: Scan, mailoutbox: list[EmailMessage]
) -> None:
    scans.discard_scan(scan.pk, why="other_matter", **WHO)
    assert send_desk_mails(at=RECEIVED + DAY) == 1
    assert reverse("admin:index") in mailoutbox[0].body


def test_an_alert_that_was_read_goes_with_the_scan(scan: Scan) -> None:
    send_desk_mails(at=RECEIVED + DAY)
    scans.discard_scan(scan.pk, why="other_matter", **WHO)
    assert not DeskMail.objects.exists()


def test_a_letter_that_is_typed_in_alerts_too(
    house: object, mailoutbox: list[EmailMessage]
) -> None:
    case = scans.open_from_words(typed(LETTERS["nl"]), **WHO)
    send_desk_mails(at=RECEIVED + DAY)
    assert reverse("admin:dsr_case_change", args=[case.pk]) in mailoutbox[0].body
    told = LedgerEntry.objects.get(event="mail.alerted")
    assert (told.reference, told.facts) == (case.reference, {})


def test_what_somebody_says_by_telephone_alerts_nobody(house: object) -> None:
    scans.open_from_words(typed(LETTERS["en"], Channel.PHONE), **WHO)
    assert not DeskMail.objects.exists()


@pytest.mark.parametrize("how", ["open", "join"])
def test_what_no_machine_could_read_alerts_once_it_is_typed(
    read: dict[str, str], open_case: Open, how: str
) -> None:
    read.update(text="", problem="Scans cannot be read here.")
    name, kind = HERE
    scan = scans.add_scan(b"a letter", name=name, content_type=kind, **WHO)
    assert not scan.is_urgent
    if how == "open":
        case = scans.open_from_scan(scan.pk, typed(LETTERS["fr"]), **WHO)
    else:
        case = open_case("access")
        said: dict[str, Any] = {"kind": "attachment", "text": LETTERS["fr"]}
        scans.join_from_scan(
            scan.pk, reference=case.reference, received_at=RECEIVED, **said, **WHO
        )
    assert case.desk_mails.count() == 1


def test_an_alert_that_was_given_up_is_sent_again(scan: Scan) -> None:
    DeskMail.objects.update(failed_at=RECEIVED, next_attempt_at=None)
    with refused("role of handler"):
        retry_paper_alerts(by=AUDITOR, at=RECEIVED)
    assert retry_paper_alerts(**WHO) == 1
    assert send_desk_mails(at=RECEIVED + DAY) == 1
