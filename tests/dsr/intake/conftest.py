"""Mails as people write them, received as the mailbox receives them."""

from collections.abc import Callable
from datetime import datetime

import pytest

from dsr.intake.mailbox.receive import Received, receive
from dsr.models import Arrival, Case
from tests.dsr.conftest import JEANNE, RECEIVED

ACCESS = (
    "Please send me a copy of all personal data you hold about me (Article 15 GDPR)."
)
ERASURE = "I also ask you to erase all my personal data (Article 17 GDPR)."
MARKETING = "Please stop sending me advertising."
Take = Callable[..., Received]


def mail(
    text: str,
    *,
    sender: str = f"Jeanne Peeters <{JEANNE}>",
    subject: str = "My data",
    **headers: str,
) -> bytes:
    """Write a mail as a person's program does."""
    lines = [
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
        f"From: {sender}",
        "To: dpo.bnl@company.example",
        f"Subject: {subject}",
        "Date: Thu, 05 Mar 2026 11:00:00 +0100",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "",
        text,
    ]
    return "\r\n".join(lines).encode()


@pytest.fixture
def take(house: object) -> Take:
    """Return a function that receives a mail with a Message-ID of its own."""

    def take(text: str, at: datetime = RECEIVED, **given: str) -> Received:
        number = Arrival.objects.count() + 1
        given.setdefault("Message_ID", f"<mail{number}@home.example>")
        return receive(mail(text, **given), received_at=at, source="test", at=at)

    return take


def case_of(received: Received) -> Case:
    assert received.arrival.case is not None
    return received.arrival.case


def rights_of(case: Case) -> list[str]:
    return list(case.tickets.order_by("pk").values_list("right_code", flat=True))
