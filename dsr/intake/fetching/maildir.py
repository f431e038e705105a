"""A Maildir, read as its mail server fills it: nothing is ever deleted.

https://cr.yp.to/proto/maildir.html; a message taken in lies in `cur` with the flag S.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

from dsr.intake.fetching.account import Account, MailboxError
from dsr.intake.fetching.folder import Found

SEEN = "S"
PAUSE = 30.0  # seconds between two looks


class Maildir:
    """The folders `new` and `cur`. A message is known by its name without flags."""

    validity = 0

    def __init__(self, account: Account) -> None:
        """Take a Maildir; raises MailboxError where there is none."""
        self._path = Path(account.folder)
        if not (self._path / "new").is_dir() or not (self._path / "cur").is_dir():
            raise MailboxError(
                f"{self._path} is no Maildir; name a folder that holds new and cur."
            )
        self._known: dict[str, Path] = {}

    def waiting(self, done_to: int) -> Iterator[Found]:
        """Yield the messages, the oldest first; when one came its file says.

        So does a mail server that shows the same folder by IMAP.
        """
        found = []
        self._known = self._files()
        for uid, path in self._known.items():
            with suppress(FileNotFoundError):  # moved since
                told = path.stat()
                found.append((told.st_mtime, uid, told.st_size))
        for came, uid, size in sorted(found):
            yield Found(uid, size, datetime.fromtimestamp(came, UTC))

    def read(self, uid: str, most: int) -> bytes | None:
        """Return at most so many bytes of a message, or None if it is gone."""
        path = self._where(uid)
        if path is None:
            return None
        try:
            with path.open("rb") as file:
                return file.read(most)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise MailboxError(f"{path} cannot be read ({error.strerror}).") from error

    def mark(self, uids: Sequence[str]) -> None:
        """Move messages to `cur` with the flag S; flags of others stay."""
        for uid in uids:
            path = self._where(uid)
            if path is None:
                continue
            flags = path.name.partition(":2,")[2]
            wanted = "".join(sorted({*flags, SEEN}))
            with suppress(FileNotFoundError):
                path.rename(self._path / "cur" / f"{_name(path.name)}:2,{wanted}")

    def wait(self) -> None:
        """Wait until it is time to look again."""
        sleep(PAUSE)

    def last(self, found: Found) -> int:
        """Return 0: names have no order."""
        return 0

    def _where(self, uid: str) -> Path | None:
        """Return where a message lies now: whoever reads it may have moved it."""
        path = self._known.get(uid)
        if path is None or not path.exists():
            self._known = self._files()
        return self._known.get(uid)

    def _files(self) -> dict[str, Path]:
        try:
            return {
                _unique(entry.name): Path(entry.path)
                for folder in ("new", "cur")
                for entry in os.scandir(self._path / folder)
                if not entry.name.startswith(".") and entry.is_file()
            }
        except OSError as error:
            raise MailboxError(
                f"{self._path} cannot be read ({error.strerror})."
            ) from error


def _name(name: str) -> str:
    return name.partition(":")[0]


def _unique(name: str) -> str:
    """Return the name without flags; a sign that is no text is written as its bytes."""
    return os.fsencode(_name(name)).decode("utf-8", "backslashreplace")[:255]
