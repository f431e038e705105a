"""A log of advertising is read from a day on, in whichever database it lies."""

from datetime import date

import pytest

from subjects.systems.sending_log import Dated, logs_of
from tests.subjects.systems.conftest import MakeSystem

YAML = """
dataset:
  - fides_key: shop
    collections:
      - name: mailings
        rightsdesk: {sending_log: {address: mail, sent_at: at}}
        fields:
          - {name: mail, data_categories: [user.contact.email]}
          - {name: at, data_categories: [user.behavior]}
"""
FIRST, LAST = "2026-03-04 23:59:00", "2026-03-05 00:00:00"


@pytest.mark.parametrize(
    "column", ["timestamp", "timestamp with time zone", "date", "text"]
)
def test_postgresql_compares_with_the_type_of_the_column(
    postgres_system: MakeSystem, column: str
) -> None:
    sql = f"CREATE TABLE mailings (mail text, at {column});"
    rows = f"INSERT INTO mailings VALUES ('a', '{FIRST}'), ('b', '{LAST}');"  # noqa: S608  # no input
    system = postgres_system(sql + rows, YAML)
    [log] = logs_of([system])

    assert isinstance(system, Dated)
    found = system.rows_since(log.address, ("mail", "at"), "at", date(2026, 3, 5))
    assert [row["mail"] for row in found] == ["b"]


def test_sqlite_compares_instants_as_texts(sqlite_system: MakeSystem) -> None:
    sql = "CREATE TABLE mailings (mail TEXT, at DATETIME);"
    rows = f"INSERT INTO mailings VALUES ('a', '{FIRST}'), ('b', '{LAST}');"  # noqa: S608  # no input
    system = sqlite_system(sql + rows, YAML)
    [log] = logs_of([system])

    found = system.rows_since(log.address, ("mail", "at"), "at", date(2026, 3, 5))
    assert list(found) == [{"mail": "b", "at": LAST}]
