"""The child that reads mails: bounded before it reads the first byte of one.

It ends when the process that started it does, because its socket then closes.
"""

import os
import pickle
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dsr.intake.mailbox.parse import parse
from dsr.intake.mailbox.parsed import Enclosed, ParsedMail

SMALL = 100_000  # bytes; a piece that is sent together with its length
LENGTH = 8  # bytes before each piece that say how long it is


class _Pieces:
    """A file to pickle into: each write is one piece, so that nothing is copied."""

    def __init__(self, link: socket.socket) -> None:
        self.link = link

    def write(self, piece: "bytes | memoryview") -> int:
        size = memoryview(piece).nbytes
        if size < SMALL:
            self.link.sendall(size.to_bytes(LENGTH) + piece)
        else:
            self.link.sendall(size.to_bytes(LENGTH))
            self.link.sendall(piece)
        return size

    def send(self, what: object) -> None:
        pickle.dump(what, self, protocol=pickle.HIGHEST_PROTOCOL)
        self.link.sendall(bytes(LENGTH))


def main() -> None:
    """Read mails from the socket that is the standard input, until it closes.

    The arguments are the most bytes of memory, and of processor time the seconds that
    one mail may take; the kernel kills what takes more.
    """
    bound(int(sys.argv[1]))
    seconds = float(sys.argv[2])
    link = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    pieces = _Pieces(link)
    pieces.send(None)
    with link.makefile("rb") as mails:
        while head := mails.read(LENGTH):
            keys = mails.read(int.from_bytes(head))
            raw = mails.read(int.from_bytes(mails.read(LENGTH)))
            with _seconds(seconds):
                mail = parse(raw, pgp_keys=keys)
            pieces.send(mail)
            if mail.attachments:
                read_enclosed = enclosed_reader()
                with _seconds(seconds):
                    found = read_enclosed(mail)
                pieces.send(found)


def bound(memory: int) -> None:
    """Limit this process for good: memory; no file is written, no dump is left."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def _seconds(seconds: float) -> Iterator[None]:
    """Let the kernel kill this process after so much processor time."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)


def enclosed_reader() -> Callable[[ParsedMail], Enclosed]:
    """Load what reads files: it takes long, so only when there is one to read."""
    from dsr.intake.mailbox.enclosed.reader import read_enclosed  # noqa: PLC0415

    return read_enclosed


if __name__ == "__main__":
    main()
