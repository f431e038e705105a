"""What an IMAP folder and a Maildir have in common for whoever takes mails in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Found:
    """A message that lies in a folder: its name there, its bytes, when it came."""

    uid: str
    size: int
    received_at: datetime | None


class Folder(Protocol):
    """Messages that can be listed, read and marked, and are never deleted."""

    validity: int

    def waiting(self, done_to: int) -> Iterator[Found]:
        """Yield the messages with a number above `done_to`, the oldest first."""

    def read(self, uid: str, most: int) -> bytes | None:
        """Return at most so many bytes of a message, or None if it is gone."""

    def mark(self, uids: Sequence[str]) -> None:
        """Mark messages as taken in; one that is gone is none of our business."""

    def wait(self) -> None:
        """Wait until the server tells of something new, or it is time to look."""

    def last(self, found: Found) -> int:
        """Return up to which number all is done when this message is; 0 if none."""
