"""What a stranger writes into a mail acts neither at the desk nor in our mails."""

from email.message import Message

import pytest
from django.test import Client
from django.urls import reverse

from dsr.intake.mailbox.receive import receive
from dsr.letters.transport import message_for
from dsr.models import Arrival, ArrivalResult, Case
from tests.dsr.desk.conftest import NOW

pytestmark = pytest.mark.django_db
ACTS = "<img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://evil.example";"x")'
BREAK = "=?utf-8?q?Ann=0D=0ABcc:_victim=40evil.example?="
ACCESS = f"{ACTS} Please send me a copy of all personal data you hold about me. {ACTS}"


def arrive(text: str, number: int = 1) -> Arrival:
    """Receive a mail that tries something in each of its places."""
    raw = (
        f"From: {BREAK} <ann@example.org>\r\nTo: dpo.bnl@company.example\r\n"
        f"Subject: {ACTS} =?utf-8?q?=0D=0ABcc:_victim=40evil.example?=\r\n"
        f"Message-ID: <{number}{ACTS.replace(' ', '')}@example.org>\r\n"
        "References: <a@b>\n\tBcc: victim@evil.example\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
        f"{text}\r\n{FORMULA}\r\n--b\r\n"
        f'Content-Type: text/html; name="{ACTS}.html"\r\n\r\n'
        f"<script>alert(1)</script>\r\n--b--\r\n"
    ).encode()
    return receive(raw, received_at=NOW, source=f"file {ACTS}", at=NOW).arrival


@pytest.fixture
def opened(staff: object) -> Case:
    """Return the case that such a mail opened."""
    case = arrive(ACCESS).case
    assert case is not None
    return case


def test_no_page_of_the_desk_lets_a_mail_act(officer: Client, opened: Case) -> None:
    waits = arrive(f"{ACTS} I have a question about my personal data.", 2)
    assert waits.result == ArrivalResult.TRAY
    pages = [
        reverse("admin:index"),
        reverse("admin:dsr_arrival_changelist") + "?result=all",
        reverse("admin:dsr_arrival_change", args=[waits.pk]),
        reverse("admin:dsr_case_changelist"),
        reverse("admin:dsr_case_change", args=[opened.pk]),
    ]
    shown = [officer.get(page) for page in pages]

    assert [answer.status_code for answer in shown] == [200] * len(pages)
    texts = [answer.content.decode() for answer in shown]
    assert [
        page for page, text in zip(pages, texts, strict=True) if "<img src=x" in text
    ] == []
    assert "&lt;img src=x" in texts[2]


def test_files_and_mails_are_handed_out_for_no_browser_to_run(
    officer: Client, opened: Case
) -> None:
    arrival = opened.arrivals.get()
    enclosed = opened.documents.get(kind="attachment")
    for url in (
        reverse("admin:document", args=[enclosed.pk]),
        reverse("admin:mail", args=[arrival.pk]),
        reverse("admin:mail_file", args=[arrival.pk, 1]),
    ):
        answer = officer.get(url)
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert "onerror" not in answer["Content-Disposition"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "html" not in answer["Content-Type"]
        assert answer.getvalue()


def test_our_acknowledgement_takes_no_header_from_theirs(opened: Case) -> None:
    letters = opened.letters.all()
    sent: list[Message] = [message_for(one, at=NOW).message() for one in letters]

    assert sent
    for message in sent:
        assert {"Bcc", "Cc"} & set(message.keys()) == set()
        assert message.get_all("To") == ["ann@example.org"]
        assert len(message.keys()) == len(set(message.keys()))
        assert "evil.example" not in str(message.items())
