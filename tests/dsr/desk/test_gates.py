"""The checklist at the desk: on the card, on its own page, before a decision."""

import pytest
from django.test import Client
from django.urls import reverse

from dsr import casework
from dsr.models import GateAnswer, Ticket
from dsr.vocabulary import State
from tests.dsr.conftest import DPO, JEANNE, WHY, Walk
from tests.dsr.desk.conftest import NOW, OFFICER
from tests.dsr.steps import inform

pytestmark = pytest.mark.django_db


def page_of(ticket: Ticket, name: str = "answer_gates") -> str:
    return reverse("admin:act", args=[ticket.pk, name])


def test_the_page_asks_all_open_checks_at_once(officer: Client, found: Ticket) -> None:
    page = officer.get(page_of(found)).content.decode()
    for gate in ("G2", "G5", "G6", "G7"):
        assert f'name="{gate}"' in page
    for gate in ("G0", "G1", "G3", "G4", "G8", "G9"):
        assert f'name="{gate}"' not in page
    assert "checked" not in page  # nothing is decided beforehand
    assert "proven: e-mail address" in page


def test_what_was_answered_is_chosen_when_the_page_is_opened_again(
    officer: Client, found: Ticket
) -> None:
    said = {"G2": "joint", "G2_note": "with the assistance company"}
    assert officer.post(page_of(found), said).status_code == 302
    page = officer.get(page_of(found)).content.decode()
    assert page.count("checked") == 1
    assert "with the assistance company" in page
    answers = GateAnswer.objects.values_list("gate", "answer", "answered_by")
    assert list(answers) == [("G2", "joint", "officer")]


def test_an_answer_to_explain_wants_its_note(officer: Client, found: Ticket) -> None:
    answer = officer.post(page_of(found), {"G5": "abuse"})
    assert answer.status_code == 400
    assert "Explain this answer in a few words." in answer.content.decode()
    assert not GateAnswer.objects.exists()


def test_the_card_says_what_is_open_and_what_disagrees(
    officer: Client, found: Ticket
) -> None:
    case = reverse("admin:dsr_case_change", args=[found.case_id])
    assert "Checks: 4 are open" in officer.get(case).content.decode()
    answers = [casework.NewAnswer("G5", "abuse", "many such letters")]
    casework.answer_gates(found.pk, answers=answers, by=OFFICER, at=NOW)
    inform(found.pk)
    casework.propose(found.pk, outcome="granted", by=OFFICER, at=NOW)
    page = officer.get(case).content.decode()
    assert "Checks: 3 are open" in page
    assert "G5 shows a sign of an abuse of the right" in page


def test_the_page_of_the_proposal_shows_what_is_open(
    officer: Client, found: Ticket
) -> None:
    page = officer.get(f"{page_of(found, 'propose')}?outcome=granted").content.decode()
    assert "Checks: 4 are open" in page
    assert page_of(found) in page


def test_opened_again_the_page_remembers_and_chooses_nothing(
    officer: Client, walk: Walk
) -> None:
    ticket = walk(State.CLOSED, "restriction", email=JEANNE)
    casework.reopen(ticket.pk, why=WHY, by=DPO, at=NOW)
    page = officer.get(page_of(ticket)).content.decode()
    assert "Before it was reopened: we alone decide." in page
    assert "before it was reopened: we alone decide" in page
    assert "checked" not in page
