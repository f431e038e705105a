"""Of the children's logs only trouble reaches the terminal."""

from pathlib import Path

import pytest

from config.run.logs import Follower

LINES = [
    ("2026-11-22 16:28:40,209 INFO celery.beat beat: Starting...", False),
    ("2026-11-22 16:28:45,225 ERROR celery.beat beat: Connection error", True),
    ("[2026-11-22 16:28:45 +0000] [12] [CRITICAL] WORKER TIMEOUT", True),
    ("AttributeError: 'NoneType' object has no attribute 'Redis'", True),
    ("django.db.utils.OperationalError: database is locked", True),
    ('  File "tasks.py", line 3, in <module>', False),
    ("Mail to ERRORS-TO was ignored", False),
]


@pytest.mark.parametrize(("line", "told"), LINES)
def test_trouble_is_told(tmp_path: Path, line: str, told: bool) -> None:
    log = tmp_path / "log"
    follower = Follower(log)
    log.write_text(f"{line}\n", encoding="utf-8")

    assert follower.trouble() == ([line] if told else [])


def test_old_trouble_is_not_told_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("ERROR old\n", encoding="utf-8")
    follower = Follower(log)
    with log.open("a", encoding="utf-8") as written:
        written.write("ERROR new\nERROR half a li")

    assert follower.trouble() == ["ERROR new"]
    assert follower.trouble() == []


def test_a_log_begun_anew_is_read_from_its_start(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("a long line of the old log\n", encoding="utf-8")
    follower = Follower(log)
    log.write_text("ERROR first\n", encoding="utf-8")

    assert follower.trouble() == ["ERROR first"]
