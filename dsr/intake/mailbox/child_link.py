"""The child's end of the socket: the mails that come, and the answers that go."""

import os
import pickle
import socket
import sys
from collections.abc import Iterator

SMALL = 100_000  # bytes; a piece that is sent together with its length
LENGTH = 8  # bytes before each piece that say how long it is


class ChildLink:
    """A file to pickle into: each write is one piece, so that nothing is copied."""

    def __init__(self) -> None:
        """Take the socket that is the standard input."""
        self.link = socket.socket(fileno=os.dup(sys.stdin.fileno()))

    def mails(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield each mail that comes, until the socket closes; the keys are first."""
        with self.link.makefile("rb") as coming:
            while head := coming.read(LENGTH):
                keys = coming.read(int.from_bytes(head))
                yield keys, coming.read(int.from_bytes(coming.read(LENGTH)))

    def write(self, piece: "bytes | memoryview") -> int:
        """Send one piece."""
        size = memoryview(piece).nbytes
        if size < SMALL:
            self.link.sendall(size.to_bytes(LENGTH) + piece)
        else:
            self.link.sendall(size.to_bytes(LENGTH))
            self.link.sendall(piece)
        return size

    def answer(self, what: object) -> None:
        """Send an answer; an empty piece ends it."""
        pickle.dump(what, self, protocol=pickle.HIGHEST_PROTOCOL)
        self.link.sendall(bytes(LENGTH))
