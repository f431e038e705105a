"""Absurd addresses and fields get an answer, never a traceback."""

import pytest
from django.test import Client
from django.urls import reverse

from dsr.models import Case, Ticket
from tests.dsr.desk.conftest import open_case

pytestmark = pytest.mark.django_db
HUGE = "9" * 30

QUERIES = [
    "?person=abc",
    f"?person={HUGE}",
    "?person=1,,2",
    "?person=",
    "?group=nonsense&due=nonsense&owner=nonsense&month=nonsense",
    f"?p={HUGE}",
    "?o=99.-99.x",
    "?right_code__exact=nonsense",
    "?case__subject__name=Ann",
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_queue_survives_any_query(officer: Client, case: Case, query: str) -> None:
    answer = officer.get(reverse("admin:dsr_ticket_changelist") + query)
    assert answer.status_code in (200, 302, 400)


PATHS = [
    f"case/{HUGE}/note/",
    f"ticket/{HUGE}/propose/",
    f"document/{HUGE}/",
    f"search/{HUGE}/",
    f"letter/{HUGE}/pdf/",
    f"mail/{HUGE}/original/",
    f"dsr/case/{HUGE}/change/",
    "dsr/case/abc/change/",
    "dsr/letter/abc/change/",
    "dsr/arrival/abc/change/",
    "dsr/ticket/abc/change/",
    "dsr/searchtask/abc/change/",
    "letter/1/burn/",
]


@pytest.mark.parametrize("path", PATHS)
def test_what_does_not_exist_is_not_found(officer: Client, path: str) -> None:
    assert officer.get(f"/desk/{path}").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["?collection=nothing", "?page=0", f"?page={HUGE}", "?page=-1", "?page=two"],
)
def test_a_page_of_findings_is_always_a_page(
    officer: Client, found: Ticket, query: str
) -> None:
    url = reverse("admin:findings", args=[found.searches.get().pk])
    assert officer.get(url + query).status_code == 200


@pytest.mark.parametrize("term", ["\x00", "ann@example.org\x00", "'; --", "@", HUGE])
def test_the_search_survives_any_term(officer: Client, case: Case, term: str) -> None:
    answer = officer.post(reverse("admin:find"), {"term": term})
    assert answer.status_code == 302


@pytest.mark.parametrize("day", ["1900-01-01", "2018-05-24", "0001-01-01"])
def test_a_receipt_before_the_law_is_refused(officer: Client, day: str) -> None:
    said = {"received_on": day, "received_time": "09:00"}
    answer = officer.post(reverse("admin:typed_in"), said)
    assert "received_on" in answer.context["form"].errors


def test_a_person_without_any_address_is_answered_nowhere_but_handled(
    officer: Client, staff: object
) -> None:
    ticket = open_case(email="").tickets.get()
    url = reverse("admin:act", args=[ticket.pk, "ask_identity"])
    answer = officer.get(url)
    assert answer.status_code == 409
    assert "neither an e-mail nor a postal address" in answer.content.decode()
