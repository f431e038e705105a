"""One folder of an IMAP account, read without a mark left before its mails are safe.

RFC 3501; XOAUTH2 as Google and Microsoft take it; RFC 6851 (MOVE); RFC 2177 (IDLE).
"""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import sleep
from typing import Any

from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted, U
from imap_tools.errors import (
    ImapToolsError,
    MailboxFolderSelectError,
    MailboxLoginError,
)
from imap_tools.utils import encode_folder

from dsr.intake.fetching.account import Account, MailboxError
from dsr.intake.fetching.folder import Found

PATIENCE = 30.0  # seconds without a byte from the server
PAUSE = 60.0  # seconds between two looks at a server without IDLE
LONGEST_IDLE = 300.0  # seconds; RFC 2177 allows 29 minutes
AT_ONCE = 200  # messages whose size and date are asked for in one command
BROKEN = (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError)
# The first that fits; an authentication's refusal and the library's are told alike.
SENTENCES: dict[type[Exception], str] = {
    ssl.SSLCertVerificationError: (
        "the certificate of {host} is not trusted ({why}); name the file of its "
        "authority with ca=."
    ),
    MailboxLoginError: (
        "the server refuses the login; check the user and the password or token."
    ),
    MailboxFolderSelectError: "there is no folder {folder!r} that may be opened.",
    imaplib.IMAP4.readonly: "{folder!r} may only be read; let this user mark messages.",
    imaplib.IMAP4.abort: "the connection ended; the next run goes on.",
    OSError: "{host}:{port} is not reachable ({why}); check the address, or wait.",
}
UID = re.compile(rb"\bUID (\d+)")
SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
DATE = re.compile(rb'\bINTERNALDATE "([^"]+)"')


@contextmanager
def opened(account: Account) -> Iterator["ImapFolder"]:
    """Log in and open the folder; log out at the end, come what may.

    Raises MailboxError: nobody answers, the certificate is not trusted, the login is
    refused, there is no such folder, or the connection ended.
    """
    credential = account.credential()
    with _speaking(account):
        box = _connected(account)
    try:
        with _speaking(account):
            _log_in(box, account, credential)
            box.folder.set(account.folder)
            folder = ImapFolder(box, account)
        yield folder
    finally:
        with suppress(*BROKEN):
            box.logout()
        with suppress(OSError):
            box.client.shutdown()  # the library does not when the logout failed


@contextmanager
def _speaking(account: Account) -> Iterator[None]:
    """Say in one sentence what went wrong while the server was spoken to."""
    try:
        yield
    except BROKEN as error:
        raise MailboxError(f"{account.key}: {_sentence(account, error)}") from error


def _sentence(account: Account, error: Exception) -> str:
    fitting = (text for kind, text in SENTENCES.items() if isinstance(error, kind))
    sentence = next(fitting, "the server does not do as asked ({kind}).")
    told = getattr(error, "verify_message", "") or getattr(error, "strerror", "")
    return sentence.format(
        host=account.host,
        port=account.port,
        folder=account.folder,
        why=told or str(error) or "no answer in time",
        kind=type(error).__name__,
    )


def _connected(account: Account) -> BaseMailBox:
    host, port = account.host, account.port
    if account.scheme == "imap" and not account.starttls:
        return MailBoxUnencrypted(host, port, timeout=PATIENCE)
    trust = ssl.create_default_context(cafile=account.ca or None)
    if account.starttls:
        return MailBoxStartTls(host, port, timeout=PATIENCE, ssl_context=trust)
    return MailBox(host, port, timeout=PATIENCE, ssl_context=trust)


