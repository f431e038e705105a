"""Databases to plan in: the same as those to search in."""

from tests.subjects.systems.conftest import (
    postgres_system,
    postgres_url,
    sqlite_system,
    yaml_file,
)

__all__ = ["postgres_system", "postgres_url", "sqlite_system", "yaml_file"]
