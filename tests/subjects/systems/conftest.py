"""Small databases to search, and a real PostgreSQL server of our own."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text

from subjects.systems.datasets import read_datasets
from subjects.systems.sql.system import SQLSystem
from subjects.systems.sql.url import parse_url
from tests.servers.postgres import Postgres

MakeFile = Callable[[str], Path]
MakeSystem = Callable[..., SQLSystem]


@pytest.fixture
def yaml_file(tmp_path: Path) -> MakeFile:
    """Return a function that writes a description and says where."""

    def write(content: str) -> Path:
        path = tmp_path / "shop.yml"
        path.write_text(content, "utf-8")
        return path

    return write


@pytest.fixture
def sqlite_system(tmp_path: Path) -> Iterator[MakeSystem]:
    """Return a function that makes a system out of SQL and a description."""
    made: list[SQLSystem] = []

    def make(
        sql: str, yaml: str, *, key: str = "shop", row_limit: int = 1000
    ) -> SQLSystem:
        database, description = tmp_path / f"{key}.sqlite3", tmp_path / f"{key}.yml"
        with closing(sqlite3.connect(database)) as connection:
            connection.executescript(sql)
        description.write_text(yaml, "utf-8")
        url = parse_url(f"sqlite:///{database}")
        datasets = read_datasets(description)
        made.append(SQLSystem(key, url, datasets, row_limit=row_limit))
        return made[-1]

    yield make
    for system in made:
        system.close()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[URL]:
    """Start a PostgreSQL server for this session, on a private socket."""
    server = Postgres()
    try:
        server.start()
        yield parse_url(server.new_database())
    finally:
        server.stop()


@pytest.fixture
def postgres_system(postgres_url: URL, tmp_path: Path) -> Iterator[MakeSystem]:
    """Return a function that fills the server and makes a system of it."""
    made: list[SQLSystem] = []
    engine = create_engine(postgres_url)

    def make(sql: str, yaml: str) -> SQLSystem:
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
            connection.exec_driver_sql(sql)
        description = tmp_path / "shop.yml"
        description.write_text(yaml, "utf-8")
        made.append(SQLSystem("shop", postgres_url, read_datasets(description)))
        return made[-1]

    yield make
    for system in made:
        system.close()
    engine.dispose()
