"""Evidence and fees at the desk, and through the interface."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from dsr.models import Ticket
from tests.dsr.desk.conftest import DPO, NOW, OFFICER
from tests.dsr.steps import WHY, decide, send_reply

pytestmark = pytest.mark.django_db
ABUSE = {
    "objective": "The copy was never opened, and the purpose is foreign to it.",
    "subjective": "The letter asks for money to let the request rest.",
    "given_voluntarily": "Yes.",
    "purpose": "A newsletter.",
    "time_elapsed": "Thirteen days.",
    "conduct": "The same letter to forty companies.",
    "public_pattern": "",
}


def act(ticket: Ticket, name: str) -> str:
    return reverse("admin:act", args=[ticket.pk, name])


def proposal(**more: str) -> dict[str, str | list[str]]:
    pay_by = (timezone.localdate() + timedelta(days=14)).isoformat()
    fee = {"amount": "12.50", "basis": "excessive", "cost_basis": WHY, "pay_by": pay_by}
    asked: dict[str, str | list[str]] = {
        "outcome": "fee",
        "grounds": ["excessive_abuse"],
        "reasons": WHY,
    }
    return {**asked, **fee, **more}


def test_a_fee_is_proposed_with_its_evidence_and_waits(
    officer: Client, found: Ticket
) -> None:
    page = officer.get(act(found, "propose"), {"outcome": "fee"}).content.decode()
    assert 'name="pay_by"' in page
    answer = officer.post(act(found, "propose"), proposal())
    assert answer.status_code == 409
    assert "both must be proven" in answer.content.decode()
    assert officer.post(act(found, "record_abuse"), ABUSE).status_code == 302
    assert officer.post(act(found, "propose"), proposal(amount="0")).status_code == 400
    assert officer.post(act(found, "propose"), proposal()).status_code == 302
    decide(found.pk, by=DPO, at=NOW)
    send_reply(found.pk, at=NOW)
    case = reverse("admin:dsr_case_change", args=[found.case_id])
    text = officer.get(case).content.decode()
    assert "12.50 EUR" in text
    assert "The same letter to forty companies." in text
    queue = reverse("admin:dsr_ticket_changelist")
    waiting = officer.get(f"{queue}?group=open&stand=waiting").content.decode()
    assert found.case.reference in waiting
    assert "their payment of the fee" in waiting
    assert officer.get(act(found, "fee_lapsed")).status_code == 409
    assert officer.post(act(found, "fee_paid")).status_code == 302
    assert "Paid" in officer.get(case).content.decode()


def test_an_earlier_reply_is_chosen_from_those_there_are(
    officer: Client, ticket: Ticket
) -> None:
    assert officer.get(act(ticket, "record_repetition")).status_code == 200
    said = {"earlier_id": str(ticket.pk), "scope": WHY}
    assert officer.post(act(ticket, "record_repetition"), said).status_code == 400


def test_a_program_asks_a_fee_with_its_basis(
    found: Ticket, staff: dict[str, User]
) -> None:
    client = APIClient()
    client.force_authenticate(staff[OFFICER.name])
    url = f"/api/v1/tickets/{found.pk}/"
    facts = client.post(f"{url}record_unfounded/", {"facts": WHY}, format="json")
    assert facts.status_code == 200, facts.content
    fee = {
        "amount": "5.00",
        "basis": "excessive",
        "cost_basis": WHY,
        "pay_by": (timezone.localdate() + timedelta(days=14)).isoformat(),
    }
    said = {"outcome": "fee", "grounds": ["manifestly_unfounded"], "reasons": WHY}
    without = client.post(f"{url}propose/", said, format="json")
    assert without.status_code == 409
    done = client.post(f"{url}propose/", {**said, "fee": fee}, format="json")
    assert done.status_code == 200, done.content
    assert done.json()["proposed_outcome"] == "fee"
