"""Rules of the house that nobody has to remember: every file is walked."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("config", "subjects", "dsr", "exports", "tests")
LONGEST = 300  # lines a file
DRAWERS = {"utils", "helpers", "common", "services", "misc", "functions", "tools"}
# Only casework moves a ticket; `update` would pass by its guard and the ledger.
BYPASS = re.compile(r"\.update\([^)]*\bstate\s*=")
GENERATED = "migrations"


def sources() -> list[Path]:
    """Return every Python file of ours, as git knows or would know it."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z", "--", "*.py"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0")[:-1]
    found = names or [
        str(path) for room in ROOMS for path in ROOT.glob(f"{room}/**/*.py")
    ]
    return sorted(ROOT / name for name in found if (ROOT / name).exists())


SOURCES = sources()
OURS = [path for path in SOURCES if GENERATED not in path.parts]
CODE = [path for path in OURS if path.relative_to(ROOT).parts[0] != "tests"]


def test_there_is_something_to_walk() -> None:
    assert ROOT / "manage.py" in CODE


def test_no_file_is_too_long_to_read_at_once() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in OURS}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_every_module_says_what_it_holds() -> None:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in OURS}

    silent = [
        p for p, tree in trees.items() if tree.body and not ast.get_docstring(tree)
    ]

    assert silent == []


def test_no_module_is_a_junk_drawer() -> None:
    names = {
        part for path in CODE for part in path.relative_to(ROOT).with_suffix("").parts
    }

    assert names & DRAWERS == set()


def test_nobody_passes_by_the_guard_of_a_ticket() -> None:
    passing = [path for path in CODE if BYPASS.search(path.read_text("utf-8"))]

    assert passing == []


def test_no_signal_receivers_of_our_own() -> None:
    pattern = re.compile(r"@receiver\(|\.connect\(\w+, sender=")

    assert [path for path in CODE if pattern.search(path.read_text("utf-8"))] == []
