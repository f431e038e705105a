"""What every test may rely on."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dsr.letters import fixing
from dsr.letters.pdf import make_pdf
from tests import drawn
from tests.side_by_side import JOURNEY, JourneysFirst

# Long walks through pages; the makes of database are told apart by all other tests.
WALKS = ("tests/dsr/desk/journeys/", "tests/dsr/machines/at_random/")
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "database: touches the database; set by itself, run on both makes"
    )
    config.addinivalue_line(
        "markers", "once: pages that look alike on both makes; walked on SQLite alone"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the journeys; mark what is to be run again on PostgreSQL."""
    items.sort(key=lambda item: not JOURNEY.match(item.nodeid))
    for item in items:
        if item.nodeid.startswith(WALKS):
            continue
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")


@pytest.hookimpl(optionalhook=True)  # asked for by pytest-xdist alone
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: Any
) -> JourneysFirst | None:
    if config.getoption("dist") != "loadfile":
        return None
    return JourneysFirst(config, log)


@pytest.fixture(scope="session", autouse=True)
def letters_drawn_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Draw no letter twice; the first time it is really drawn."""
    folder = os.environ.get(drawn.FOLDER) or tmp_path_factory.mktemp("drawn")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fixing, "make_pdf", drawn.once(make_pdf, Path(folder)))
        yield
