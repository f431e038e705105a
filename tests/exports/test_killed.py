"""SIGKILL in the middle of building, then a new start: one package, one file."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.exports.killed import RUN

ROOT = Path(__file__).resolve().parents[2]


def worker(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run one step in a process with this folder as its whole world."""
    keep = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    own = {
        "DATA_DIR": str(folder),
        "SECRET_KEY": "of this test only",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    program = [sys.executable, "-c", RUN, *words]
    return subprocess.run(
        program, cwd=ROOT, env=keep | own, check=False, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def proposed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare one database with a proposed request."""
    folder = tmp_path_factory.mktemp("prepared")
    done = worker(folder, "prepare")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    ("event", "pattern"),
    [
        pytest.param("open", r"/1\.jsonl$", id="while the findings are sorted"),
        pytest.param("open", r"\.part/zip$", id="as the archive is begun"),
        pytest.param("os.rename", r"\.part/zip$", id="before the file has its name"),
        pytest.param("open", r"packages/[0-9a-f]{2}$", id="after it has its name"),
    ],
)
def test_killed_and_started_again_there_is_one_package(
    proposed_folder: Path, tmp_path: Path, event: str, pattern: str
) -> None:
    folder = tmp_path / "world"
    shutil.copytree(proposed_folder, folder)

    killed = worker(folder, "build", event, pattern)
    between = found(folder)
    again = worker(folder, "build")

    assert killed.returncode == -signal.SIGKILL
    assert between["states"] == ["building"]
    assert again.returncode == 0, again.stderr
    after = found(folder)
    assert after["states"] == ["ready"]
    assert after["files"] == after["named"]
    assert (after["built"], after["tickets"]) == (1, ["decision_pending"])


def found(folder: Path) -> dict[str, Any]:
    """Return what lies in the database and on the disk."""
    seen: dict[str, Any] = json.loads(worker(folder, "look").stdout)
    return seen
