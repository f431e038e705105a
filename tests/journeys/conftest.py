"""A running desk and a browser for every journey."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.servers.browser import chromium
from tests.servers.dovecot import Dovecot
from tests.servers.live import Live, running
from tests.servers.postgres import Postgres


@pytest.fixture(scope="package")
def postgres() -> Iterator[Postgres]:
    """Serve a real PostgreSQL."""
    server = Postgres()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="package")
def dovecot() -> Iterator[Dovecot]:
    """Serve real mailboxes."""
    server = Dovecot()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def live(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    dovecot: Dovecot,
) -> Iterator[Live]:
    """Run a whole desk; every journey is made on SQLite and again on PostgreSQL."""
    environ = dict(os.environ)
    environ.pop("DATABASE_URL", None)
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        environ["DATABASE_URL"] = server.new_database()
    environ["MAILBOXES"] = dovecot.url(f"dpo-{request.param}")
    with running(tmp_path_factory.mktemp(request.param), environ) as desk:
        yield desk


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Run a real Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, live: Live) -> Iterator[Page]:
    """Open a fresh window on the running desk: no cookies, nothing remembered."""
    context = browser.new_context(base_url=live.url)
    try:
        yield context.new_page()
    finally:
        context.close()
