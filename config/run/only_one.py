"""One launcher a data folder: refuses a second one, and finds the first."""

import fcntl
import os
from pathlib import Path
from typing import IO


class AlreadyRunningError(Exception):
    """Another launcher holds this folder."""


def hold(path: Path) -> IO[str]:
    """Hold the lock file until the returned file is closed or we end, however we end.

    Raises AlreadyRunningError with the other's process id.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.open("a+", encoding="ascii")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.seek(0)
        other = held.read().strip() or "unknown"
        held.close()
        raise AlreadyRunningError(
            f"Rightsdesk already runs in this folder (process {other}); "
            "stop it with Ctrl-C where it was started, or with `make stop`."
        ) from None
    held.truncate(0)
    held.write(f"{os.getpid()}\n")
    held.flush()
    return held


def holder(path: Path) -> int | None:
    """Return the process id of who holds the lock file, or None."""
    if not path.exists():
        return None
    with path.open("r", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(lock.read())
    return None
