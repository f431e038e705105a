"""What the launcher says: one line a step, with the time it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

STEPS = 6  # three of setup.sh, three of whoever follows it


@contextmanager
def step(number: int, name: str) -> Iterator[None]:
    """Print `[4/6] Database … 2 s` around what is done meanwhile."""
    began = time.monotonic()
    _write(sys.stdout, f"[{number}/{STEPS}] {name} …")
    try:
        yield
    except BaseException:
        _write(sys.stdout, " failed\n")
        raise
    _write(sys.stdout, f" {time.monotonic() - began:.0f} s\n")


def say(text: str) -> None:
    """Print a line at once, even into a pipe."""
    _write(sys.stdout, f"{text}\n")


def complain(text: str) -> None:
    """Print a line where errors go."""
    _write(sys.stderr, f"{text}\n")


def _write(stream: TextIO, text: str) -> None:
    """Write and flush; who no longer reads us must not keep us from stopping."""
    with suppress(BrokenPipeError):
        stream.write(text)
        stream.flush()
