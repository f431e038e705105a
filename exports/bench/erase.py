"""Erasing in a database: a planned list, each row looked at, masked, and read back.

The reference is the bare statement that masks the same rows in batches, unseen. Only
in PostgreSQL is there a floor: in SQLite every writer waits for the whole file.
"""

import hashlib
from collections.abc import Sequence

from django.db import connection
from sqlalchemy import URL

from exports.bench.measure import Measured, side_by_side
from subjects.systems.changes import Change
from subjects.systems.shape import Address, Collection, Dataset, Field
from subjects.systems.sql.system import SQLSystem

FLOOR = 0.15
ROWS, BATCH = 20_000, 5_000
BARE, OURS = "bench_bare", "bench_ours"
FIELDS = ("id", "name", "email", "phone", "note")


def measure() -> Measured:
    """Measure both in the database that is configured; it has to be a scratch one."""
    for table in (BARE, OURS):
        _sql(
            f"CREATE TABLE {table} (id integer PRIMARY KEY, name varchar(80), "
            "email varchar(80), phone varchar(20), note text)"
        )
    erasing = _Erasing()
    reference, ours = side_by_side(_bare, erasing.erase, erasing.again)
    in_postgresql = connection.vendor == "postgresql"
    longest = max(erasing.locked) * 1000
    what = (
        f"rows of {len(FIELDS)} columns masked in {connection.vendor}, each looked at "
        f"before and after, locked for {longest:.0f} ms at most"
    )
    floor = FLOOR if in_postgresql else 0.0
    return Measured("erase", what, ours * ROWS, reference * ROWS, floor)


class _Erasing:
    """A list of changes, carried out anew in each turn."""

    def __init__(self) -> None:
        fields = tuple(Field(name) for name in FIELDS)
        collections = (Collection(name=OURS, fields=fields),)
        self._dataset = Dataset(key="bench", collections=collections)
        self._changes = [_change(number) for number in range(1, ROWS + 1)]
        self.locked: list[float] = []

    def again(self) -> Sequence[bytes]:
        """Fill both tables as they were."""
        people = [_person(number) for number in range(1, ROWS + 1)]
        for table in (BARE, OURS):
            _sql(f"DELETE FROM {table}")  # noqa: S608  # our own table
            insert = f"INSERT INTO {table} VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
            with connection.cursor() as cursor:
                cursor.executemany(insert, people)
        if connection.vendor == "postgresql":
            _sql("VACUUM ANALYZE")
        return [b""]

    def erase(self, _turns: Sequence[bytes]) -> object:
        """Carry out the list, as a worker does; the tables are looked at anew."""
        system = SQLSystem("bench", _url(), [self._dataset])
        writer = system.writer()
        receipt = writer.apply(self._changes)
        system.close()
        if not receipt.verified or receipt.changed != {f"bench:{OURS}": ROWS}:
            raise RuntimeError("Not every row was masked; the figure means nothing.")
        self.locked += writer.locked
        return receipt


def _person(number: int) -> tuple[int, str, str, str, str]:
    email = f"person{number}@home.example"
    return number, f"Jeanne Peeters {number}", email, f"+32470{number:06}", "x" * 100


def _change(number: int) -> Change:
    _number, name, email, _phone, _note = _person(number)
    pseudonym = hashlib.sha256(email.encode()).hexdigest()
    return Change(
        Address("bench", OURS),
        {"id": number},
        {("name",): name, ("email",): email},
        {("name",): None, ("email",): pseudonym},
    )


def _bare(_turns: Sequence[bytes]) -> object:
    digest = "md5(email)" if connection.vendor == "postgresql" else "upper(email)"
    for start in range(0, ROWS, BATCH):
        _sql(
            f"UPDATE {BARE} SET name = NULL, email = {digest} "  # noqa: S608  # ours
            f"WHERE id > {start} AND id <= {start + BATCH}"
        )
    return None


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _url() -> URL:
    given = connection.get_connection_params()
    if connection.vendor == "sqlite":
        return URL.create("sqlite", database=str(given["database"]))
    host = str(given.get("host") or "")
    is_socket = host.startswith("/")
    return URL.create(
        "postgresql+psycopg",
        username=given.get("user"),
        password=given.get("password"),
        host=None if is_socket else host,
        port=given.get("port"),
        database=given.get("dbname"),
        query={"host": host} if is_socket else {},
    )
