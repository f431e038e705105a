"""The same staff, cases and programs as at the desk, for those who mean harm."""

from tests.dsr.api.conftest import program
from tests.dsr.conftest import company, house, open_case
from tests.dsr.desk.conftest import _files, case, enter, staff, ticket
from tests.exports.conftest import desk

__all__ = [
    "_files",
    "case",
    "company",
    "desk",
    "enter",
    "house",
    "open_case",
    "program",
    "staff",
    "ticket",
]
