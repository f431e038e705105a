"""The demo, run as a newcomer does: it ends well, in its own folder, and once."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[2]


def demo(folder: Path, *words: str, data: Path) -> "subprocess.CompletedProcess[str]":
    """Run `manage.py demo` with an installation of its own in `data`."""
    keep = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    own = {"DATA_DIR": str(data), "SECRET_KEY": "of this test only"}
    return subprocess.run(
        [sys.executable, "manage.py", "demo", "--folder", str(folder), *words],
        cwd=ROOT,
        env=keep | own,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the demo once; return its folder and what it said."""
    folder = tmp_path_factory.mktemp("demo") / "run"
    done = demo(folder, data=folder.parent / "real")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def test_mails_and_a_form_become_letters_packages_and_reports(
    shown: tuple[Path, str],
) -> None:
    folder, said = shown

    assert len(list((folder / "mail").glob("*.eml"))) >= 10
    packages = sorted(folder.glob("DSR-*.zip"))
    assert [one.name.rpartition("-")[2] for one in packages] == [
        "access.zip",
        "portability.zip",
        "access.zip",
    ]
    assert all(zipfile.ZipFile(one).testzip() is None for one in packages)
    assert len(PdfReader(folder / "audit.pdf").pages) >= 3
    (bundle,) = folder.glob("case-*.json")
    assert json.loads(bundle.read_bytes())["tickets"][0]["outcome"] == "partial"
    assert "lines: whole" in said


def test_the_demo_says_where_each_file_is(shown: tuple[Path, str]) -> None:
    folder, said = shown

    named = [line.strip() for line in said.splitlines() if line.strip()[:1] == "/"]
    assert len(named) >= 7
    assert all(Path(name).exists() for name in named)
    assert said.rstrip().endswith(str(folder))


def test_the_demo_touches_nothing_outside_its_folder(shown: tuple[Path, str]) -> None:
    folder, _said = shown

    assert not (folder.parent / "real").exists()


def test_a_folder_that_is_there_is_refused(tmp_path: Path) -> None:
    done = demo(tmp_path, data=tmp_path)

    assert done.returncode == 2
    assert "exists already; name a new folder" in done.stderr
    assert "Traceback" not in done.stderr
