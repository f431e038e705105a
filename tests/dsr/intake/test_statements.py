"""How many statements a mail costs the database: a ceiling, so that none creeps in."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.dsr.conftest import LUC
from tests.dsr.intake.conftest import (
    ACCESS,
    ERASURE,
    MARKETING,
    Take,
    case_of,
    rights_of,
)

Count = Callable[..., AbstractContextManager[object]]


def test_a_mail_that_opens_a_case(
    take: Take, django_assert_max_num_queries: Count
) -> None:
    take(ACCESS, sender=f"Luc Janssens <{LUC}>")  # the first of a year begins to count

    with django_assert_max_num_queries(25):
        received = take(ACCESS)

    assert rights_of(case_of(received)) == ["access"]


def test_a_second_right_costs_its_rows_and_no_more(
    take: Take, django_assert_max_num_queries: Count
) -> None:
    take(ACCESS, sender=f"Luc Janssens <{LUC}>")

    with django_assert_max_num_queries(27):
        received = take(f"{ACCESS} {ERASURE}")

    assert rights_of(case_of(received)) == ["access", "erasure"]


def test_a_reminder_costs_the_same_whatever_is_open(
    take: Take, django_assert_max_num_queries: Count
) -> None:
    for text in (ACCESS, ERASURE, MARKETING):
        take(text)

    with django_assert_max_num_queries(21):
        received = take(ACCESS)

    assert received.arrival.result == "threaded"


def test_the_same_mail_again_is_two_questions(
    take: Take, django_assert_max_num_queries: Count
) -> None:
    take(ACCESS, Message_ID="<one@home.example>")

    with django_assert_max_num_queries(3):  # one is the fixture's own
        assert take(ACCESS, Message_ID="<one@home.example>").repeated


def test_no_statement_grows_with_what_the_desk_holds(take: Take) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("of a few rows PostgreSQL reads the whole table")
    take(ACCESS, sender=f"Luc Janssens <{LUC}>")

    with CaptureQueriesContext(connection) as asked:
        take(ACCESS)

    reads = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    assert len(reads) > 5
    for sql in reads[1:]:  # the first is the fixture's own
        assert not [step for step in plan(sql) if step.startswith("SCAN")], sql


def plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[-1] for row in cursor.fetchall()]
