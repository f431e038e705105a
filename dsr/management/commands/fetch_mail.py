"""The intake of mail: opens cases, threads follow-ups, acknowledges."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from dsr.intake.fetching.account import Account, MailboxError, account, maildir
from dsr.intake.fetching.mailboxes import configured, fetch, follow
from dsr.intake.fetching.taking import Taken
from dsr.intake.mailbox.ahead import Begun, one_ahead
from dsr.intake.mailbox.parsed import DEFAULT_LIMITS
from dsr.intake.mailbox.receive import Received, receive

PAUSE = 60  # seconds until a lost connection is made anew


class Command(BaseCommand):
    """Take in mails, and print one JSON line a mail with what became of it."""

    help = (
        "Take in mails: open cases, thread follow-ups, acknowledge. Without an "
        "option, from the mailboxes of the setting MAILBOXES."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take mailboxes and files."""
        parser.add_argument(
            "--imap",
            nargs="+",
            default=[],
            metavar="URL",
            help="folders of IMAP accounts, as imaps://user@host/folder?password_file=…",
        )
        parser.add_argument(
            "--maildir", nargs="+", default=[], metavar="DIR", help="Maildirs"
        )
        parser.add_argument(
            "--eml", nargs="+", default=[], metavar="FILE", help="mails as raw bytes"
        )
        parser.add_argument(
            "--follow",
            action="store_true",
            help="stay: take in what comes as soon as the server tells (one mailbox)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take in all that can be read; exit 2 if something could not."""
        try:
            mailboxes = _mailboxes(options)
        except MailboxError as error:
            self.stderr.write(str(error))
            sys.exit(2)
        if options["follow"] and len(mailboxes) != 1:
            self.stderr.write("--follow takes one mailbox; start one command for each.")
            sys.exit(2)
        whole = self._files(options["eml"])
        for mailbox in mailboxes:
            if options["follow"]:
                self._follow(mailbox)
            else:
                whole = self._mailbox(mailbox) and whole
        if not whole:
            sys.exit(2)  # each that could not be read was named on its own line

    def _files(self, names: Iterable[str]) -> bool:
        whole = True
        for name, begun in one_ahead(names, _begin):
            try:
                raw = begun.raw if begun else _read(name)
            except OSError as error:
                whole = False
                self.stderr.write(
                    f"{name} cannot be read ({error.strerror}); give the path of a "
                    "file that holds one mail."
                )
            else:
                self.stdout.write(line(name, raw, begun=begun, at=timezone.now()))
        return whole

    def _mailbox(self, mailbox: Account) -> bool:
        return self._print(fetch(mailbox, now=timezone.now), mailbox)

    def _print(self, messages: Iterator[Taken], mailbox: Account) -> bool:
        """Print each message as it is taken in; say if it was not to the end."""
        try:
            for taken in messages:
                if taken.received is not None:
                    self.stdout.write(line_of(taken.url, taken.received))
                    self.stdout.flush()
        except MailboxError as error:
            self.stderr.write(str(error))
        except OSError as error:
            self.stderr.write(
                f"{mailbox.key}: no file can be stored now ({error.strerror}); the "
                "next run goes on."
            )
        else:
            return True
        return False

    def _follow(self, mailbox: Account) -> None:
        """Take in what comes until interrupted; a lost connection is made anew."""
        with suppress(KeyboardInterrupt):
            while True:
                self._print(follow(mailbox, now=timezone.now), mailbox)
                sleep(PAUSE)


def _mailboxes(options: dict[str, Any]) -> list[Account]:
    """Return the mailboxes asked for; those of the settings when nothing was."""
    found = [account(address) for address in options["imap"]]
    found += [maildir(path) for path in options["maildir"]]
    if found or options["eml"]:
        return found
    found = configured()
    if not found:
        raise MailboxError(
            "No mailbox is configured: set MAILBOXES (see docs/settings.md), or name "
            "one with --imap, --maildir or --eml."
        )
    return found


def _read(name: str) -> bytes:
    with Path(name).open("rb") as file:
        return file.read(DEFAULT_LIMITS.message + 1)


def _begin(name: str) -> Begun | None:
    """Have a file looked at already; that it cannot be read is said in its turn."""
    with suppress(OSError):
        return Begun(_read(name), settings.PGP_KEY)
    return None


def line(name: str, raw: bytes, *, begun: Begun | None = None, at: datetime) -> str:
    """Take in one mail, and say in JSON what became of it."""
    received = receive(raw, received_at=None, source="file", begun=begun, at=at)
    return line_of(name, received)


def line_of(name: str, received: Received) -> str:
    """Say in JSON what became of a mail."""
    arrival, repeated = received
    case = arrival.case
    said = {
        "file": name,
        "result": str(arrival.result),
        "reason": arrival.reason,
        "repeated": repeated,
        "case": case.reference if case else None,
        "tickets": sorted(case.tickets.values_list("right_code", flat=True))
        if case
        else [],
        "received_at": arrival.received_at.isoformat(),
    }
    return json.dumps(said, ensure_ascii=False)
