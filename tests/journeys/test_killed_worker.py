"""A worker killed with SIGKILL in the middle of its work: one search, package, letter.

Everything is real: worker processes, Redis, the systems' database, an SMTP server.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.live import Live, eventually, free_port, running

RECORDS = 60_000  # enough that there is a middle to be killed in
SLOWNESS = 200  # steps to read one of them
LEASE = "4"  # seconds

ARCHIVE = """
dataset:
  - fides_key: archive
    collections:
      - name: entries
        fields:
          - name: id
            data_categories: [system.operations]
            fides_meta: {primary_key: true}
          - name: email
            data_categories: [user.contact.email]
            fides_meta: {identity: email}
          - name: entry
            data_categories: [user.behavior]
"""
SYSTEMS = """
[[system]]
key = "archive"
dataset = "archive.yml"
url = "sqlite:///archive.sqlite3"
row_limit = 1000000
"""
DRIVE = """
import json, sys
from django.utils import timezone
from dsr import casework
from dsr.models import Case, LedgerEntry, Letter, Ticket
from dsr.vocabulary import SUBJECT, Actor, Channel
from exports.models import Package
officer = Actor("officer", frozenset({"handler"}))
at = timezone.now()
"""
OPEN = """
case = casework.open_case(casework.NewCase(channel=Channel.PHONE, received_at=at,
    language="en", rights=["access"], text="What do you have?", name="Jeanne",
    email="jeanne@example.org"), by=officer, at=at)
case = casework.confirm_address(case.pk, by=SUBJECT, at=at)
ticket = casework.take_in_hand(case.tickets.get().pk, by=officer, at=at)
print(json.dumps({"case": case.reference, "ticket": ticket.pk}))
"""
PROPOSE = """
casework.answer_information({ticket}, item="automated", state="not_applicable",
    because="No such decision was taken about you.", by=officer, at=at)
casework.propose({ticket}, outcome="granted", by=officer, at=at)
"""
DECIDE = """
casework.answer_gates({ticket}, answers=[
    casework.NewAnswer("G2", "ours_alone"),
    *(casework.NewAnswer(gate, "none") for gate in ("G5", "G6", "G7")),
], by=officer, at=at)
casework.decide({ticket}, by=officer, at=at)
"""
APPROVE = """
letter = Letter.objects.get(ticket={ticket}, kind="reply")
casework.approve_letter(letter.pk, by=officer, at=at)
"""
LOOK = """
ticket = Ticket.objects.get(pk={ticket})
events = LedgerEntry.objects.filter(reference=ticket.case.reference)
print(json.dumps({{
    "state": ticket.state,
    "searches": list(ticket.searches.values_list("state", flat=True)),
    "counts": [search.counts for search in ticket.searches.all()],
    "packages": [one.state for one in Package.objects.filter(ticket=ticket)],
    "letters": [(one.state, one.message_id) for one in ticket.letters.all()],
    "events": list(events.values_list("event", flat=True)),
}}))
"""


class Killer:
    """An SMTP server that takes the first mail of a subject and kills who sent it."""

    def __init__(self) -> None:
        self.armed: Live | None = None
        self.mails: list[bytes] = []

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take the mail, then kill the worker before it can note that it did."""
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        if self.armed is not None:
            live, self.armed = self.armed, None
            live.worker.stop(within=0)
        return "250 taken"


@pytest.fixture(scope="module")
def killer() -> Iterator[tuple[Killer, int]]:
    handler, port = Killer(), free_port()
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    yield handler, port
    server.stop()


