"""The review of an automated decision, page by page; the reviewer sees their own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dsr import casework
from dsr.models import Ticket
from tests.dsr.desk.conftest import DPO, NOW, OFFICER, open_case
from tests.dsr.steps import LAW, WHY

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]
QUALIFIED = {
    "what": "The letter of 3 February that ended the travel contract.",
    "maker": "system",
    "rules": "payment score 4.2",
    "effect": "No contract any more.",
    "is_automated": "on",
    "is_significant": "on",
    "basis": "contract",
    "special_basis": "",
    "evidence": "",
}
REVIEWED = {
    "inputs": "The contract, the payments, and the record of the score.",
    "view": "I paid in time.",
    "view_considered": "The payment of January was found, and counts.",
    "result": "changed",
    "reasons": "The payments were in time; the contract goes on.",
    "explanation": "The score counts late payments of the last year.",
    "minutes": "45",
}


@pytest.fixture
def ticket(staff: dict[str, Any]) -> Ticket:
    """Open a request for a review, and take it in hand."""
    case = open_case("automated_decision_review")
    return casework.take_in_hand(case.tickets.get().pk, by=OFFICER, at=NOW)


def act(ticket: Ticket, name: str) -> str:
    return reverse("admin:act", args=[ticket.pk, name])


def page(ticket: Ticket) -> str:
    return reverse("admin:dsr_case_change", args=[ticket.case_id])


def assign(dpo: Client, ticket: Ticket) -> int:
    said = {
        "reviewer": "rita",
        "authority": WHY,
        "view_by": (timezone.localdate() + timedelta(days=5)).isoformat(),
    }
    return int(dpo.post(act(ticket, "assign_reviewer"), said).status_code)


def test_a_decision_goes_from_handler_to_dpo_to_reviewer(
    enter: Enter, officer: Client, dpo: Client, ticket: Ticket
) -> None:
    assert officer.post(act(ticket, "qualify_decision"), QUALIFIED).status_code == 302
    assert assign(dpo, ticket) == 302
    rita = enter("rita")
    assert ticket.case.reference in rita.get(reverse("admin:reviews")).content.decode()
    assert "payment score 4.2" in rita.get(page(ticket)).content.decode()
    assert rita.post(act(ticket, "record_review"), REVIEWED).status_code == 302
    text = officer.get(page(ticket)).content.decode()
    assert "The payment of January was found, and counts." in text
    assert "45 minutes" in text


def test_a_wrong_answer_is_asked_again(officer: Client, ticket: Ticket) -> None:
    wrong = QUALIFIED | {"what": "short"}
    assert officer.post(act(ticket, "qualify_decision"), wrong).status_code == 400
    wrong = QUALIFIED | {"basis": ""}
    answer = officer.post(act(ticket, "qualify_decision"), wrong)
    assert answer.status_code == 409
    assert "Say which point of Article 22(2)" in answer.content.decode()


def test_a_reviewer_sees_no_case_but_their_own(
    enter: Enter, dpo: Client, officer: Client, ticket: Ticket
) -> None:
    rita = enter("rita")
    other = open_case("access", email="bob@example.org")
    for url in (page(ticket), act(ticket, "record_review")):
        assert rita.get(url).status_code == 403
    assert rita.get(reverse("admin:reviews")).status_code == 200
    officer.post(act(ticket, "qualify_decision"), QUALIFIED)
    assign(dpo, ticket)
    assert rita.get(page(ticket)).status_code == 200
    assert rita.get(page(other.tickets.get())).status_code == 403
    shown = rita.get(reverse("admin:dsr_case_changelist")).content.decode()
    assert ticket.case.reference in shown
    assert other.reference not in shown
    casework.withdraw(ticket.pk, by=OFFICER, at=NOW)
    assert rita.get(page(ticket)).status_code == 403


def test_the_home_of_a_reviewer_leads_to_the_reviews(
    enter: Enter, staff: dict[str, Any]
) -> None:
    home = enter("rita").get(reverse("admin:index")).content.decode()
    assert reverse("admin:reviews") in home
    assert reverse("admin:dsr_ticket_changelist") not in home


def test_advice_stands_on_the_card_for_who_decides(
    officer: Client, dpo: Client, ticket: Ticket
) -> None:
    assert dpo.post(act(ticket, "advise"), {"text": WHY}).status_code == 302
    assert WHY in officer.get(page(ticket)).content.decode()
    assert officer.get(act(ticket, "advise")).status_code == 409


def test_a_late_refusal_warns_and_takes_leave(
    officer: Client, dpo: Client, staff: dict[str, Any]
) -> None:
    late = NOW - timedelta(days=40)
    ticket = open_case("erasure", received_at=late).tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=late)
    casework.propose(
        ticket.pk,
        outcome="refused",
        grounds=["legal_restriction"],
        law=LAW,
        reasons=WHY,
        by=OFFICER,
        at=late,
    )
    assert "A refusal was due by" in officer.get(page(ticket)).content.decode()
    said = {"why": WHY}
    assert dpo.post(act(ticket, "override_late_refusal"), said).status_code == 302
    text = officer.get(page(ticket)).content.decode()
    assert "Late refusal allowed" in text
    assert f"<p>{DPO.name}" in text
