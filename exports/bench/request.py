"""One access request: from the identity's approval to the package that lies ready.

Its data lie in eleven tables, 21 records in all. The reference reads the same records
with bare statements and writes them into a ZIP. What an officer types in between is
not counted: only what the desk does.
"""

import json
import multiprocessing
import os
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, sleep

from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone

from dsr import casework
from dsr.models import InformationItem, Ticket
from dsr.vocabulary import Actor, Channel, Outcome, RightCode
from exports.bench.database import database_url, run
from exports.bench.measure import Measured, Timed
from exports.building import build_packages
from exports.models import Package, PackageState

MOST = 60.0  # milliseconds, at the median
LEAST = 18.0  # a second, with all cores busy
TABLES, EACH = 10, 2  # beside the person's own record
PEOPLE = 200
ONE_BY_ONE, AT_ONCE = 30, 20  # requests; the latter for each core
LONGEST = 60.0  # seconds
HANDLER = Actor("olivia", frozenset({"handler"}))
BECAUSE = "This is what the register of processing says of the system."


def measure() -> tuple[Timed, Measured]:
    """Measure both in the database that is configured; it has to be a scratch one."""
    with TemporaryDirectory() as name:
        _fill(Path(name))
        with override_settings(SYSTEMS_FILE=Path(name) / "systems.toml"):
            _request(0)  # the first of all loads words and rules
            ours, own, bare = [], [], []
            for number in range(1, ONE_BY_ONE + 1):
                bare.append(_bare(number, Path(name)))
                took, worked = _request(number)
                ours.append(took * 1000)
                own.append(worked * 1000)
            rate, alone = _all_at_once(), 1000 / median(ours)
    what = f"access request over {TABLES + 1} tables in {connection.vendor}"
    cores = os.cpu_count() or 1
    return (
        Timed("request", what, median(ours), median(own), median(bare), MOST),
        Measured(
            "request",
            f"access requests at once on {cores} cores (beside {alone:.1f}/s alone, "
            f"the least is {LEAST:g}/s)",
            rate,
            LEAST,
            1.0,
        ),
    )


def _fill(folder: Path) -> None:
    """Make the tables, and describe them as a system."""
    run("CREATE TABLE bench_people (id integer PRIMARY KEY, email text, name text)")
    person = (
        "{name: bench_people, fields: [{name: id, fides_meta: {primary_key: true}}, "
        "{name: email, fides_meta: {identity: email}}, {name: name}]}"
    )
    collections = [person]
    rows = [(n, _email(n), f"Jeanne Peeters {n}") for n in range(PEOPLE)]
    _insert("bench_people", rows)
    for table in (f"bench_part{n}" for n in range(TABLES)):
        run(
            f"CREATE TABLE {table} (id integer PRIMARY KEY, person integer, "
            "happened text, note text)"
        )
        run(f"CREATE INDEX {table}_person ON {table} (person)")
        notes = [
            (n, n // EACH, "2026-03-05", "A note on what was said and done. " * 3)
            for n in range(PEOPLE * EACH)
        ]
        _insert(table, notes)
        collections.append(
            f"{{name: {table}, fields: [{{name: id}}, {{name: person, fides_meta: "
            "{references: [{dataset: bench, field: bench_people.id, direction: from}]}"
            "}, {name: happened}, {name: note}]}"
        )
    dataset = (
        f"dataset: [{{fides_key: bench, collections: [{', '.join(collections)}]}}]"
    )
    (folder / "bench.yml").write_text(dataset)
    url = database_url().render_as_string(hide_password=False)
    listed = (
        f'[[system]]\nkey = "bench"\ndataset = "bench.yml"\nurl = {json.dumps(url)}'
    )
    (folder / "systems.toml").write_text(listed)
    (folder / "systems.toml").chmod(0o600)


def _insert(table: str, rows: Sequence[tuple[int | str, ...]]) -> None:
    marks = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 – ours


def _email(number: int) -> str:
    return f"person{number}@home.example"


def _request(number: int) -> tuple[float, float]:
    """Answer one request; return the seconds the desk took, and its processor's."""
    now = timezone.now()
    ticket = _taken(number, now)
    began, idle = perf_counter(), process_time()
    casework.establish_identity(
        ticket.pk,
        method="wrote from the address on file",
        identifiers=[one.pk for one in ticket.case.subject.identifiers.all()],
        by=HANDLER,
        at=now,
    )
    casework.search_systems(at=now)
    _wait_until(lambda: not ticket.searches.filter(done_at=None).exists())
    took, worked = perf_counter() - began, process_time() - idle
    for one in InformationItem.objects.filter(ticket=ticket, state="open"):
        casework.answer_information(
            ticket.pk, item=one.item, state="given", because=BECAUSE, by=HANDLER, at=now
        )
    began, idle = perf_counter(), process_time()
    casework.propose(ticket.pk, outcome=Outcome.GRANTED, by=HANDLER, at=now)
    build_packages(at=timezone.now())
    built = Package.objects.filter(ticket=ticket.pk, state=PackageState.READY)
    _wait_until(built.exists)
    took += perf_counter() - began
    worked += process_time() - idle
    if built.get().manifest["records"] != 1 + TABLES * EACH:
        raise RuntimeError("The package is not whole; the figure means nothing.")
    return took, worked


def _wait_until(done: Callable[[], bool]) -> None:
    """Wait where another process has taken this request's work."""
    until = perf_counter() + LONGEST
    while not done():
        if perf_counter() > until:
            raise RuntimeError("A request was not answered; the figure means nothing.")
        sleep(0.001)


def _taken(number: int, at: datetime) -> Ticket:
    case = casework.open_case(
        casework.NewCase(
            channel=Channel.MAIL,
            received_at=at,
            language="fr",
            rights=[RightCode.ACCESS],
            text="Please send me my data.",
            name=f"Jeanne Peeters {number}",
            email=_email(number),
        ),
        by=HANDLER,
        at=at,
    )
    ticket = case.tickets.get()
    casework.take_in_hand(ticket.pk, by=HANDLER, at=at)
    return ticket


def _bare(number: int, folder: Path) -> float:
    """Read the records and write a ZIP; return how many milliseconds that took."""
    began = perf_counter()
    found: dict[str, list[object]] = {}
    with connection.cursor() as cursor:
        for table in ("bench_people", *(f"bench_part{n}" for n in range(TABLES))):
            key = "id" if table == "bench_people" else "person"
            cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [number])  # noqa: S608 – ours
            found[table] = cursor.fetchall()
    with zipfile.ZipFile(folder / "bare.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(found))
    return (perf_counter() - began) * 1000


def _all_at_once() -> float:
    """Return how many requests a second all cores answer together."""
    cores = os.cpu_count() or 1
    connections.close_all()  # each process opens its own
    fork = multiprocessing.get_context("fork")
    starts = [ONE_BY_ONE + 1 + AT_ONCE * one for one in range(cores)]
    began = perf_counter()
    workers = [fork.Process(target=_some, args=(start,)) for start in starts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        if worker.exitcode:
            raise RuntimeError("A request was not answered; the figure means nothing.")
    return cores * AT_ONCE / (perf_counter() - began)


def _some(start: int) -> None:
    for number in range(start, start + AT_ONCE):
        _request(number)
    connections.close_all()
