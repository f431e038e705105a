"""Who received the data of this person: the register of recipients, read with care."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pytest_django import Settings

from dsr import casework
from dsr.casework.notices import owe_notices
from dsr.controller import current
from dsr.controller.data import Controller
from dsr.models import LedgerEntry, Ticket
from dsr.policy import receiving
from dsr.policy.receiving import concerned, receivers
from dsr.vocabulary import OrderAct
from tests.dsr.casework.test_errands import DATABASE
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED, WHY, Open, verify

EXPERTS, DOCTORS = "experts.motor_experts", "medical_consultants.medical_advisers"
BROKER = "intermediaries.makelaars"
DAY = RECEIVED.date()


def policy(**changes: Any) -> Controller:
    """Return the policy with another entry for the experts."""
    controller = current()
    kind = controller.recipients["experts"]
    entry = replace(kind.named["motor_experts"], **changes)
    other = replace(kind, named=MappingProxyType({"motor_experts": entry}))
    recipients = {**controller.recipients, "experts": other}
    return replace(controller, recipients=MappingProxyType(recipients))


@pytest.fixture
def ticket(open_case: Open, house: Path, settings: Settings, company: Path) -> Ticket:
    """Search two databases for Jeanne, who has claims, and an injury among them."""
    listed = [DATABASE.format(key=key, folder=company) for key in ("crm", "claims")]
    settings.SYSTEMS_FILE = house / "systems.toml"
    settings.SYSTEMS_FILE.write_text("".join(listed), "utf-8")
    ticket = verify(open_case("erasure", email=JEANNE)).tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    casework.search_systems(at=RECEIVED)
    return ticket


def names(ticket: Ticket, **changes: Any) -> set[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receiving, "current", lambda: policy(**changes))
        return set(receivers(ticket, DAY))


def only_in_crm(ticket: Ticket) -> None:
    task = ticket.searches.get(system="claims")
    task.counts, task.state = {}, "nothing"
    task.save()


def test_who_receives_from_where_something_lies_is_named(ticket: Ticket) -> None:
    assert {EXPERTS, BROKER} <= names(ticket)
    only_in_crm(ticket)
    assert EXPERTS not in names(ticket)
    assert BROKER in names(ticket)  # from whatever dataset


def test_a_category_counts_with_all_below_it(ticket: Ticket) -> None:
    only_in_crm(ticket)
    by_category = {"datasets": (), "categories": ("user.contact",)}
    assert EXPERTS in names(ticket, **by_category)
    assert EXPERTS not in names(ticket, datasets=(), categories=("user.contac",))
    assert EXPERTS not in names(ticket, datasets=("claims",), categories=("user",))


def test_nobody_is_left_out_where_it_is_not_certain(ticket: Ticket) -> None:
    only_in_crm(ticket)
    assert EXPERTS in names(ticket, datasets=("clams",))  # a slip of the pen
    task = ticket.searches.get(system="claims")
    task.state = "unreachable"
    task.save()
    assert EXPERTS in names(ticket)
    casework.excuse_search(task.pk, excuse=WHY, by=OFFICER, at=RECEIVED)
    assert EXPERTS in names(ticket)


def test_the_ledger_says_who_was_left_out(ticket: Ticket) -> None:
    only_in_crm(ticket)
    told = set(concerned(ticket, OrderAct.ERASE, DAY))
    assert EXPERTS not in told
    assert set(concerned(ticket, OrderAct.LIFT, DAY)) == set(
        current().recipients_on(DAY)
    )
    owe_notices(ticket, OrderAct.ERASE, by=OFFICER, at=RECEIVED)
    assert set(ticket.notices.values_list("recipient", flat=True)) == told
    line = LedgerEntry.objects.get(event="notice.owed")
    assert EXPERTS in line.facts["not_receiving"]
