"""What every test may rely on."""

from typing import Any

import pytest

from tests.side_by_side import JourneysFirst

# Long walks through pages; the makes of database are told apart by all other tests.
JOURNEYS = "tests/journeys/"
WALKS = ("tests/dsr/desk/journeys/", "tests/dsr/machines/at_random/")
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "database: touches the database; set by itself, run on both makes"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the journeys; mark what is to be run again on PostgreSQL."""
    items.sort(key=lambda item: not item.nodeid.startswith(JOURNEYS))
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
