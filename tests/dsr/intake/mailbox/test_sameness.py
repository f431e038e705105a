"""One message that travelled twice is one; any other word makes another."""

import pytest

from dsr.intake.mailbox.sameness import content_digest
from tests.dsr.intake.conftest import ACCESS, mail

HERS = mail(ACCESS, Message_ID="<1@home.example>")
AGAIN = [
    b"Received: by b.company.example; Thu, 05 Mar 2026 09:00:00 +0100\r\n" + HERS,
    b"Delivered-To: b@company.example\r\nReturn-Path: <j@home.example>\r\n" + HERS,
    b"Authentication-Results: mx; none\r\nX-Spam-Score: 0\r\n" + HERS,
    HERS.replace(b"\r\n", b"\n"),
    HERS.replace(b"Subject: My data", b"Subject:  My\r\n data") + b"\r\n\r\n",
]
OTHERS = [
    mail(ACCESS + " Please.", Message_ID="<1@home.example>"),
    mail(ACCESS, Message_ID="<2@home.example>"),
    mail(ACCESS, Message_ID="<1@home.example>", sender="L <l@home.example>"),
    mail(ACCESS, Message_ID="<1@home.example>", subject="Another"),
    mail(ACCESS, Message_ID="<1@home.example>", Reply_To="l@home.example"),
]


@pytest.mark.parametrize("raw", AGAIN)
def test_the_same_message_on_another_way(raw: bytes) -> None:
    assert raw != HERS
    assert content_digest(raw) == content_digest(HERS) != ""


@pytest.mark.parametrize("raw", OTHERS)
def test_another_message(raw: bytes) -> None:
    assert content_digest(raw) != content_digest(HERS)


@pytest.mark.parametrize("raw", [mail(ACCESS), b"", b"no mail", b"A: b\r\n\r\n"])
def test_without_a_message_id_only_the_bytes_count(raw: bytes) -> None:
    assert content_digest(raw) == ""
