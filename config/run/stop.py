"""`make stop`: ends what `make run` started in this folder."""

import os
import signal
import sys
import time

from config.run.keys import data_dir
from config.run.only_one import holder
from config.run.terminal import complain, say

PATIENCE = 20.0  # seconds; the launcher itself gives its children eight


def main() -> int:
    """Ask the launcher to stop and wait until it has."""
    lock = data_dir(os.environ) / "run" / "lock"
    pid = holder(lock)
    if pid is None:
        say("Nothing runs here.")
        return 0
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while holder(lock) is not None:
        if time.monotonic() > until:
            complain(f"Process {pid} does not stop; end it with: kill -9 {pid}")
            return 1
        time.sleep(0.1)
    say("Stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
