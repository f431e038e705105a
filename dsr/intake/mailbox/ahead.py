"""Looks at the next mail while the present one is committed: in a second process.

It says what `read` and `classify` say here. Where it does not, since it has only just
been started or has died, they are asked here: no mail waits for it, or is lost by it.
"""

import atexit
import pickle
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple, TypeVar

from dsr.intake.mailbox.child import Child, unpickled
from dsr.intake.mailbox.classify import Classification, Evidence
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.intake.mailbox.reading import KNOWN, read

CHILD = "dsr.intake.mailbox.ahead_child"
SECONDS = 30.0  # for one mail; its own child may need three turns to read it
FOUND: tuple[type, ...] = (Classification, Evidence)
TYPES = KNOWN | {(kind.__module__, kind.__name__): kind for kind in FOUND}
Item = TypeVar("Item")


class Looked(NamedTuple):
    """A mail, and what it is; `found` is None where nobody has said it yet."""

    mail: ParsedMail
    found: Classification | None


class Begun:
    """A mail that the second process is looking at, if that is there."""

    def __init__(self, raw: bytes, pgp_keys: bytes = b"") -> None:
        """Hand the mail over; `looked` takes the answer, or `drop` wants none."""
        self.raw, self._keys = raw, pgp_keys
        self._child = _waiting_child()
        if self._child is not None:
            try:
                self._child.send(pgp_keys, raw, seconds=SECONDS)
            except OSError:
                self.drop()

    def looked(self) -> Looked:
        """Return the mail, and what it is if the second process has said it."""
        child, self._child = self._child, None
        if child is not None:
            try:
                answer = unpickled(child.take(time.monotonic() + SECONDS), TYPES)
            except (OSError, EOFError, pickle.UnpicklingError):
                child.kill()
            else:
                _idle.append(child)
                return Looked(*answer)
        return Looked(read(self.raw, self._keys), None)

    def drop(self) -> None:
        """End what looks at it, if nobody took the answer."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()


def one_ahead(
    items: Iterable[Item], begin: Callable[[Item], Begun | None]
) -> Iterator[tuple[Item, Begun | None]]:
    """Yield each item with its mail, which was begun before the item before it came.

    The first comes without. What goes wrong as the next is looked for is raised in its
    turn, when the present one is done.
    """
    coming = iter(items)
    present = list(islice(coming, 1))
    ready: Begun | None = None
    begun: Begun | None = None
    try:
        while present:
            failure: Exception | None = None
            try:
                following = list(islice(coming, 1))
                begun = begin(following[0]) if following else None
            except Exception as error:  # noqa: BLE001  # raised in its turn
                following, failure = [], error
            yield present[0], ready
            _drop(ready)
            if failure is not None:
                raise failure
            present, ready, begun = following, begun, None
    finally:
        _drop(ready)
        _drop(begun)


def _drop(begun: Begun | None) -> None:
    if begun is not None:
        begun.drop()


class _Looker(Child):
    """A process that reads and classifies one mail after another."""

    def __init__(self) -> None:
        super().__init__(CHILD)
        self._has_started = False

    def is_ready(self) -> bool:
        """Whether it has loaded all it needs."""
        if not self._has_started and self.answers_within(0):
            self.take(time.monotonic() + 1)
            self._has_started = True
        return self._has_started


def _waiting_child() -> _Looker | None:
    """Give the second process if it waits for a mail; if there is none, start it."""
    with suppress(IndexError, OSError):  # another thread's, or it could not start
        child = _idle.pop()
        if child.lives and child.is_ready():
            return child
        if child.lives:
            _idle.append(child)
            return None
        child.kill()
    _idle.append(_Looker())
    return None


_idle: list[_Looker] = []


def _end() -> None:
    while _idle:
        _idle.pop().kill()


atexit.register(_end)
