"""The plan of an erasure as a page: fates, grounds and days, filtered and paged."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains

from dsr.models import Ticket
from tests.dsr.desk.conftest import NOW, open_case

JEANNE = "jeanne.peeters@demo.example"


@pytest.fixture
def page(staff: object, settings: Settings, company: Path) -> str:
    """Return the page of Jeanne's erasure, her address proven."""
    settings.SYSTEMS_FILE = company / "systems.toml"
    case = open_case("erasure", email=JEANNE)
    case.subject.identifiers.update(verified_at=NOW, verified_by="officer")
    return reverse("admin:erase_plan", args=[case.tickets.get().pk])


def test_the_page_says_what_becomes_of_each_record_and_why(
    officer: Client, page: str
) -> None:
    found = officer.get(page)

    assertContains(found, "Not every category is judged yet.")
    for fate in ("Erase", "Mask", "Keep", "Shared with others"):
        assertContains(found, f"<strong>{fate}</strong>")
    assertContains(found, "Accounts and taxes: A law obliges us to keep the data")
    assertContains(found, "VAT Code Art. 60")
    assertContains(found, "31 December 20")
    assertContains(found, "as long as it is in force")
    assertNotContains(found, "Peeters")


def test_one_fate_of_one_collection_is_shown_alone(officer: Client, page: str) -> None:
    found = officer.get(f"{page}?collection=crm:customers&fate=mask&page=9")

    assertContains(found, "Customer file, mask: 1 record")
    assertContains(found, "Page 1 of 1")
    assertContains(found, "customer_number: K-100001", count=1)
    assertNotContains(found, "<strong>Erase</strong>")
    assertContains(officer.get(f"{page}?fate=no"), "Nothing was found here.")


def test_only_who_may_read_cases_sees_it_and_only_of_an_erasure(
    enter: Callable[[str], Client], officer: Client, page: str, ticket: Ticket
) -> None:
    assert enter("auditor").get(page).status_code == 403
    assert enter("medic").get(page).status_code == 403
    other = reverse("admin:erase_plan", args=[ticket.pk])
    assert officer.get(other).status_code == 404


def test_a_system_that_does_not_answer_is_said_on_the_page(
    officer: Client, page: str, settings: Settings
) -> None:
    settings.SYSTEMS_FILE = Path("/nowhere/systems.toml")

    assertContains(officer.get(page), "It cannot be planned now: /nowhere/systems")
