"""An erasure from the decision to the proof, in databases that a machine changes."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from dsr import casework
from dsr.models import ErasureDebt, RestrictionMeasure, Ticket
from dsr.vocabulary import State
from subjects.systems.collect import collected
from subjects.systems.register import load_systems
from tests.dsr.casework.test_carrying_out import say
from tests.dsr.conftest import (
    JEANNE,
    LUC,
    OFFICER,
    RECEIVED,
    Open,
    carry_out,
    decide,
    excuse_notices,
    propose,
    send_reply,
    take,
)

EVERYTHING = (
    "identification", "contracts", "claims", "health", "payments", "correspondence",
    "preferences", "login_and_cookies",
)  # fmt: skip


@pytest.fixture
def decided(house: Path, company: Path, settings: Settings, open_case: Open) -> Ticket:
    """Decide to erase everything of Jeanne that no rule keeps."""
    shutil.copytree(company, house / "company")
    settings.SYSTEMS_FILE = house / "company/systems.toml"
    listed = settings.SYSTEMS_FILE.read_text("utf-8")
    if "acts" not in listed:
        may = listed.replace("[[system]]", '[[system]]\nacts = ["erase"]')
        settings.SYSTEMS_FILE.write_text(may, "utf-8")
    ticket = open_case("erasure", email=JEANNE).tickets.get()
    take(ticket.pk)
    who: dict[str, Any] = {"by": OFFICER, "at": RECEIVED}
    categories = [*EVERYTHING]
    casework.examine_grounds(
        ticket.pk, categories=categories, ground="no_longer_necessary", **who
    )
    casework.examine_exceptions(
        ticket.pk, categories=categories, verdict="erase", **who
    )
    propose(ticket.pk)
    return decide(ticket.pk)


def held(settings: Settings, email: str) -> dict[str, list[dict[str, Any]]]:
    systems = load_systems(settings.SYSTEMS_FILE)
    try:
        return collected(systems, {"email": [email]})
    finally:
        for system in systems:
            system.close()


def test_what_was_decided_is_erased_and_nothing_of_anybody_else(
    decided: Ticket, settings: Settings, house: Path
) -> None:
    before, neighbour = held(settings, JEANNE), held(settings, LUC)
    others = "SELECT * FROM interactions WHERE customer_number <> ?"
    number = str(before["crm:customers"][0]["customer_number"])
    kept = say(house, others, number)

    casework.carry_out_orders(at=RECEIVED)

    ticket = Ticket.objects.get(pk=decided.pk)
    assert ticket.state == State.NOTIFYING
    orders = {one.system: one for one in ticket.orders.all()}
    assert {one.closed_by for one in orders.values()} == {"system"}, [
        one.last_error for one in orders.values()
    ]
    assert held(settings, LUC) == neighbour
    assert say(house, others, number) == kept
    after = held(settings, JEANNE)
    assert orders["crm"].receipt["changed"] == {"crm:customers": 1}
    assert after["crm:customers"] != before["crm:customers"]
    assert len(after["crm:policies"]) == len(before["crm:policies"])
    owed = ErasureDebt.objects.all().open()
    assert ("claims:claims", "Insurance Act Art. 88 § 2") in owed.values_list(
        "collection", "basis"
    )


def test_what_a_rule_kept_is_erased_on_the_morning_after_its_last_day(
    decided: Ticket, settings: Settings, plain_letters: None
) -> None:
    casework.carry_out_orders(at=RECEIVED)
    excuse_notices(decided.pk)
    carry_out(decided.pk)
    send_reply(decided.pk)
    ticket = Ticket.objects.get(pk=decided.pk)
    first = ticket.debts.all().open().order_by("keep_until").first()
    assert first
    before = len(held(settings, JEANNE)[first.collection])
    due_at = ticket.timers.get(kind="keep_until").due_at
    assert due_at.date() == first.keep_until + timedelta(days=1)

    casework.fire_timers(at=due_at)
    casework.carry_out_orders(at=due_at)

    after = len(held(settings, JEANNE)[first.collection])
    assert after == before - first.records
    assert not ErasureDebt.objects.all().past(due_at.date()).exists()
    assert ticket.timers.get(kind="keep_until").due_at > due_at


def test_a_restriction_since_the_decision_keeps_the_machine_from_erasing(
    decided: Ticket,
) -> None:
    RestrictionMeasure.objects.create(
        ticket=decided,
        ground="claims_of_person",
        begun_at=RECEIVED,
        begun_by="officer",
    )
    assert casework.carry_out_orders(at=RECEIVED) == 0
    errors = decided.orders.values_list("last_error", flat=True)
    assert all("forbids to erase this person's data" in one for one in errors)
    assert Ticket.objects.get(pk=decided.pk).state == State.EXECUTING
