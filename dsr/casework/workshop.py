"""Where a search writes what it finds until all of it is there.

Each ticket has a folder of its own beside the files, which outlives a killed worker:
who searches again goes on from what lies there. One worker at a time has it.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

ABANDONED = timedelta(hours=1)  # what is older says nothing of today's data


@contextmanager
def workshop(ticket_id: int, *, at: datetime) -> Iterator[Path | None]:
    """Hold a ticket's folder; None while another worker does.

    It is thrown away at the end, unless we were killed or something broke.
    """
    unfinished = Path(settings.MEDIA_ROOT) / "unfinished"
    unfinished.mkdir(parents=True, exist_ok=True)
    for left in [path for path in unfinished.iterdir() if path.is_dir()]:
        _sweep(left, at)
    folder = unfinished / f"search-{ticket_id}"
    with _held(folder) as is_held:
        if not is_held:
            yield None
            return
        folder.mkdir(exist_ok=True)
        yield folder
        shutil.rmtree(folder)


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Lock a folder as long as this process lives; False where another has it."""
    lock = folder.with_suffix(".lock")
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = os.path.samestat(os.fstat(file.fileno()), lock.stat())
        except (BlockingIOError, FileNotFoundError):
            is_ours = False  # another has it, or has just let go of it
        yield is_ours
        if is_ours:
            lock.unlink()


def _sweep(folder: Path, at: datetime) -> None:
    """Throw away what a killed worker left, once nobody will go on with it."""
    touched = max(path.stat().st_mtime for path in (folder, *folder.iterdir()))
    if touched < (at - ABANDONED).timestamp():
        with _held(folder) as is_held:
            if is_held:
                shutil.rmtree(folder, ignore_errors=True)
