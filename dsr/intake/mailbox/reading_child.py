"""The child that reads mails: bounded before it reads the first byte of one.

It ends when the process that started it does, because its socket then closes.
"""

import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dsr.intake.mailbox.child_link import ChildLink
from dsr.intake.mailbox.parse import parse
from dsr.intake.mailbox.parsed import Enclosed, ParsedMail


def main() -> None:
    """Read mails from the socket that is the standard input, until it closes.

    The arguments are the most bytes of memory, and of processor time the seconds that
    one mail may take; the kernel kills what takes more.
    """
    bound(int(sys.argv[1]))
    seconds = float(sys.argv[2])
    link = ChildLink()
    link.answer(None)
    for keys, raw in link.mails():
        with _seconds(seconds):
            mail = parse(raw, pgp_keys=keys)
        link.answer(mail)
        if mail.attachments:
            read_enclosed = enclosed_reader()
            with _seconds(seconds):
                found = read_enclosed(mail)
            link.answer(found)


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
