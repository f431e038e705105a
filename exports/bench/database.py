"""The scratch database of a bench, as one of the controller's systems."""

from django.db import connection
from sqlalchemy import URL

from subjects.systems.sql.url import parse_url


def database_url() -> URL:
    """Return where the scratch database is."""
    given = connection.get_connection_params()
    if connection.vendor == "sqlite":
        return parse_url(f"sqlite:///{given['database']}")
    host = str(given.get("host") or "")
    is_socket = host.startswith("/")
    return URL.create(
        "postgresql+psycopg",
        username=given.get("user"),
        password=given.get("password"),
        host=None if is_socket else host or None,
        port=given.get("port"),
        database=given.get("dbname"),
        query={"host": host} if is_socket else {},
    )


def run(statement: str) -> None:
    """Run one statement of ours in it."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
