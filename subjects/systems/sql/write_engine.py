"""Connections that may write: of their own, never kept, never waiting for long."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

from subjects.systems.sql.url import writable

STATEMENT_SECONDS = 60
LOCK_SECONDS = 5  # for which we wait for rows that others keep locked
CONNECT_SECONDS = 10


def writing_engine(url: URL) -> Engine:
    """Return an engine that may write, with limits that the server keeps itself."""
    backend = url.get_backend_name()
    limits = _LIMITS[backend]() if backend in _LIMITS else {}
    engine = create_engine(writable(url), poolclass=NullPool, connect_args=limits)
    if backend == "sqlite":
        event.listen(engine, "connect", _sqlite)
        event.listen(engine, "begin", _begin_at_once)
    elif backend in ("mysql", "mariadb"):
        event.listen(engine, "connect", _mariadb)
    return engine


def _postgresql() -> dict[str, Any]:
    settings = {
        "default_transaction_read_only": "off",
        "statement_timeout": f"{STATEMENT_SECONDS}s",
        "lock_timeout": f"{LOCK_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{STATEMENT_SECONDS}s",
    }
    options = " ".join(f"-c {key}={value}" for key, value in settings.items())
    return {"connect_timeout": CONNECT_SECONDS, "options": options}


_LIMITS: dict[str, Callable[[], dict[str, Any]]] = {
    "postgresql": _postgresql,
    "sqlite": lambda: {"timeout": LOCK_SECONDS},
    "mysql": lambda: {"connect_timeout": CONNECT_SECONDS},
    "mariadb": lambda: {"connect_timeout": CONNECT_SECONDS},
}


def _sqlite(connection: Any, record: object) -> None:
    """Let SQLAlchemy begin transactions, and keep the rules the schema declares."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_at_once(connection: Connection) -> None:
    """Lock the file before the first look at a row, so that nobody changes it since."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _mariadb(connection: Any, record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET SESSION innodb_lock_wait_timeout = {LOCK_SECONDS}")
    cursor.execute("SELECT VERSION()")
    if "MariaDB" in str(cursor.fetchone()[0]):
        cursor.execute(f"SET SESSION max_statement_time = {STATEMENT_SECONDS}")
    cursor.close()
