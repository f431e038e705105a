"""A connection that breaks where a test wants it: between a client and its server."""

import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

TICK = 0.2  # seconds between two looks whether the test is over


@dataclass
class Cut:
    """Where to break: at a command, told by its number or by a word in it.

    `answered`: 0, the command never reaches the server; else so many bytes of the
    answer come back. With `stalls` nothing more is said, and nothing is closed.
    It breaks once; who connects again is served.
    """

    at: int | bytes
    answered: int = 0
    stalls: bool = False
    commands: list[bytes] = field(default_factory=list)
    reached: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)

    def again(self, at: int | bytes) -> None:
        """Break once more, elsewhere, before anything of the answer."""
        self.at, self.answered = at, 0
        self.reached.clear()


@contextmanager
def cutting(server_port: int, cut: Cut) -> Iterator[int]:
    """Listen in front of a server; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(TICK)
        thread = Thread(target=_serve, args=(listener, server_port, cut))
        thread.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            cut.over.set()
            thread.join()


def _serve(listener: socket.socket, port: int, cut: Cut) -> None:
    """Serve everyone who connects, side by side, until the test is over."""
    threads = []
    while not cut.over.is_set():
        with suppress(TimeoutError):
            client, _address = listener.accept()
            threads.append(Thread(target=_between, args=(client, port, cut)))
            threads[-1].start()
    for thread in threads:
        thread.join()


def _between(client: socket.socket, port: int, cut: Cut) -> None:
    server = socket.create_connection(("127.0.0.1", port))
    with client, server, suppress(OSError):
        _pass_on(client, server, cut)


def _pass_on(client: socket.socket, server: socket.socket, cut: Cut) -> None:
    """Pass on what both say, until it is cut, one of them ends, or the test is over."""
    left = None
    while left != 0 and not cut.over.is_set():
        ready, _writable, _broken = select.select([client, server], [], [], TICK)
        if client in ready:
            line = client.recv(65_536)
            left = _left(cut, line, left)
            if not line or left == 0:
                break
            server.sendall(line)
        if server in ready:
            told = server.recv(65_536)[:left]
            if not told:
                break
            client.sendall(told)
            left = None if left is None else left - len(told)
    while cut.stalls and left == 0 and not cut.over.is_set():
        ready, _writable, _broken = select.select([client], [], [], TICK)
        if ready and not client.recv(65_536):
            break


def _left(cut: Cut, line: bytes, left: int | None) -> int | None:
    """Return how many bytes of answers are still to be passed on; None: all."""
    cut.commands.append(line)
    here = cut.at in line if isinstance(cut.at, bytes) else len(cut.commands) == cut.at
    if cut.reached.is_set() or not here:
        return left
    cut.reached.set()
    return cut.answered
