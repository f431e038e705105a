"""The officer answers for systems and recipients on the pages of the desk."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dsr import casework
from dsr.casework.notices import owe_notices
from dsr.casework.orders import give_orders
from dsr.casework.ticket_lock import lock
from dsr.models import Ticket
from dsr.vocabulary import OrderAct
from tests.dsr.desk.conftest import NOW, OFFICER, open_case

pytestmark = pytest.mark.django_db
ON_PAPER = "Demo Medical Advisers, Liège"
LONG = "They were bought up and nobody answers at any address."


@pytest.fixture
def owing(system: object, staff: object) -> Ticket:
    """Return a ticket whose system is ordered to correct, and recipients to be told."""
    ticket = open_case("rectification").tickets.get()
    with transaction.atomic():
        give_orders(lock(ticket.pk), OrderAct.CORRECT, by=OFFICER, at=NOW)
        owe_notices(lock(ticket.pk), OrderAct.CORRECT, by=OFFICER, at=NOW)
    return ticket


def url(ticket: Ticket, name: str) -> str:
    return reverse("admin:act", args=[ticket.pk, name])


def card_of(client: Client, ticket: Ticket) -> str:
    page = client.get(reverse("admin:dsr_case_change", args=[ticket.case_id]))
    return page.content.decode()


def test_an_officer_answers_for_a_system(officer: Client, owing: Ticket) -> None:
    assert "Answer for systems" in card_of(officer, owing)
    assert "crm: correct" in officer.get(url(owing, "close_orders")).content.decode()
    order = owing.orders.get()
    said = {"orders": [order.pk], "done": "done", "note": "Street changed by Ann."}
    assert officer.post(url(owing, "close_orders"), said).status_code == 302
    page = card_of(officer, owing)
    assert "Street changed by Ann." in page
    assert url(owing, "close_orders") not in page


def test_nobody_answers_twice(officer: Client, owing: Ticket) -> None:
    order = owing.orders.get()
    said = {"orders": [order.pk], "done": "done", "note": "Street changed by Ann."}
    officer.post(url(owing, "close_orders"), said)
    for answer in (
        officer.get(url(owing, "close_orders")),
        officer.post(url(owing, "close_orders"), said),
    ):
        assert answer.status_code == 409
        assert "No order to a system waits" in answer.content.decode()


def test_a_notice_on_paper_waits_for_who_posts_it(
    officer: Client, owing: Ticket
) -> None:
    notice = owing.notices.get(name=ON_PAPER)
    said = {"tell": [notice.pk], "state": "not_disclosed", "details": "Kerkstraat 12"}
    officer.post(url(owing, "tell_recipients"), said)
    casework.send_letters(at=timezone.now())
    assert "goes by post: note there" in card_of(officer, owing)
    home = officer.get(reverse("admin:index")).context["home"]
    (figure,) = [one for one in home.work if "to_post" in one.url]
    rows = officer.get(figure.url).context["cl"].queryset
    notice.refresh_from_db()
    assert [one.pk for one in rows] == [notice.letter_id]
    assert figure.number == 1


def test_the_home_page_counts_what_waits_for_others(
    officer: Client, owing: Ticket
) -> None:
    home = officer.get(reverse("admin:index")).context["home"]
    (figure,) = [one for one in home.stand if "unanswered" in one.url]
    assert figure.number == 1
    assert [one.pk for one in officer.get(figure.url).context["cl"].queryset] == [
        owing.pk
    ]


def test_an_impossible_order_has_to_be_explained(
    officer: Client, owing: Ticket
) -> None:
    order = owing.orders.get()
    said = {"orders": [order.pk], "done": "impossible", "note": "no"}
    answer = officer.post(url(owing, "close_orders"), said)
    assert answer.status_code == 409
    assert "at least 30 characters" in answer.content.decode()


def test_some_recipients_are_told_and_the_others_excused(
    officer: Client, owing: Ticket
) -> None:
    page = officer.get(url(owing, "tell_recipients")).content.decode()
    assert "What reads how now?" in page
    broker = owing.notices.get(recipient="intermediaries.brokers")
    said = {
        "tell": [broker.pk],
        "state": "disproportionate",
        "reason": "far",
        "details": "The street reads Kerkstraat 12.",
    }
    answer = officer.post(url(owing, "tell_recipients"), said)
    assert answer.status_code == 400
    assert "Explain it in at least 30" in answer.content.decode()
    said["reason"] = LONG
    assert officer.post(url(owing, "tell_recipients"), said).status_code == 302
    states = dict(owing.notices.values_list("recipient", "state"))
    assert states.pop("intermediaries.brokers") == "queued"
    assert set(states.values()) == {"disproportionate"}
    assert LONG in card_of(officer, owing)
    casework.send_letters(at=timezone.now())
    confirmed = officer.post(url(owing, "confirm_notices"), {"notices": [broker.pk]})
    assert confirmed.status_code == 302
    broker.refresh_from_db()
    assert (broker.state, broker.confirmed_by) == ("confirmed", "officer")


def test_those_not_chosen_stay_to_be_told(officer: Client, owing: Ticket) -> None:
    broker = owing.notices.get(recipient="intermediaries.brokers")
    said = {"tell": [broker.pk], "state": "", "details": "Kerkstraat 12"}
    assert officer.post(url(owing, "tell_recipients"), said).status_code == 302
    assert owing.notices.filter(state="open").count() == 11


def test_the_decider_may_look_but_not_answer(dpo: Client, owing: Ticket) -> None:
    order = owing.orders.get()
    said = {"orders": [order.pk], "done": "done", "note": "x"}
    answer = dpo.post(url(owing, "close_orders"), said)
    assert answer.status_code == 409
    assert "role of handler" in answer.content.decode()
