"""`make test`: the checks, the database tests on PostgreSQL, then all on SQLite.

Stops at the first stage that fails, so that the last line is always the summary of
what decided.
"""

import os
import subprocess
import sys
import tempfile

from config.run.check import run_checks
from config.run.keys import ROOT
from config.run.terminal import STEPS, say
from tests import drawn
from tests.servers.postgres import Postgres

CORES = os.cpu_count() or 1


def main() -> int:
    """Run every stage; return the exit code of the first that fails."""
    with tempfile.TemporaryDirectory(prefix="rightsdesk-tests-") as folder:
        environ = {**os.environ, "SECRET_KEY": "for tests", "DATA_DIR": folder}
        environ[drawn.FOLDER] = tempfile.mkdtemp(dir=folder)
        for given in ("DATABASE_URL", "REDIS_URL"):
            environ.pop(given, None)
        say(f"[4/{STEPS}] Checks")
        if run_checks(environ):
            return 1
        say(f"[5/{STEPS}] Database tests on PostgreSQL")
        code = _on_postgresql(environ)
        if code:
            return code
        say(f"[6/{STEPS}] Every test, on SQLite and with everything running")
        return _pytest(environ)


def _on_postgresql(environ: dict[str, str]) -> int:
    """Run every test that touches the database against a real PostgreSQL."""
    server = Postgres()
    try:
        server.start()
        url = server.url("postgres")
        return _pytest({**environ, "DATABASE_URL": url}, "-m", "database")
    finally:
        server.stop()


def _pytest(environ: dict[str, str], *arguments: str) -> int:
    """Run pytest side by side in processes of its own; its output is ours.

    What talks to servers waits more than it works: the others go on meanwhile.
    """
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    command += ["--dist", "loadfile", "-n", str(CORES + 1)]
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
