"""The address of a database: as people write it, and as SQLAlchemy wants it."""

from pathlib import Path
from urllib.parse import quote, unquote

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class DatabaseURLError(ValueError):
    """The address of a database cannot be understood; never shows the address."""


def parse_url(text: str, *, folder: Path | None = None) -> URL:
    """Return the URL written in `text`, plain or in SQLAlchemy's own form.

    A relative SQLite path is resolved against `folder`, or where we are.

    Raises:
        DatabaseURLError: it is no such URL.

    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise DatabaseURLError(
            "this is no database URL; write postgresql://user@host/name or "
            "sqlite:///file"
        ) from error
    url = _with_socket(url)
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    if url.get_backend_name() != "sqlite" or not url.database:
        return url
    if url.database == ":memory:" or url.database.startswith("file:"):
        return url
    return url.set(database=str((folder or Path.cwd()) / url.database))


def _with_socket(url: URL) -> URL:
    """Understand a socket's folder where the host stands: `%2Frun%2Fpostgresql`."""
    folder = unquote(url.host or "")
    if not folder.startswith("/"):
        return url
    return url.set(host="", query={**url.query, "host": folder})


def read_only(url: URL) -> URL:
    """Return `url` such that SQLite neither creates nor changes the file."""
    return _in_mode(url, "ro")


def writable(url: URL) -> URL:
    """Return `url` such that SQLite changes the file, but does not create it."""
    return _in_mode(url, "rw")


def _in_mode(url: URL, mode: str) -> URL:
    path = url.database
    if url.get_backend_name() != "sqlite" or not path or path == ":memory:":
        return url
    if path.startswith("file:"):
        return url
    return url.set(
        database=f"file:{quote(path)}", query={**url.query, "mode": mode, "uri": "true"}
    )


def shown(url: URL) -> str:
    """Return the address for people: without user, password and options."""
    server = url.host or url.query.get("host", "")
    host = f"{server}{f':{url.port}' if url.port else ''}"
    return f"{url.get_backend_name()}://{host}/{url.database or ''}"
