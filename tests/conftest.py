"""What every test may rely on."""

import pytest

# Long walks through pages; the makes of database are told apart by all other tests.
WALKS = ("tests/dsr/desk/journeys/", "tests/dsr/machines/at_random/")
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "database: touches the database; set by itself, run on both makes"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that it can be run again on PostgreSQL."""
    for item in items:
        if item.nodeid.startswith(WALKS):
            continue
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
