"""A whole running desk: web server, worker, beat and Redis on a database of its own."""

import email
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import TypeVar

from config.run import household
from config.run.keys import ROOT
from config.run.process import Process

FILL = """
import django
from django.core.management import call_command

django.setup()
for command in ("migrate", "demo_company", "demo_staff"):
    call_command(command, verbosity=0)
"""  # in one process: loading the program is most of the time
PATIENCE = 180  # seconds; a busy machine starts slowly
T = TypeVar("T")


@dataclass
class Live:
    """What runs, and how a journey talks to it."""

    data: Path
    environ: dict[str, str]
    url: str
    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def worker(self) -> Process:
        """Return the Celery worker, to be killed and started by a test."""
        return self.processes["worker"]

    def manage(self, *arguments: str) -> str:
        """Run one of our commands to its end; return what it printed."""
        ran = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, f"{arguments[0]}: {ran.stderr}{ran.stdout}"
        return ran.stdout

    def password(self, name: str) -> str:
        """Return a demo login's password."""
        lines = (self.data / "demo-logins.txt").read_text("utf-8").splitlines()
        return {line.split()[0]: line.split()[1] for line in lines}[name]

    def mails(self) -> list[Message]:
        """Return every mail sent so far, oldest first."""
        files = sorted(
            (self.data / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns
        )
        return [email.message_from_bytes(path.read_bytes()) for path in files]

    def mails_to(self, address: str) -> list[Message]:
        """Return the mails to one person, oldest first."""
        return [mail for mail in self.mails() if address in str(mail["To"])]

    def restart_worker(self) -> None:
        """Start the worker again after a test has killed it."""
        self.worker.stop(within=0)
        self.worker.start()


def eventually(look: Callable[[], T | None], *, within: float = 60) -> T:
    """Return what `look` finds, as soon as it finds something."""
    until = time.monotonic() + within
    while not (found := look()):
        assert time.monotonic() < until, f"nothing came within {within:.0f} s"
        time.sleep(0.1)
    return found


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(data: Path, environ: dict[str, str]) -> Iterator[Live]:
    """Run a desk in a folder; `environ` says which database, if not SQLite."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {"DATA_DIR": str(data), "SECRET_KEY": "for tests", "PUBLIC_URL": url}
    settings["REDIS_URL"] = household.redis_url(data)
    settings["DJANGO_SETTINGS_MODULE"] = "config.settings"
    live = Live(data, {**environ, **settings}, url)
    try:
        _start(live, port)
        yield live
    finally:
        for process in reversed(live.processes.values()):
            process.stop(within=8)


def _start(live: Live, port: int) -> None:
    """Fill the database and start everything; return when the web server answers."""
    live.data.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-c", FILL], cwd=ROOT, env=live.environ, check=True)
    redis = household.redis(live.data)
    web = household.web(live.data, live.environ, port=port)
    worker = household.worker(live.data, live.environ)
    beat = household.beat(live.data, live.environ)
    for process in (redis, web, worker, beat):
        live.processes[process.name] = process
        process.start()
    household.wait_for(web, lambda: household.serves(port), within=PATIENCE)
    household.wait_for(worker, lambda: works(worker), within=PATIENCE)


def works(worker: Process) -> bool:
    """Whether a worker said that it waits for tasks."""
    return b" ready." in worker.log.read_bytes()
