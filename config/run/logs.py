"""Follows the children's logs and picks out what a person should see."""

import re
from dataclasses import dataclass
from pathlib import Path

# Our own log lines, gunicorn's and Celery's; and what ends a Python traceback.
TROUBLE = re.compile(r"\b(ERROR|CRITICAL)\b|^[A-Za-z_.]*(Error|Exception)\b:?")


@dataclass
class Follower:
    """Reads a log from where it stood when we began to look."""

    path: Path
    position: int = 0

    def __post_init__(self) -> None:
        """Begin at the end: older trouble was told when it happened."""
        self.position = self.path.stat().st_size if self.path.exists() else 0

    def trouble(self) -> list[str]:
        """Return the new lines that tell of an error."""
        if not self.path.exists():
            return []
        if self.path.stat().st_size < self.position:
            self.position = 0  # it was put aside and begun anew
        with self.path.open("rb") as log:
            log.seek(self.position)
            fresh = log.read()
            whole = fresh.rfind(b"\n") + 1  # the rest is still being written
            self.position += whole
        lines = fresh[:whole].decode("utf-8", "replace").splitlines()
        return list(dict.fromkeys(line for line in lines if TROUBLE.search(line)))