@pytest.fixture(scope="module")
def desk(
    killer: tuple[Killer, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("killed")
    (folder / "archive.yml").write_text(ARCHIVE, "utf-8")
    (folder / "systems.toml").write_text(SYSTEMS, "utf-8")
    _fill(folder / "archive.sqlite3")
    environ = dict(os.environ)
    environ.pop("DATABASE_URL", None)
    environ |= {
        "SYSTEMS_FILE": str(folder / "systems.toml"),
        "WORK_LEASE": LEASE,
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(killer[1]),
        "EMAIL_USE_TLS": "no",
    }
    with running(folder / "data", environ) as live:
        yield live


def _fill(path: Path) -> None:
    with sqlite3.connect(path) as archive:
        archive.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, email, entry)")
        rows = ((n, "jeanne@example.org", f"entry {n}") for n in range(RECORDS))
        archive.executemany("INSERT INTO kept VALUES (?, ?, ?)", rows)
        # A slow archive: who is to be killed in the middle must take some time.
        archive.execute(
            "CREATE VIEW entries AS SELECT id, email, entry FROM kept WHERE "  # noqa: S608
            "(WITH RECURSIVE n(i) AS (SELECT id UNION ALL SELECT i + 1 FROM n "
            f"WHERE i < id + {SLOWNESS}) SELECT count(*) FROM n) > 0"
        )
    archive.close()


def drive(live: Live, script: str, **names: object) -> Any:
    """Run a few lines in the desk's own environment; return what they print."""
    text = DRIVE + (script.format(**names) if names else script)
    said = live.manage("shell", "--no-imports", "--verbosity", "0", "-c", text)
    return json.loads(said) if said.strip() else None


def unfinished(live: Live) -> list[Path]:
    """Return the half-written files of a search or a package, once they hold some."""
    files = [path for path in (live.data / "files").rglob("*") if path.is_file()]
    half = [
        path
        for path in files
        if "unfinished" in path.parts
        or path.parent.name.endswith(".part")
        # a package's records lie in a folder for each system
        or path.parent.parent.name.endswith(".part")
    ]
    return [path for path in half if path.stat().st_size > 10_000]


def test_one_search_one_package_one_letter(
    desk: Live, killer: tuple[Killer, int]
) -> None:
    opened = drive(desk, OPEN)
    ticket = opened["ticket"]

    eventually(lambda: unfinished(desk))  # in the middle of collecting
    desk.restart_worker()
    found = once(desk, "search.done", within=90, ticket=ticket)

    assert found["searches"] == ["found"]
    assert found["counts"] == [{"archive:entries": RECORDS}]
    assert found["events"].count("search.done") == 1

    drive(desk, PROPOSE, ticket=ticket)
    eventually(lambda: unfinished(desk))  # in the middle of packaging
    desk.restart_worker()
    built = once(desk, "package.built", within=120, ticket=ticket)

    assert built["packages"] == ["ready"]
    assert built["events"].count("package.built") == 1
    assert len(list((desk.data / "files/packages").rglob("*"))) <= 2  # folder and file

    drive(desk, DECIDE, ticket=ticket)
    killer[0].armed = desk
    drive(desk, APPROVE, ticket=ticket)
    eventually(lambda: killer[0].armed is None)  # taken, and the sender is dead
    desk.restart_worker()
    sent = once(desk, "ticket.replied", within=90, ticket=ticket)

    replies = [mail for mail in killer[0].mails if _id(mail) == sent["letters"][0][1]]
    assert [state for state, _message_id in sent["letters"]] == ["sent"]
    assert sent["state"] == "replied"
    assert len(replies) == 2  # the one that was not noted, and its repeat
    assert "whole" in desk.manage("check_ledger")


def once(live: Live, event: str, *, within: float, ticket: int) -> Any:
    """Look at the ticket as soon as an event stands in the ledger."""
    eventually(lambda: _stands(live, event), within=within)
    return drive(live, LOOK, ticket=ticket)


def _stands(live: Live, event: str) -> bool:
    """Ask the database itself: to start our own program would slow the worker."""
    with closing(sqlite3.connect(live.data / "rightsdesk.sqlite3")) as rows:
        sentence = "SELECT count(*) FROM dsr_ledgerentry WHERE event = ?"
        return bool(rows.execute(sentence, [event]).fetchone()[0])


def _id(mail: bytes) -> str:
    return str(message_from_bytes(mail)["Message-ID"])
