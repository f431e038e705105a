"""A process of our own that answers over a socket, and ends when it is closed.

What goes either way is pieces of bytes, each behind its length.
"""

import io
import os
import pickle
import select
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import WeakSet

ROOT = Path(__file__).resolve().parents[3]
LENGTH = 8  # bytes before each piece that say how long it is
Known = Mapping[tuple[str, str], type]


class Child:
    """A process that runs a module; its first answer says that it has started."""

    def __init__(self, module: str, *arguments: str) -> None:
        """Start it; it is not waited for."""
        self.link, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-s", "-m", module, *arguments],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={},
            )
        _children.add(self)

    @property
    def lives(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def answers_within(self, milliseconds: int) -> bool:
        """Whether an answer, or its end, is there to be taken by then."""
        poll = select.poll()
        poll.register(self.link, select.POLLIN)
        return bool(poll.poll(milliseconds))

    def send(self, *pieces: bytes, seconds: float) -> None:
        """Raise OSError when it dies, or does not take them in time."""
        self.link.settimeout(seconds)
        for piece in pieces:
            self.link.sendall(len(piece).to_bytes(LENGTH) + piece)

    def take(self, deadline: float) -> bytes:
        """Take pieces until an empty one ends them; raise OSError as `send` does."""
        pieces = []
        while length := int.from_bytes(self._exactly(LENGTH, deadline)):
            pieces.append(self._exactly(length, deadline))
        return b"".join(pieces)

    def _exactly(self, size: int, deadline: float) -> bytes:
        found = bytearray()
        while len(found) < size:
            self.link.settimeout(max(0.001, deadline - time.monotonic()))
            piece = self.link.recv(min(size - len(found), 1_000_000))
            if not piece:
                raise ConnectionResetError
            found += piece
        return bytes(found)

    def kill(self) -> None:
        """End it, whatever it does."""
        self.link.close()
        self.process.kill()
        self.process.wait()


class _Unpickler(pickle.Unpickler):
    """Knows some types and nothing that could act."""

    def __init__(self, content: bytes, known: Known) -> None:
        super().__init__(io.BytesIO(content))
        self.known = known

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self.known:
            raise pickle.UnpicklingError(name)
        return self.known[module, name]


def unpickled(content: bytes, known: Known) -> Any:
    """Return what a child sent; it holds the known types and nothing else."""
    return _Unpickler(content, known).load()


_children: WeakSet[Child] = WeakSet()


def _leave() -> None:
    """Leave the children to the process that started them, after a fork."""
    for child in _children:
        child.link.close()
        child.process.returncode = 0


os.register_at_fork(after_in_child=_leave)
