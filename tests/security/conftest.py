"""The same staff, cases and programs as at the desk, for those who mean harm."""

from tests.dsr.api.conftest import program
from tests.dsr.desk.conftest import _files, case, enter, staff, ticket

__all__ = ["_files", "case", "enter", "program", "staff", "ticket"]
