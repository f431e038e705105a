"""`make run`: database, demo data, then portal, desk and worker until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from config.run import household
from config.run.keys import ROOT, data_dir, load_keys
from config.run.logs import Follower
from config.run.only_one import AlreadyRunningError, hold
from config.run.process import Process
from config.run.terminal import complain, say, step

PATIENCE = 8.0  # seconds that a child gets to stop by itself
READY_WITHIN = 60.0  # seconds; the first start compiles every module


class CannotRunError(Exception):
    """Something in the way of running; the sentence says what would help."""


class Desk:
    """Everything that runs on this machine, together."""

    def __init__(self, data: Path, environ: dict[str, str]) -> None:
        """Take the settings; start nothing yet."""
        self.data = data
        self.environ = environ
        self.port = _port(environ)
        self.processes: list[Process] = []
        self.stop_asked: float | None = None

    def prepare(self) -> None:
        """Bring the database up to date and, the first time, fill it for the demo."""
        with step(4, "Database"):
            self.manage("migrate", "--verbosity", "0")
        with step(5, "Demo company"):
            if not (self.data / "demo/systems.toml").exists():
                self.manage("demo_company")
            if not (self.data / "demo-logins.txt").exists():
                self.manage("demo_staff")

    def manage(self, *arguments: str) -> None:
        """Run one of our commands to its end."""
        command = [sys.executable, "manage.py", *arguments]
        ran = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            said = ran.stderr.strip() or ran.stdout.strip()
            raise CannotRunError(f"manage.py {arguments[0]} failed:\n{said}")

    def start(self) -> None:
        """Start Redis (unless one is given), web server and worker; wait for them."""
        with step(6, "Services"):
            if "REDIS_URL" not in self.environ and "REDIS_URL_FILE" not in self.environ:
                self._start_redis()
            web = household.web(self.data, self.environ, port=self.port)
            worker = household.worker(self.data, self.environ)
            beat = household.beat(self.data, self.environ)
            for process in (web, worker, beat):
                self.processes.append(process)
                process.start()
            household.wait_for(
                web, lambda: household.serves(self.port), within=READY_WITHIN
            )

    def _start_redis(self) -> None:
        """Start the private Redis and tell the others where it is."""
        redis = household.redis(self.data)
        self.processes.append(redis)
        redis.start()
        sock = str(household.redis_socket(self.data))
        household.wait_for(redis, lambda: household.listens(sock), within=10)
        self.environ["REDIS_URL"] = household.redis_url(self.data)

    def watch(self) -> None:
        """Look after the children until somebody asks us to stop."""
        followers = [(p.name, Follower(p.log)) for p in self.processes]
        while self.stop_asked is None:
            for process in self.processes:
                news = process.tend()
                if news:
                    complain(news)
            for name, follower in followers:
                for line in follower.trouble():
                    complain(f"{name}: {line}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop all, those who need Redis before Redis."""
        for process in self.processes:
            if process.name != "redis":
                process.ask_to_stop()
        until = time.monotonic() + PATIENCE
        for process in reversed(self.processes):
            process.stop(within=max(until - time.monotonic(), 0.5))

    def on_signal(self, number: int, frame: object) -> None:
        """Stop once in order; asked again after a second, stop at once.

        One Ctrl-C may come twice, from the terminal and from make.
        """
        if not self.processes:
            raise KeyboardInterrupt
        if self.stop_asked is None:
            self.stop_asked = time.monotonic()
        elif time.monotonic() - self.stop_asked > 1:
            for process in self.processes:
                process.signal(signal.SIGKILL)


def _port(environ: dict[str, str]) -> int:
    """Return the port to listen on; CannotRunError when it is no port or is taken."""
    text = environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 2**16:
        raise CannotRunError(f"PORT is {text!r}; a number from 1 to 65535 is needed")
    if household.listens(("127.0.0.1", int(text))):
        raise CannotRunError(
            f"Port {text} is taken by another program; "
            "choose another one, for example: make run PORT=8001"
        )
    return int(text)


def welcome(desk: Desk) -> str:
    """Return the addresses, the demo logins and what to try first."""
    url = desk.environ["PUBLIC_URL"]
    logins = desk.data / "demo-logins.txt"
    return f"""
Rightsdesk runs.

  For people      {url}/
  For the desk    {url}/desk/
  Mails           {desk.data / "mail"} (unless EMAIL_HOST is set)
  Logs            {desk.data / "log"}

Demo logins (also in {logins})
{_indented(logins)}

Try first: open the address for people and ask for your data; the mail with the
code is the newest file in the folder above. Then log in at the desk as the
officer and take the case in hand.

Ctrl-C stops everything.
"""


def _indented(path: Path) -> str:
    """Return a file's lines, set in by two."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return "\n".join(f"  {line}" for line in lines)


def run() -> None:
    """Run until told to stop."""
    os.umask(0o077)  # database, mails and logs are nobody else's on this machine
    data = data_dir(os.environ)
    lock = hold(data / "run" / "lock")
    load_keys()
    desk = Desk(data, dict(os.environ))
    desk.environ.setdefault("PUBLIC_URL", f"http://127.0.0.1:{desk.port}")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, desk.on_signal)
    try:
        desk.prepare()
        desk.start()
        if desk.stop_asked is None:
            say(welcome(desk))
        desk.watch()
    finally:
        if desk.processes:
            say("Stopping …")
        desk.stop()
        lock.close()


def main() -> int:
    """Run, and turn what stands in the way into one sentence."""
    try:
        run()
    except (AlreadyRunningError, CannotRunError, household.NotReadyError) as error:
        complain(str(error))
        return 2
    except KeyboardInterrupt:
        complain("Interrupted; the same command goes on from here.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
