"""`make check`: every check in one line each, all of them, then what failed."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from config.run.keys import ROOT
from config.run.terminal import complain, say

PYTHON = sys.executable
BIN = Path(sys.executable).parent
TESTS = "tests/config"
LAYERS = "from importlinter.cli import lint_imports_command as run; run()"
CHECKS: dict[str, list[str]] = {
    "ruff check": [str(BIN / "ruff"), "check", "--quiet"],
    "ruff format": [str(BIN / "ruff"), "format", "--check", "--quiet"],
    "mypy": [PYTHON, "-m", "mypy", "."],
    "layers": [PYTHON, "-c", LAYERS],
    "system check": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "docs/settings.md": [
        PYTHON,
        "-m",
        "pytest",
        "-q",
        f"{TESTS}/test_settings_docs.py",
    ],
}
DRAWN = {"docs/states.md": [PYTHON, "manage.py", "draw_states"]}


def run_checks(environ: Mapping[str, str]) -> list[str]:
    """Run all, two at a time, one printed line each; return which of them failed."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        begun = {
            name: pool.submit(_timed, name, command, environ)
            for name, command in CHECKS.items()
        }
        for name, command in DRAWN.items():
            begun[name] = pool.submit(_timed, name, command, environ, ROOT / name)
        outputs = {name: one.result() for name, one in begun.items()}
    failed = {name: output for name, output in outputs.items() if output is not None}
    for name, output in failed.items():
        complain(f"\n{name}:\n{output}")
    if failed:
        complain(f"{len(failed)} of {len(outputs)} checks failed: {', '.join(failed)}")
    return list(failed)


def _timed(
    name: str,
    command: list[str],
    environ: Mapping[str, str],
    same_as: Path | None = None,
) -> str | None:
    """Run one and print its line; return what it said if it failed, else None."""
    began = time.monotonic()
    ran = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    said: str | None = None
    if ran.returncode:
        said = ran.stdout + ran.stderr
    elif same_as and (
        not same_as.exists() or same_as.read_text(encoding="utf-8") != ran.stdout
    ):
        said = f"differs from what is printed by: {' '.join(command[1:])}"
    verdict = "ok" if said is None else "FAILED"
    say(f"  {name:<18}{verdict:<8}{time.monotonic() - began:5.1f} s")
    return said


def main() -> int:
    """Run the checks beside the real data, never on it."""
    with tempfile.TemporaryDirectory(prefix="rightsdesk-check-") as folder:
        environ = {**os.environ, "SECRET_KEY": "for checks", "DATA_DIR": folder}
        return 1 if run_checks(environ) else 0


if __name__ == "__main__":
    sys.exit(main())
