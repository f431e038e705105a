"""Rows that workers carry out: one worker each, again after a death, or given up."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from dsr.models import Letter
from dsr.vocabulary import Channel, LetterKind
from subjects.models.work import BACKOFF, LEASE, MOST_ATTEMPTS
from tests.dsr.conftest import Open, company, house, open_case
from tests.servers.postgres import Postgres

__all__ = ["company", "house", "open_case"]  # fixtures

NOW = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
ROWS = 12


def make_letter(case_id: int, number: int) -> Letter:
    letter = Letter(
        case_id=case_id,
        kind=LetterKind.DESK_MESSAGE,
        language="en",
        message_id=f"<{number}@desk.example>",
        created_at=NOW,
        created_by="x",
    )
    letter.wait(at=NOW)
    letter.save()
    return letter


@pytest.fixture
def case_id(open_case: Open) -> int:
    return int(open_case("access", channel=Channel.PHONE).pk)


def test_a_claimed_row_is_nobody_elses_until_its_lease_has_run_out(
    case_id: int,
) -> None:
    row = make_letter(case_id, 1)
    assert Letter.objects.claim(NOW - timedelta(seconds=1)) is None
    assert Letter.objects.claim(NOW) == row
    assert Letter.objects.claim(NOW) is None
    assert Letter.objects.claim(NOW + LEASE) == row
    row.refresh_from_db()
    assert row.attempts == 2


def test_the_oldest_row_is_claimed_first(case_id: int) -> None:
    rows = [make_letter(case_id, number) for number in range(3)]
    Letter.objects.filter(pk=rows[2].pk).update(next_attempt_at=NOW - LEASE)
    order = [row for row, _now in Letter.objects.claim_each(NOW)]
    assert order == [rows[2], rows[0], rows[1]]


def test_a_row_claimed_late_in_a_run_has_a_whole_lease(case_id: int) -> None:
    for number in range(3):
        make_letter(case_id, number)
    for row, now in Letter.objects.claim_each(NOW):
        assert now >= NOW
        assert row.next_attempt_at == now + LEASE


def test_a_failed_row_waits_twice_as_long_each_time(case_id: int) -> None:
    row, at = make_letter(case_id, 1), NOW
    for attempt in range(1, MOST_ATTEMPTS + 1):
        claimed = Letter.objects.claim(at)
        assert claimed == row
        again = claimed.postpone("x" * 900, at=at)
        claimed.save()
        assert again == (attempt < MOST_ATTEMPTS)
        assert len(claimed.last_error) == 500
        if claimed.next_attempt_at is not None:
            assert claimed.next_attempt_at - at == BACKOFF * 2 ** (attempt - 1)
            at = claimed.next_attempt_at
    assert Letter.objects.claim(at + timedelta(days=365)) is None


def test_a_finished_row_is_not_due(case_id: int) -> None:
    row = make_letter(case_id, 1)
    row.finish()
    row.save()
    assert Letter.objects.claim(NOW + timedelta(days=1)) is None


WORKER = """
import django
django.setup()
from datetime import UTC, datetime
from dsr.models import Letter
print("ready", flush=True)
input()
for letter, now in Letter.objects.claim_each(datetime(2026, 3, 5, 10, 0, tzinfo=UTC)):
    print(letter.pk, flush=True)
"""
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from datetime import UTC, datetime
from dsr import casework
from dsr.vocabulary import SYSTEM, Channel
from tests.subjects.models.test_work import NOW, ROWS, make_letter
new = casework.NewCase(
    channel=Channel.PHONE, received_at=NOW, language="en", rights=["access"]
)
case = casework.open_case(new, by=SYSTEM, at=NOW)
for number in range(ROWS):
    make_letter(case.pk, number)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def environ(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give processes of their own an empty database to share."""
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "for tests",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'desk.sqlite3'}",
    }
    if request.param == "sqlite":
        yield environ
        return
    server = Postgres()
    try:
        server.start()
        yield {**environ, "DATABASE_URL": server.new_database()}
    finally:
        server.stop()


def start(program: str, environ: dict[str, str]) -> "subprocess.Popen[str]":
    """Run a program of ours in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_workers_who_claim_at_once_share_the_rows(environ: dict[str, str]) -> None:
    said, wrong = start(PREPARE, environ).communicate()
    assert said == "", wrong
    workers = [start(WORKER, environ) for _ in range(3)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    claimed = [line for worker in workers for line in worker.communicate()[0].split()]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert set(Counter(claimed).values()) == {1}
    assert len(claimed) == ROWS
