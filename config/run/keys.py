"""The secrets of this machine: made at the first command, kept in `DATA_DIR/env`."""

import os
import secrets
import sys
from collections.abc import MutableMapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HEAD = "# Made by the first command on this machine. Keep it private, and keep it.\n"


def data_dir(environ: MutableMapping[str, str]) -> Path:
    """Return the folder where this installation keeps everything it makes."""
    return Path(environ.get("DATA_DIR") or ROOT / "var")


def load_keys(environ: MutableMapping[str, str] = os.environ) -> None:
    """Set SECRET_KEY from `DATA_DIR/env`, and make that file when there is none.

    A SECRET_KEY (or SECRET_KEY_FILE) in the environment wins, and then no file is
    read or made. Leaves with one sentence when the file cannot be read or made.
    """
    if environ.get("SECRET_KEY") or environ.get("SECRET_KEY_FILE"):
        return
    path = data_dir(environ) / "env"
    try:
        if not path.exists():
            _make(path)
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        sys.exit(f"{path} cannot be read or made ({error.strerror}); set SECRET_KEY")
    for line in lines:
        name, equals, value = line.partition("=")
        if equals and not name.startswith("#"):
            environ.setdefault(name.strip(), value.strip())


def _make(path: Path) -> None:
    """Write the file whole or not at all; of two who try at once, one wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"env.{os.getpid()}")
    draft.touch(mode=0o600, exist_ok=True)
    draft.write_text(f"{HEAD}SECRET_KEY={secrets.token_urlsafe(50)}\n", "utf-8")
    if not path.exists():
        draft.rename(path)
    draft.unlink(missing_ok=True)
