"""Reads any mail within bounds: in a child process that may die, and is replaced.

A child is kept for many mails, one at a time; threads that read at once have one each.
No limit of the child counts the time it takes to start.
"""

import atexit
import hashlib
import pickle
import time
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from dsr.intake.mailbox.child import Child, unpickled
from dsr.intake.mailbox.parsed import (
    NOBODY,
    UNREAD,
    Address,
    Attachment,
    Enclosed,
    Forwarded,
    Machine,
    ParsedMail,
    Signature,
)
from dsr.intake.mailbox.wrapped import is_sealed

CHILD = "dsr.intake.mailbox.reading_child"
MEMORY = 200_000_000  # bytes of a child's address space; Python itself takes 25 MB
SECONDS = 1.0  # of processor time, for a mail, and as much for its files
CLOCK_SECONDS = 6.0  # for one mail, however busy the machine is
START_SECONDS = 30.0  # for a child to start on a busy machine
MAILS = 1_000  # of one child
TOO_MUCH_INSIDE = "encrypted: what is inside is too large, or takes too long to read"
HEADERS_READ = 64_000  # bytes of a mail whose whole was too much
FACTS: tuple[type, ...] = (Address, Attachment, Enclosed, Forwarded)
FACTS += (Machine, ParsedMail, Signature, datetime, timedelta, timezone)
KNOWN = {(kind.__module__, kind.__name__): kind for kind in FACTS}


class LostChildError(Exception):
    """The child died, or took longer than it may."""


def read(raw: bytes, pgp_keys: bytes = b"") -> ParsedMail:
    """Read one message; whatever its bytes do to the reader, a mail is returned.

    When reading it whole fails, the headers are tried alone; `problems` says so, and
    `is_unread` is true. What is encrypted is read a second time with `pgp_keys` (see
    `pgp`); no other mail comes near them. Only a machine that can start no process
    makes this raise.
    """
    for part in (raw, raw[:HEADERS_READ].partition(b"\n\r\n")[0].partition(b"\n\n")[0]):
        try:
            mail = _read_once(part)
        except LostChildError:
            continue
        if part is not raw:
            return _headers_of(mail, raw)
        return _decrypted(mail, raw, pgp_keys) if pgp_keys else mail
    return _nothing_of(raw)


def _decrypted(mail: ParsedMail, raw: bytes, pgp_keys: bytes) -> ParsedMail:
    """Read what is encrypted again with the keys; the inside may break the reader."""
    files = mail.attachments
    if not mail.encrypted and not any(is_sealed(x.filename, x.content) for x in files):
        return mail
    try:
        return _read_once(raw, pgp_keys)
    except LostChildError:
        return replace(mail, problems=(TOO_MUCH_INSIDE, *mail.problems))


def _read_once(raw: bytes, pgp_keys: bytes = b"") -> ParsedMail:
    child = _living_child()
    try:
        mail = child.read(raw, pgp_keys)
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        child.kill()
        raise LostChildError from error
    if child.lives and child.mails < MAILS:
        _idle.append(child)
    else:
        child.kill()
    return mail


def _living_child() -> "_Child":
    """Give an idle child that still lives, or a new one."""
    while _idle:
        with suppress(IndexError):  # another thread took the last one
            child = _idle.pop()
            if child.lives:
                return child
            child.kill()
    return _Child()


class _Child(Child):
    """A process that reads one mail after another."""

    def __init__(self) -> None:
        super().__init__(CHILD, str(MEMORY), str(SECONDS))
        self.mails = 0
        try:
            self.take(time.monotonic() + START_SECONDS)
        except OSError:
            self.kill()
            raise

    def read(self, raw: bytes, pgp_keys: bytes) -> ParsedMail:
        """Raise OSError or EOFError when the child dies or the time is over."""
        self.mails += 1
        deadline = time.monotonic() + CLOCK_SECONDS
        self.send(pgp_keys, raw, seconds=CLOCK_SECONDS)
        mail: ParsedMail = unpickled(self.take(deadline), KNOWN)
        if not mail.attachments:
            return mail
        return mail.enclosing(self._read_enclosed(mail, deadline))

    def _read_enclosed(self, mail: ParsedMail, deadline: float) -> Enclosed:
        """Take the words of the files; if they cost the child's life, none."""
        try:
            found: Enclosed = unpickled(self.take(deadline), KNOWN)
        except OSError:
            self.kill()
            nothing = ("",) * len(mail.attachments)
            return Enclosed(nothing, ("files too much to read: they were not read",))
        return found


def _headers_of(mail: ParsedMail, raw: bytes) -> ParsedMail:
    """Keep what the headers said of a mail that was too much to read whole."""
    problem = f"{UNREAD}: too slow or too large; only its headers are known"
    return replace(
        mail,
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        text="",
        problems=(problem, *mail.problems),
    )


def _nothing_of(raw: bytes) -> ParsedMail:
    return ParsedMail(
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        message_id="",
        in_reply_to=(),
        references=(),
        sender=NOBODY,
        reply_to=NOBODY,
        to=(),
        cc=(),
        subject="",
        date=None,
        received_at=None,
        content_type="",
        machine=Machine(),
        text="",
        quoted="",
        footer="",
        forwarded=None,
        attachments=(),
        encrypted=False,
        calendar=False,
        problems=(f"{UNREAD}: too slow or too large, even its headers",),
    )


_idle: list[_Child] = []


def _end() -> None:
    while _idle:
        with suppress(OSError):
            _idle.pop().kill()


atexit.register(_end)
