"""The queue: by legal day, filtered in the URL, in a fixed number of queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dsr import casework
from dsr.casework import NewCase
from dsr.models import Case, Ticket, Timer
from dsr.vocabulary import SYSTEM, Channel
from tests.dsr.desk.conftest import NOW, OFFICER, open_case

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def queue() -> str:
    return reverse("admin:dsr_ticket_changelist")


def listed(client: Client, query: str = "") -> list[int]:
    answer = client.get(queue() + query)
    return [ticket.pk for ticket in answer.context["cl"].result_list]


def received(days: int, right: str = "access") -> Ticket:
    new = NewCase(
        channel=Channel.POST,
        received_at=NOW - timedelta(days=days),
        language="fr",
        rights=(right,),
        name="Jean Petit",
        postal_address="Rue Haute 1, 1000 Bruxelles",
    )
    return casework.open_case(new, by=SYSTEM, at=NOW).tickets.get()


def test_the_earliest_legal_day_comes_first(officer: Client) -> None:
    late, fresh, old = received(40), received(1), received(20)
    assert listed(officer) == [late.pk, old.pk, fresh.pk]


def test_a_row_says_the_time_left_in_words(officer: Client) -> None:
    received(40)
    text = officer.get(queue()).content.decode()
    assert "J.P." in text
    assert "Petit" not in text
    assert "late</span>" in text


def test_what_has_ended_is_shown_when_asked_for(officer: Client) -> None:
    open_ticket, ended = received(2), received(3)
    casework.withdraw(ended.pk, by=OFFICER, at=NOW)
    assert listed(officer) == [open_ticket.pk]
    assert listed(officer, "?group=ended") == [ended.pk]
    assert set(listed(officer, "?group=all")) == {open_ticket.pk, ended.pk}


def test_filters_keep_their_rows(officer: Client, staff: dict[str, User]) -> None:
    late, fresh = received(40), received(1, "erasure")
    casework.take_in_hand(fresh.pk, by=OFFICER, at=NOW)
    Timer.objects.filter(ticket=late, kind="half_time").update(fired_at=NOW)
    assert listed(officer, "?due=overdue") == [late.pk]
    assert listed(officer, "?owner=me") == [fresh.pk]
    assert listed(officer, "?owner=nobody") == [late.pk]
    assert listed(officer, "?right_code__exact=erasure") == [fresh.pk]
    assert listed(officer, "?due=10") == []
    assert listed(officer, "?stand=alarm") == [late.pk]
    assert listed(officer, "?due=nonsense") == [late.pk, fresh.pk]


@pytest.mark.parametrize("who", ["officer", "auditor"])
def test_forty_tickets_take_no_more_queries_than_one(
    enter: Callable[[str], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
    who: str,
) -> None:
    client = enter(who)
    received(1)
    with django_assert_max_num_queries(MOST_QUERIES) as one:
        assert len(listed(client)) == 1
    for number in range(39):
        received(number % 30)
    with django_assert_max_num_queries(MOST_QUERIES) as many:
        assert len(listed(client)) == 40
    assert len(one) == len(many)


def test_each_number_of_the_home_page_is_the_length_of_its_list(
    officer: Client, staff: dict[str, User]
) -> None:
    received(40)
    received(1)
    casework.take_in_hand(received(28).pk, by=OFFICER, at=NOW)
    open_case("erasure", "access")
    home = officer.get(reverse("admin:index")).context["home"]
    figures = [*home.due, *home.stand, *home.month]
    assert {str(figure.label): figure.number for figure in home.due}["overdue"] == 1
    for figure in figures:
        rows = officer.get(figure.url).context["cl"].result_count
        assert rows == figure.number, figure.label


def find(client: Client, term: str) -> str:
    return str(client.post(reverse("admin:find"), {"term": term})["Location"])


@pytest.mark.parametrize(
    "term", ["ann@example.org", " ANN@Example.org ", "c 1234", "{reference}"]
)
def test_a_case_is_found_by_exactly_what_names_it(
    officer: Client, staff: object, term: str
) -> None:
    case = open_case(identifiers={"customer_number": "C1234"})
    open_case(email="other@example.org")
    url = reverse("admin:dsr_case_change", args=[case.pk])
    assert find(officer, term.format(reference=case.reference.lower())) == url


@pytest.mark.parametrize("term", ["", "ann", "example.org", "DSR-2026-000001-00", "%"])
def test_a_part_finds_nothing(officer: Client, case: Case, term: str) -> None:
    answer = officer.post(reverse("admin:find"), {"term": term}, follow=True)
    assert "Nothing is known under exactly that" in answer.content.decode()


def test_several_cases_are_listed_and_no_address_stands_in_the_url(
    officer: Client, staff: object
) -> None:
    first, second = open_case(), open_case("erasure")
    target = find(officer, "ann@example.org")
    assert "ann" not in target
    tickets = {first.tickets.get().pk, second.tickets.get().pk}
    assert set(listed(officer, target.removeprefix(queue()))) == tickets


def test_an_auditor_finds_references_and_no_persons(
    enter: Callable[[str], Client], case: Case
) -> None:
    auditor = enter("auditor")
    assert find(auditor, "ann@example.org") == queue()
    target = find(auditor, case.reference)
    assert listed(auditor, target.removeprefix(queue())) == [case.tickets.get().pk]
