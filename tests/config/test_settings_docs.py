"""`docs/settings.md` names every setting that is read, and none that is not."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/settings.md"
READERS = {"env_text", "env_bool", "env_int", "env_list"}
ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| (?P<default>[^|]+) \|", re.MULTILINE)
ONLY_FOR_MAKE_RUN = {"PORT", "PYTHON"}  # read by the launcher and by setup.sh


def settings_read() -> Iterator[tuple[str, str | None]]:
    """Find each reading of a setting: its name, and its default where it is written."""
    for path in (ROOT / "config").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            first = node.args[0] if node.args else None
            if node.func.id in READERS and isinstance(first, ast.Constant):
                yield str(first.value), _written_default(node)


def _written_default(call: ast.Call) -> str | None:
    """Return a default that is a plain value of text or number."""
    given = call.args[1] if len(call.args) > 1 else None
    return str(given.value) if isinstance(given, ast.Constant) else None


READ = dict(settings_read())
DOCUMENTED = dict(ROW.findall(DOCUMENT.read_text(encoding="utf-8")))


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    assert set(DOCUMENTED) == set(READ) | ONLY_FOR_MAKE_RUN


@pytest.mark.parametrize("name", sorted(name for name in READ if READ[name]))
def test_the_documented_default_is_the_real_one(name: str) -> None:
    assert DOCUMENTED[name].strip("` ") == READ[name]
