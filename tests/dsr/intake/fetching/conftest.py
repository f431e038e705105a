"""A real Dovecot, mails put into it, and what was made of them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import count

import pytest
from django.utils import timezone
from imap_tools import MailBoxUnencrypted

from dsr.intake.fetching.account import Account, account
from dsr.intake.fetching.mailboxes import fetch
from dsr.intake.fetching.taking import Taken
from dsr.models import Arrival, Delivery
from tests.dsr.intake.conftest import ACCESS, mail
from tests.servers.dovecot import Dovecot

NUMBERS = count(1)


@pytest.fixture(scope="package")
def dovecot() -> Iterator[Dovecot]:
    server = Dovecot()
    try:
        server.start()
        yield server
    finally:
        server.stop()


class Person:
    """A mailbox of its own, with what lies in it."""

    def __init__(self, server: Dovecot) -> None:
        self.server = server
        self.user = f"dpo{next(NUMBERS)}"
        self.url = server.url(self.user)
        self.account = account(self.url)

    def box(self) -> AbstractContextManager[MailBoxUnencrypted]:
        """Log in as any other mail program does."""
        return self.server.box(self.user)

    def gets(self, *mails: bytes) -> None:
        """Put mails into the inbox."""
        with self.box() as box:
            for raw in mails:
                box.append(raw)

    def seen(self, folder: str = "INBOX") -> list[bool]:
        r"""Whether each message is marked as \Seen, the oldest first."""
        with self.box() as box:
            box.folder.set(folder)
            return [
                "\\Seen" in message.flags
                for message in box.fetch(headers_only=True, mark_seen=False)
            ]


@pytest.fixture
def person(dovecot: Dovecot, house: object) -> Person:
    return Person(dovecot)


def a_request(number: object) -> bytes:
    """Return a mail of a person who never wrote before."""
    return mail(
        ACCESS,
        sender=f"Jeanne <jeanne.{number}@home.example>",
        Message_ID=f"<{number}@home.example>",
    )


def an_invoice(number: object) -> bytes:
    return mail(
        "Your invoice is attached. Kind regards",
        subject="Invoice",
        Message_ID=f"<invoice.{number}@shop.example>",
    )


def take(wanted: Account) -> list[Taken]:
    return list(fetch(wanted, now=timezone.now))


def results(taken: list[Taken]) -> list[str]:
    return [str(one.received.arrival.result) for one in taken if one.received]


def counted() -> tuple[int, int]:
    """How many mails there are, and how many deliveries that are wholly done."""
    done = Delivery.objects.filter(taken_at__isnull=False, mark_owed=False)
    return Arrival.objects.count(), done.count()
