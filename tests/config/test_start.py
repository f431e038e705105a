"""A setting or policy that makes no sense stops the start with one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.run.keys import ROOT


def start(**settings: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "SECRET_KEY": "for tests", **settings}
    command = [sys.executable, "manage.py", "migrate", "--check"]
    return subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )


def test_a_wrong_key_of_the_policy_is_named(tmp_path: Path) -> None:
    policy = (ROOT / "config/policy/ipa_belgium.toml").read_text("utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(policy.replace("ask_max_days", "ask_most_days"), "utf-8")

    ended = start(POLICY_FILE=str(wrong))

    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "wrong.toml" in ended.stderr
    assert "ask_most_days" in ended.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "oracle://x", "DATABASE_URL begins with 'oracle'"),
        ("DEBUG", "perhaps", "DEBUG is 'perhaps'"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(
    name: str, value: str, says: str
) -> None:
    ended = start(**{name: value})

    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert says in ended.stderr


def test_a_database_that_does_not_answer_is_named() -> None:
    ended = start(DATABASE_URL="postgresql://desk:secret@127.0.0.1:1/desk")

    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "check DATABASE_URL" in ended.stderr
    assert "secret" not in ended.stderr
