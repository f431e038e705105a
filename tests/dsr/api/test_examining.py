"""A rectification and an erasure by another program, through the same verbs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from dsr.models import ErasureItem, Ticket
from tests.dsr.desk.conftest import system
from tests.dsr.desk.test_examining import LONG, searched

__all__ = ["system"]
pytestmark = pytest.mark.django_db
Enter = Callable[[str], APIClient]
KEPT = {
    "categories": ["claims"],
    "verdict": "retain",
    "exception": "legal_claims",
    "keep_until": "2099-01-10",
    "why": LONG,
    "reckoning": {"claim": "contract", "event_on": "2096-01-10"},
}
GROUND = {"categories": ["claims"], "ground": "no_longer_necessary"}


def post(program: Enter, ticket: Ticket, act: str, said: dict[str, Any]) -> Any:
    url = f"/api/v1/tickets/{ticket.pk}/{act}/"
    return program("officer").post(url, said, format="json")


def test_a_datum_is_noted_and_judged(program: Enter, system: Path) -> None:
    ticket = searched("rectification")
    said: dict[str, Any] = {"system": "crm", "place": "name", "should_say": "Anne"}
    assert post(program, ticket, "verify", said).json()["state"] == "verifying"
    datum = ticket.corrections.get().pk
    said = {"datum": datum, "verdict": "correct"}
    assert post(program, ticket, "judge_datum", said).status_code == 200
    assert ticket.corrections.get().verdict == "correct"
    wrong = {"datum": datum, "verdict": "perhaps"}
    assert list(post(program, ticket, "judge_datum", wrong).json()) == ["verdict"]


def test_a_category_is_kept_with_the_facts_of_its_day(
    program: Enter, system: Path
) -> None:
    ticket = searched("erasure")
    assert post(program, ticket, "examine_grounds", GROUND).status_code == 200
    assert post(program, ticket, "examine_exceptions", KEPT).status_code == 200
    item = ErasureItem.objects.get()
    assert (item.keep_until.isoformat() if item.keep_until else "") == "2099-01-10"
    assert (item.reckoning or {})["claim"] == "contract"


@pytest.mark.parametrize(
    ("act", "said", "field"),
    [
        ("examine_grounds", GROUND | {"categories": ["shoes"]}, "categories"),
        ("examine_grounds", GROUND | {"ground": "too_much"}, "ground"),
        ("examine_exceptions", KEPT | {"exception": "too_busy"}, "exception"),
        ("examine_exceptions", KEPT | {"keep_until": "soon"}, "keep_until"),
        ("examine_exceptions", KEPT | {"reckoning": {"claim": "x"}}, "reckoning"),
        ("move_keep_until", {"category": "claims", "why": LONG}, "keep_until"),
        ("erase_kept", {"why": "yes"}, "why"),
        ("tell_publishers", {"steps": "none"}, "steps"),
    ],
)
def test_what_is_wrong_is_told_by_field(
    program: Enter, system: Path, act: str, said: dict[str, Any], field: str
) -> None:
    ticket = searched("erasure")
    answer = post(program, ticket, act, said)
    assert (answer.status_code, list(answer.json())) == (400, [field])