def _log_in(box: BaseMailBox, account: Account, credential: str) -> None:
    login = box.xoauth2 if account.secret[0].startswith("token") else box.login
    if login == box.login and not (account.user + credential).isascii():
        login = box.login_utf8
    try:
        login(account.user, credential, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:  # the library says so only of LOGIN
        raise MailboxLoginError(("NO", []), "OK") from error


def _instant(written: bytes) -> datetime | None:
    """Read an INTERNALDATE such as `17-Jul-1996 02:44:25 -0700`."""
    try:
        instant = parsedate_to_datetime(written.decode("ascii").strip())
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


class ImapFolder:
    """A folder that is open; every method may raise MailboxError."""

    def __init__(self, box: BaseMailBox, account: Account) -> None:
        """Take a mailbox whose folder was opened."""
        self._box, self._account = box, account
        _name, found = box.client.response("UIDVALIDITY")
        if not found or not found[0]:
            raise MailboxError(f"{account.key}: the server gives no UIDVALIDITY.")
        self.validity = int(found[0])
        # What the library remembers is what was offered before the login.
        _status, offered = box.client.capability()
        self._offers = set(b" ".join(offered).decode("ascii").upper().split())

    def waiting(self, done_to: int) -> Iterator[Found]:
        """Yield the messages with a number above `done_to`, the oldest first."""
        # "n:*" always holds the last message, even if its number is below n.
        given: dict[str, Any] = {"uid": U(str(done_to + 1), "*")}
        if self._account.since:
            given["date_gte"] = self._account.since
        with _speaking(self._account):
            uids = sorted(int(uid) for uid in self._box.uids(AND(**given), None))
        new = [uid for uid in uids if uid > done_to]
        for first in range(0, len(new), AT_ONCE):
            yield from self._look(new[first : first + AT_ONCE])

    def _look(self, uids: list[int]) -> Iterator[Found]:
        asked = "(UID RFC822.SIZE INTERNALDATE)"
        told = {}
        for line in self._fetch(",".join(map(str, uids)), asked):
            head = line[0] if isinstance(line, tuple) else line
            uid, size, date = UID.search(head), SIZE.search(head), DATE.search(head)
            if uid and size and date:  # else news of another message
                number = int(uid[1])
                told[number] = Found(str(number), int(size[1]), _instant(date[1]))
        yield from (told[uid] for uid in uids if uid in told)

    def read(self, uid: str, most: int) -> bytes | None:
        """Return at most so many bytes of a message, or None if it is gone."""
        lines = self._fetch(uid, f"(UID BODY.PEEK[]<0.{most}>)")
        bodies = [line[1] for line in lines if isinstance(line, tuple)]
        if bodies:
            return bytes(bodies[0])
        if any(b"BODY[]" in line for line in lines if isinstance(line, bytes)):
            raise MailboxError(f"{self._account.key}: message {uid} was not given.")
        return None

    def _fetch(self, uids: str, asked: str) -> list[Any]:
        with _speaking(self._account):
            status, lines = self._box.client.uid("FETCH", uids, asked)
        self._agreed(status, f"give {asked}")
        return [line for line in lines if line]

    def mark(self, uids: Sequence[str]) -> None:
        """Mark messages as read, or move them.

        The library's `flag` and `move` would expunge what others marked as deleted.
        """
        if not uids:
            return
        client, numbers = self._box.client, ",".join(uids)
        with _speaking(self._account):
            if not self._account.move:
                status, _told = client.uid(
                    "STORE", numbers, "+FLAGS.SILENT", r"(\Seen)"
                )
                self._agreed(status, "mark a message as read")
                return
            if "MOVE" not in self._offers:
                raise MailboxError(
                    f"{self._account.key}: the server cannot move (RFC 6851); "
                    "leave move= out."
                )
            target = encode_folder(self._account.move)
            status, _told = client.uid("MOVE", numbers, target.decode("ascii"))
            self._agreed(status, f"move into {self._account.move!r}; is there one?")

    def last(self, found: Found) -> int:
        """Return up to which number all is done when this message is."""
        return int(found.uid)

    def wait(self) -> None:
        """Wait until the server tells of something, if it can, or it is time to look.

        News that came with the answer to another command are not told twice, so even
        with IDLE we look now and then.
        """
        if "IDLE" not in self._offers:
            sleep(PAUSE)
            return
        with _speaking(self._account):
            self._box.idle.wait(timeout=LONGEST_IDLE)

    def _agreed(self, status: str, what: str) -> None:
        if status != "OK":
            raise MailboxError(f"{self._account.key}: the server does not {what}")
