"""What a machine could not do is named wherever an officer looks, with a way on."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from dsr import casework
from dsr.casework.orders import give_orders
from dsr.casework.ticket_lock import lock
from dsr.models import ErasureDebt, Ticket
from dsr.vocabulary import OrderAct
from tests.dsr.desk.conftest import NOW, OFFICER, open_case
from tests.dsr.desk.test_telling import card_of, url

pytestmark = pytest.mark.django_db
WHY = "Nothing is verified by which the person can be found; answer by hand."


@pytest.fixture
def undone(system: object, staff: object, settings: Settings) -> Ticket:
    """Return a ticket whose system a machine was to erase, and could not."""
    listed = settings.SYSTEMS_FILE.read_text("utf-8")
    may = listed.replace("[[system]]", '[[system]]\nacts = ["erase"]')
    settings.SYSTEMS_FILE.write_text(may, "utf-8")
    ticket = open_case("erasure").tickets.get()
    with transaction.atomic():
        give_orders(lock(ticket.pk), OrderAct.ERASE, by=OFFICER, at=NOW)
    casework.carry_out_orders(at=NOW)
    assert ticket.orders.get().last_error == WHY
    return ticket


def test_home_list_and_card_name_it_and_it_can_be_tried_again(
    officer: Client, undone: Ticket
) -> None:
    home = officer.get(reverse("admin:index")).content.decode()
    listed = reverse("admin:dsr_systemorder_changelist") + "?undone=yes"
    assert "orders to systems that could not be carried out" in home
    assert listed in home
    assert WHY in officer.get(listed).content.decode()
    card = card_of(officer, undone)
    assert WHY in card
    assert url(undone, "retry_orders") in card

    order = undone.orders.get()
    retried = officer.post(url(undone, "retry_orders"), {"orders": [order.pk]})
    assert retried.status_code == 302
    assert "the machine carries it out" in card_of(officer, undone)
    assert officer.get(url(undone, "retry_orders")).status_code == 409
    said = {"orders": [order.pk], "done": "done", "note": "Deleted by Ann."}
    assert officer.post(url(undone, "close_orders"), said).status_code == 302
    after = officer.get(reverse("admin:index")).content.decode()
    assert "orders to systems that could not be carried out" not in after
    row = reverse("admin:dsr_systemorder_change", args=[order.pk])
    assert officer.get(row).url.endswith(f"#ticket-{undone.pk}")  # type: ignore[attr-defined]


def test_the_card_of_an_erasure_names_what_a_rule_keeps(
    officer: Client, undone: Ticket
) -> None:
    undone.erasures.create(category="claims", noted_at=NOW, noted_by="officer")
    ErasureDebt.objects.create(
        ticket=undone,
        system="crm",
        collection="crm:customer",
        ground="legal_claims",
        basis="Insurance Act Art. 88 § 1",
        keep_until=date(2031, 6, 30),
        records=3,
        noted_at=NOW,
    )
    card = card_of(officer, undone)
    assert "Insurance Act Art. 88 § 1" in card
    assert "30 June 2031" in card
