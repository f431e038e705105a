"""A child process is started, looked after, stopped, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.run.process import LOG_LIMIT, Process
from tests.servers.live import eventually

FAMILY = "sleep 300 & echo $!; wait"  # a child with a child of its own


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Process]]:
    started: list[Process] = []

    def start(script: str) -> Process:
        process = Process("child", ["sh", "-c", script], tmp_path / "child.log")
        started.append(process)
        process.start()
        return process

    yield start
    for process in started:
        process.stop(within=0)


def gone(pid: int) -> bool:
    """Whether a process ended; one that nobody has buried yet counts as ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return True
    return state.rpartition(")")[2].split()[0] == "Z"


def grandchild(process: Process) -> int:
    return int(eventually(lambda: process.log.read_text("ascii").strip()))


def test_stopping_ends_the_children_of_the_child(
    start: Callable[[str], Process],
) -> None:
    process = start(FAMILY)
    below = grandchild(process)

    process.stop(within=5)

    assert not process.running
    assert eventually(lambda: gone(below))


def test_who_does_not_stop_politely_is_killed(start: Callable[[str], Process]) -> None:
    process = start('trap "" TERM; echo 1; while true; do sleep 1; done')
    grandchild(process)
    began = time.monotonic()

    process.stop(within=0.3)

    assert not process.running
    assert time.monotonic() - began < 5


def test_a_dead_child_is_mourned_once_and_started_again(
    start: Callable[[str], Process],
) -> None:
    process = start("sleep 300")
    first = process.pid
    os.kill(first, signal.SIGKILL)
    eventually(lambda: not process.running)

    news = process.tend()

    assert news is not None
    assert news.startswith("child ended (killed by signal 9); starting it again in 1 s")
    assert process.tend() is None
    eventually(lambda: process.tend() is None and process.running)
    assert process.pid != first


def test_each_death_lengthens_the_pause(start: Callable[[str], Process]) -> None:
    process = start("exit 3")
    news: list[str] = []

    def died_twice() -> bool:
        sentence = process.tend()
        news.extend([sentence] if sentence else [])
        return len(news) == 2

    eventually(died_twice)

    assert "(exit code 3); starting it again in 1 s" in news[0]
    assert "(exit code 3); starting it again in 2 s" in news[1]


def launcher(log: Path, script: str) -> list[str]:
    program = (
        "import time; from pathlib import Path; from config.run.process import Process;"
        f"Process('child', ['sh', '-c', {script!r}], Path({str(log)!r})).start();"
        "time.sleep(300)"
    )
    return [sys.executable, "-c", program]


def test_nothing_outlives_a_launcher_that_was_killed(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    with subprocess.Popen(launcher(log, FAMILY)) as killed:
        below = int(eventually(lambda: _said(log)))

        killed.kill()

    assert eventually(lambda: gone(below))


def test_nor_one_killed_the_moment_its_child_began(tmp_path: Path) -> None:
    log = tmp_path / "child.log"

    subprocess.run(launcher(log, f'kill -9 "$PPID"; {FAMILY}'), check=False)

    below = int(eventually(lambda: _said(log)))
    assert eventually(lambda: gone(below))


def test_a_long_log_is_put_aside(start: Callable[[str], Process]) -> None:
    process = start("true")
    process.stop(within=1)
    with process.log.open("wb") as log:
        log.truncate(LOG_LIMIT + 1)

    process.start()

    assert process.log.stat().st_size < LOG_LIMIT
    assert process.log.with_suffix(".1.log").stat().st_size == LOG_LIMIT + 1


def _said(log: Path) -> str:
    return log.read_text("ascii").strip() if log.exists() else ""
