"""SQL databases: read only, bounded, and clear about what is wrong."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from subjects.systems.base import (
    MismatchError,
    Question,
    ReadError,
    TooManyRowsError,
    UnreachableError,
)
from subjects.systems.collect import collected
from subjects.systems.shape import Address
from subjects.systems.sql.system import SQLSystem
from subjects.systems.sql.url import DatabaseURLError, parse_url, shown
from tests.subjects.systems.conftest import MakeSystem
from tests.subjects.systems.test_collect import EMAIL, HOUSEHOLD, ID, ME, described

PEOPLE = described(people=[ID, EMAIL])


def asked(*values: str) -> Question:
    return Question(Address("shop", "people"), {("email",): values})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("postgresql://u:p@h:1/d", "postgresql+psycopg://u:***@h:1/d"),
        ("postgres://h/d", "postgresql+psycopg://h/d"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
        ("postgresql://u@%2Frun%2Fpg/d", "postgresql+psycopg://u@/d?host=%2Frun%2Fpg"),
        ("sqlite:////abs/a.db", "sqlite:////abs/a.db"),
        ("sqlite:///a.db", "sqlite:////base/a.db"),
        ("sqlite://", "sqlite://"),
    ],
)
def test_database_urls_are_understood(written: str, meant: str) -> None:
    url = parse_url(written, folder=Path("/base"))

    assert url.render_as_string() == meant


@pytest.mark.parametrize("written", ["", "crm", "postgresql://h:port/d", "//h/secret"])
def test_what_is_no_database_url_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(DatabaseURLError, match="this is no database URL; write") as no:
        parse_url(written)

    assert "secret" not in str(no.value)


def test_an_address_is_shown_without_user_password_and_options() -> None:
    url = parse_url("postgresql://user:pw@host:99/name?password=pw")

    assert shown(url) == "postgresql://host:99/name"


def test_a_missing_sqlite_file_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite3"
    system = SQLSystem("shop", parse_url(f"sqlite:///{path}"), ())

    with pytest.raises(UnreachableError, match="cannot be reached"):
        system._connect()
    assert not path.exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://u:hunter2@127.0.0.1:1/d?password=hunter2", "cannot be reached"),
        ("mysql://u:hunter2@h/d", "no driver for mysql is installed"),
        ("nonsense://u:hunter2@h/d", "no driver for nonsense is installed"),
    ],
)
def test_an_unreachable_database_is_one_sentence_without_password(
    sqlite_system: MakeSystem, url: str, said: str
) -> None:
    datasets = sqlite_system("", PEOPLE).datasets
    system = SQLSystem("shop", parse_url(url), datasets)

    with pytest.raises(UnreachableError) as failed:
        system.check()

    assert said in str(failed.value)
    assert "hunter2" not in str(failed.value)
    assert "\n" not in str(failed.value)


def test_a_missing_table_is_named(sqlite_system: MakeSystem) -> None:
    system = sqlite_system("CREATE TABLE other (id INT)", PEOPLE)

    with pytest.raises(MismatchError, match="collection shop:people has no table"):
        system.check()


def test_a_missing_column_is_named(sqlite_system: MakeSystem) -> None:
    system = sqlite_system("CREATE TABLE people (id INT)", PEOPLE)

    with pytest.raises(MismatchError, match=r"people, field email: the table has no"):
        list(system.find(asked("a@x.example")))


def test_a_file_that_is_no_database_is_told(
    sqlite_system: MakeSystem, tmp_path: Path
) -> None:
    datasets = sqlite_system("", PEOPLE).datasets
    path = tmp_path / "text.sqlite3"
    path.write_text("this is a letter, not a database " * 50)
    system = SQLSystem("shop", parse_url(f"sqlite:///{path}"), datasets)

    with pytest.raises(ReadError, match=r"shop: .*check") as failed:
        system.check()
    assert "\n" not in str(failed.value)


def test_more_rows_than_allowed_are_refused(sqlite_system: MakeSystem) -> None:
    sql = "CREATE TABLE people (id INT, email TEXT);" + (
        "INSERT INTO people VALUES (1, 'a@x.example');" * 4
    )
    system = sqlite_system(sql, PEOPLE, row_limit=3)

    with pytest.raises(TooManyRowsError, match="more than 3 rows"):
        collected([system], ME)


def test_rows_are_read_as_they_are_taken(sqlite_system: MakeSystem) -> None:
    rows = sqlite_system(HOUSEHOLD, PEOPLE).find(asked("a@x.example", "b@x.example"))

    assert next(rows) == {"id": 1, "email": "a@x.example"}
    rows.close()


def test_sqlite_is_opened_read_only(sqlite_system: MakeSystem) -> None:
    system = sqlite_system(HOUSEHOLD, PEOPLE)

    with system._connect() as connection, pytest.raises(DBAPIError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM people")


def test_a_file_with_odd_characters_in_its_name_is_found(
    sqlite_system: MakeSystem, tmp_path: Path
) -> None:
    path = tmp_path / "a %3f #1.sqlite3"
    sqlite3.connect(path).close()
    with sqlite3.connect(path) as connection:
        connection.executescript(HOUSEHOLD)
    connection.close()
    datasets = sqlite_system("", PEOPLE).datasets
    system = SQLSystem("shop", parse_url("sqlite://").set(database=str(path)), datasets)

    assert len(list(system.find(asked("a@x.example")))) == 1
    system.close()


def test_truth_is_told_from_numbers(sqlite_system: MakeSystem) -> None:
    sql = """
    CREATE TABLE people (id INT, email TEXT, happy BOOLEAN, children INT);
    INSERT INTO people VALUES (1, 'a@x.example', 1, 1), (2, 'a@x.example', NULL, 0);
    """
    yaml = described(people=[ID, EMAIL, "{name: happy}", "{name: children}"])

    first, second = collected([sqlite_system(sql, yaml)], ME)["shop:people"]

    assert (first["happy"], first["children"]) == (True, 1)
    assert first["happy"] is True
    assert (second["happy"], second["children"]) == (None, 0)
