"""Reads every configured mailbox whose turn it is, and notes which cannot be read."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError

from dsr.intake.fetching.account import Account, MailboxError, account
from dsr.intake.fetching.folder import Folder
from dsr.intake.fetching.imap import opened
from dsr.intake.fetching.maildir import Maildir
from dsr.intake.fetching.taking import Now, Taken, take_all
from dsr.models import Mailbox
from subjects.models.work import BACKOFF, LEASE

logger = logging.getLogger(__name__)
PAUSE = timedelta(seconds=25)  # beat asks every thirty
LONGEST_PAUSE = timedelta(minutes=15)  # wrong logins, often repeated, lock an account
MOST_DOUBLINGS = 10


def configured() -> list[Account]:
    """Return the mailboxes of MAILBOXES; raises MailboxError if one is no good."""
    return [account(address) for address in settings.MAILBOXES]


@contextmanager
def folder_of(wanted: Account) -> Iterator[Folder]:
    """Open an IMAP folder or a Maildir; raises MailboxError."""
    if wanted.scheme == "maildir":
        yield Maildir(wanted)
        return
    with opened(wanted) as folder:
        yield folder


def fetch(
    wanted: Account, *, until: datetime | None = None, now: Now
) -> Iterator[Taken]:
    """Take in what is new in one mailbox, and note whether it could be read.

    What is left at `until` is for the next run. Raises MailboxError, DatabaseError or
    OSError; the next run goes on.
    """
    try:
        with folder_of(wanted) as folder:
            for taken in take_all(folder, wanted, now=now):
                yield taken
                if until is not None and now() > until:
                    break
    except MailboxError as error:
        _not_read(wanted, str(error), at=now())
        raise
    _read(wanted, at=now())


def follow(wanted: Account, *, now: Now) -> Iterator[Taken]:
    """Take in what is new, then what comes, without end; raises as `fetch` does."""
    try:
        with folder_of(wanted) as folder:
            while True:
                yield from take_all(folder, wanted, now=now)
                _read(wanted, at=now())
                folder.wait()
    except MailboxError as error:
        _not_read(wanted, str(error), at=now())
        raise


def fetch_due(*, now: Now) -> int:
    """Fetch the mailboxes that are due, until they are read; count the messages.

    One that cannot be read keeps no other from being read; it is tried again after a
    pause that grows.
    """
    wanted = {(one.key, one.folder): one for one in configured()}
    _enlist(wanted, at=now())
    count = 0
    for _turn in range(Mailbox.objects.due(now()).count()):
        row = Mailbox.objects.claim(now())
        if row is None:  # another worker was faster
            break
        mailbox = wanted.get((row.account, row.folder))
        if mailbox is None:
            _discharge(row)
        else:
            count += _fetch_claimed(row, mailbox, now=now)
    return count


def _fetch_claimed(row: Mailbox, wanted: Account, *, now: Now) -> int:
    """Fetch for half of a lease at most, so that no second worker begins the same."""
    count = 0
    try:
        for _taken in fetch(wanted, until=now() + LEASE / 2, now=now):
            count += 1
    except MailboxError as error:
        logger.warning("mailbox %d: %s", row.pk, error)
    except (DatabaseError, OSError) as error:
        logger.warning("mailbox %d: %s", row.pk, type(error).__name__)
    return count


def _enlist(wanted: dict[tuple[str, str], Account], *, at: datetime) -> None:
    for key, folder in wanted:
        row, _created = Mailbox.objects.get_or_create(account=key, folder=folder)
        if row.next_attempt_at is None:
            row.wait(at=at)
            row.save(update_fields=["attempts", "next_attempt_at", "last_error"])


def _discharge(row: Mailbox) -> None:
    """Let a mailbox rest that is configured no more."""
    row.finish()
    row.unreachable_since = None
    row.save(update_fields=["next_attempt_at", "last_error", "unreachable_since"])


def _read(wanted: Account, *, at: datetime) -> None:
    rows = Mailbox.objects.filter(account=wanted.key, folder=wanted.folder)
    rows.update(checked_at=at, unreachable_since=None, last_error="", attempts=0)
    rows.filter(next_attempt_at__isnull=False).update(next_attempt_at=at + PAUSE)


def _not_read(wanted: Account, error: str, *, at: datetime) -> None:
    row, _created = Mailbox.objects.get_or_create(
        account=wanted.key, folder=wanted.folder
    )
    row.last_error = error[:500]
    row.unreachable_since = row.unreachable_since or at
    if row.next_attempt_at is not None:
        doublings = min(row.attempts, MOST_DOUBLINGS)
        row.next_attempt_at = at + min(BACKOFF * 2**doublings, LONGEST_PAUSE)
    row.save(update_fields=["last_error", "unreachable_since", "next_attempt_at"])
