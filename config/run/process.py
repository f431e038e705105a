"""One child process: started, looked after, stopped, and never left behind."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LOG_LIMIT = 10 * 2**20  # bytes; a longer log is put aside when its child starts
LONGEST_PAUSE = 30.0  # seconds between two attempts
# Leads the child's group and waits on a pipe that only we hold: when we are gone,
# killed or not, so is the group. It is there before the child, so no child is unkept.
KEEPER = 'trap "" INT TERM HUP; read -r never; kill -9 0'
SETTLED = 60.0  # seconds; who lived so long starts afresh at once


@dataclass
class Process:
    """A child with its own process group, log and way to be stopped."""

    name: str
    command: list[str]
    log: Path
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    cwd: Path | None = None
    user: str | None = None  # whom to run as, when we are root
    polite: signal.Signals = signal.SIGTERM  # the signal that asks it to stop
    child: subprocess.Popen[bytes] | None = None
    keeper: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    again_at: float | None = None

    @property
    def pid(self) -> int:
        """Return the process id; RuntimeError when it was never started."""
        if self.child is None:
            raise RuntimeError(f"{self.name} was not started")
        return self.child.pid

    @property
    def running(self) -> bool:
        """Whether it is alive now."""
        return self.child is not None and self.child.poll() is None

    def start(self) -> None:
        """Start it; its output is appended to its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".1.log"))
        self.keeper = subprocess.Popen(
            ["sh", "-c", KEEPER],
            stdin=subprocess.PIPE,
            process_group=0,  # Ctrl-C reaches us, and we stop it in order
        )
        with self.log.open("ab") as output:
            self.child = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(self.environ),
                cwd=self.cwd,
                user=self.user,
                process_group=self.keeper.pid,
            )
        self.started, self.again_at = time.monotonic(), None

    def tend(self) -> str | None:
        """Start it again when it died; return a sentence when there is news."""
        now = time.monotonic()
        if self.running:
            return None
        if self.again_at is None:
            return self._mourn(now)
        if now >= self.again_at:
            self.start()
        return None

    def _mourn(self, now: float) -> str:
        """Clear what a dead child left, and set when to try again."""
        self._clear()
        self.deaths = 0 if now - self.started > SETTLED else self.deaths
        pause = min(2.0**self.deaths, LONGEST_PAUSE)
        self.deaths += 1
        self.again_at = now + pause
        return (
            f"{self.name} ended ({self._end()}); starting it again in {pause:.0f} s. "
            f"Its log: {self.log}"
        )

    def _end(self) -> str:
        """Say how it ended."""
        code = self.child.returncode if self.child else 0
        return f"killed by signal {-code}" if code < 0 else f"exit code {code}"

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it and to all it started."""
        if self.keeper is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.keeper.pid, number)

    def ask_to_stop(self) -> None:
        """Let it finish what it is doing."""
        if self.child is not None and self.running:
            self.child.send_signal(self.polite)

    def stop(self, *, within: float) -> None:
        """End it: politely for so many seconds, then for good."""
        if self.child is None:
            return
        self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self.child.wait(within)
        self._clear()

    def _clear(self) -> None:
        """Kill what is left of its group, then let its keeper go."""
        self.signal(signal.SIGKILL)
        for process in (self.child, self.keeper):
            if process is not None:
                process.kill()
                process.wait()
        if self.keeper is not None and self.keeper.stdin is not None:
            self.keeper.stdin.close()
        self.keeper = None
