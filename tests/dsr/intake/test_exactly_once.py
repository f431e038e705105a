"""The same mail several times, at once, in two mailboxes: one thing comes of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers.postgres import Postgres

MAILS, WORKERS, TIMES = 10, 3, 5
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
# Each worker has every mail, some of them more than once, in another order; half of
# them read a second mailbox.
WORKER = """
import random, sys
import django
django.setup()
from dsr.intake.mailbox.receive import receive
from tests.dsr.conftest import RECEIVED
from tests.dsr.intake.test_exactly_once import MAILS, TIMES, letter
number = int(sys.argv[1])
dice = random.Random(number)
mails = [one for one in range(MAILS) for _ in range(1 + (one + number) % TIMES)]
dice.shuffle(mails)
print("ready", flush=True)
input()
for one in mails:
    box = "first" if number % 2 else "second"
    receive(letter(one, box), received_at=RECEIVED, source=box, at=RECEIVED)
print(len(mails), flush=True)
"""
COUNT = """
import django
django.setup()
from collections import Counter
from dsr.models import Arrival, Case, Letter, Message, Ticket, find_faults
results = Counter(Arrival.objects.values_list("result", flat=True))
kinds = Counter(Letter.objects.values_list("kind", flat=True))
print(sorted(results.items()))
print(Case.objects.count(), Ticket.objects.count(), kinds["acknowledgement"])
print(Message.objects.count(), list(find_faults()))
"""


def letter(number: int, box: str) -> bytes:
    """Return a request as one of two mailboxes holds it."""
    return (
        f"Delivered-To: {box}@company.example\r\n"
        f"Received: by {box}.company.example; Thu, 05 Mar 2026 09:00:00 +0100\r\n"
        f"From: P{number} <p{number}@home.example>\r\nTo: dpo.bnl@company.example\r\n"
        f"Subject: My data\r\nMessage-ID: <{number}@home.example>\r\n\r\n"
        "Please send me a copy of all my personal data (Article 15 GDPR).\r\n"
    ).encode()


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give the workers a real PostgreSQL to share."""
    server = Postgres()
    try:
        server.start()
        yield {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "for tests",
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": server.new_database(),
            "LOG_LEVEL": "ERROR",
        }
    finally:
        server.stop()


def start(
    program: str, environ: dict[str, str], *given: str
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, *given],
        cwd=settings.BASE_DIR,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_each_mail_becomes_one_thing(environ: dict[str, str]) -> None:
    said, wrong = start(PREPARE, environ).communicate()
    assert said == "", wrong
    workers = [start(WORKER, environ, str(number)) for number in range(WORKERS)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    ended = [worker.communicate() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * WORKERS, ended
    assert sum(int(out) for out, _wrong in ended) > 2 * MAILS
    counted, wrong = start(COUNT, environ).communicate()
    assert counted.splitlines() == [
        f"[('opened', {MAILS})]",
        f"{MAILS} {MAILS} {MAILS}",
        "0 []",
    ], wrong
