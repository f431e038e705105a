"""Collecting much: every record of one big table, as lines of JSON on the disk.

The reference is the quickest bare program there is for the database: in PostgreSQL
its own COPY of row_to_json, else a bare cursor and orjson.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import psycopg
from django.db import connection

from dsr.casework.collecting import Tolerant, collect_into
from exports.bench.database import database_url, run
from exports.bench.measure import Measured, side_by_side
from subjects.systems.shape import Collection, Dataset, Field
from subjects.systems.sql.system import SQLSystem

FLOOR = 0.6
ROWS = 200_000
TABLE, WHO = "bench_events", "K-100001"
COLUMNS = {
    "id": "integer PRIMARY KEY", "customer": "varchar(20)", "email": "text",
    "happened": "varchar(30)", "born": "date", "amount": "numeric(12, 2)",
    "kind": "varchar(10)", "note": "text", "agent": "varchar(20)",
    "place": "varchar(30)", "score": "integer", "active": "boolean",
}  # fmt: skip
VALUES = (
    f"i, '{WHO}', 'person' || i || '@home.example', '2026-03-05T11:00:00+00:00', "
    "'1984-03-07', i % 1000 + 0.25, 'TEL', 'Une note sur la cliente, écrite à la "
    "main après un long appel, numéro ' || i, 'agent ' || i % 50, 'Bruxelles', "
    "i % 100, i % 2 = 0"
)
EVERY = f"SELECT * FROM {TABLE} WHERE customer = '{WHO}' ORDER BY id"  # noqa: S608 – ours


def measure() -> Measured:
    """Measure both in the database that is configured; it has to be a scratch one."""
    _fill()
    in_postgresql = connection.vendor == "postgresql"
    bare = _copy if in_postgresql else _cursor
    with TemporaryDirectory() as folder:
        reference, ours = side_by_side(bare, _collect, lambda: [folder.encode()])
    what = f"records of {len(COLUMNS)} fields from {connection.vendor} to the disk"
    return Measured("collect", what, ours * ROWS, reference * ROWS, FLOOR)


def _fill() -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    run(f"CREATE TABLE {TABLE} ({columns})")
    numbers = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "  # noqa: S608
        f"WHERE i < {ROWS}) "
    )
    if connection.vendor == "postgresql":
        run(f"INSERT INTO {TABLE} {numbers} SELECT {_dated()} FROM n")  # noqa: S608 – ours
        run(f"ANALYZE {TABLE}")
    else:
        run(f"{numbers} INSERT INTO {TABLE} SELECT {VALUES} FROM n")  # noqa: S608 – ours


def _dated() -> str:
    return VALUES.replace("'1984-03-07'", "DATE '1984-03-07'")


def _copy(folders: Sequence[bytes]) -> object:
    """Let PostgreSQL write the JSON, and put it into a file as it comes."""
    address = database_url().set(drivername="postgresql")
    statement = f"COPY (SELECT row_to_json(t) FROM ({EVERY}) t) TO STDOUT"  # noqa: S608 – ours
    with (
        psycopg.connect(address.render_as_string(hide_password=False)) as bare,
        bare.cursor().copy(statement.encode()) as rows,
        Path(folders[0].decode(), "bare").open("wb") as file,
    ):
        file.writelines(rows)
    return None


def _cursor(folders: Sequence[bytes]) -> object:
    """Read a row, write it as JSON."""
    path = connection.get_connection_params()["database"]
    bare = sqlite3.connect(path, uri=str(path).startswith("file:"))
    bare.row_factory = lambda cursor, row: {
        column[0]: value for column, value in zip(cursor.description, row, strict=True)
    }
    with Path(folders[0].decode(), "bare").open("wb") as file:
        file.writelines(orjson.dumps(record) + b"\n" for record in bare.execute(EVERY))
    bare.close()
    return None


def _collect(folders: Sequence[bytes]) -> object:
    """Search as for a ticket: one system, its findings in one file."""
    fields = tuple(
        Field(name, identity="customer" if name == "customer" else "")
        for name in COLUMNS
    )
    dataset = Dataset("bench", collections=(Collection(TABLE, fields=fields),))
    system = SQLSystem("bench", database_url(), [dataset])
    with TemporaryDirectory(dir=folders[0].decode()) as own:
        counts = collect_into(Path(own), [Tolerant(system)], {"customer": [WHO]})
    if counts["bench"].total() != ROWS:
        raise RuntimeError("Not every record was found; the figure means nothing.")
    return counts
