"""Small databases to plan in: the same as those to search in."""

from tests.subjects.systems.conftest import sqlite_system, yaml_file

__all__ = ["sqlite_system", "yaml_file"]
