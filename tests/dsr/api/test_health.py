"""Data on health by the interface: their number, and the medical adviser's one act."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from dsr.models import SearchTask, Ticket
from tests.dsr.desk.conftest import found, system

__all__ = ["found", "system"]

pytestmark = pytest.mark.django_db
Enter = Callable[[str], APIClient]
ENVELOPE = {"crm:customer": {"fields": ["remark"], "records": 2, "whole": False}}


@pytest.fixture
def sealed(found: Ticket) -> Ticket:
    """Return a ticket for which health data were found."""
    SearchTask.objects.filter(ticket=found).update(health=ENVELOPE)
    return found


def act(ticket: Ticket, name: str) -> str:
    return f"/api/v1/tickets/{ticket.pk}/{name}/"


def case(ticket: Ticket) -> str:
    return f"/api/v1/cases/{ticket.case.reference}/"


def test_others_read_how_many_there_are(program: Enter, sealed: Ticket) -> None:
    shown = program("officer").get(case(sealed))
    assert "Bob Other" not in shown.content.decode()
    ticket = shown.json()["tickets"][0]
    assert ticket["health"] == {"records": 2, "fields": 1, "looked_at": False}


def test_the_medical_adviser_clears_and_reads_nothing_else(
    program: Enter, sealed: Ticket
) -> None:
    medic = program("medic")
    assert medic.get(case(sealed)).status_code == 403
    assert medic.get("/api/v1/tickets/").status_code == 403
    done = medic.post(act(sealed, "clear_health"), {}, format="json")
    assert done.json() == {
        "id": sealed.pk,
        "reference": sealed.case.reference,
        "health": {"records": 2, "fields": 1, "looked_at": True},
    }
    again = medic.post(act(sealed, "clear_health"), {}, format="json")
    assert (again.status_code, again.json()) == (
        409,
        {"error": "The health data were looked at already."},
    )


@pytest.mark.parametrize(("who", "status"), [("officer", 409), ("ada", 403)])
def test_nobody_else_clears(
    program: Enter, sealed: Ticket, who: str, status: int
) -> None:
    answer = program(who).post(act(sealed, "clear_health"), {}, format="json")
    assert answer.status_code == status


def test_a_ticket_without_health_data_is_out_of_reach(
    program: Enter, found: Ticket
) -> None:
    answer = program("medic").post(act(found, "clear_health"), {}, format="json")
    assert answer.status_code == 404


@pytest.mark.parametrize("address", ["/api/v1/tickets/", "case"])
def test_an_administrator_reads_no_ticket(
    program: Enter, sealed: Ticket, address: str
) -> None:
    url = case(sealed) if address == "case" else address
    assert program("ada").get(url).status_code == 403
