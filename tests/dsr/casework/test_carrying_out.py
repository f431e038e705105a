"""Orders that a machine carries out: planned, kept, applied, and answered for."""

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from dsr import casework
from dsr.casework import carrying_out, planners
from dsr.casework.orders import give_orders
from dsr.casework.ticket_lock import lock
from dsr.models import LedgerEntry, SystemOrder, Ticket
from dsr.policy import PolicyError
from dsr.vocabulary import OrderAct
from subjects.systems.base import System, UnreachableError
from subjects.systems.changes import Change
from subjects.systems.shape import Address
from subjects.systems.sql.system import SQLSystem
from tests.dsr.conftest import AUDITOR, OFFICER, RECEIVED, WHY, Open, refused

SOON = RECEIVED + timedelta(minutes=1)
LATER = RECEIVED + timedelta(hours=2)
NOTES = Address("crm", "interactions")
PLANNED: dict[str, list[Change]] = {
    "crm": [
        Change(NOTES, {"id": 1}, {("channel",): "?"}),
        Change(NOTES, {"id": 2}, {("channel",): "?"}, {("note",): None}),
    ]
}


def say(house: Path, sql: str, *values: str) -> list[tuple[Any, ...]]:
    """Ask or change the customer database as its own program does."""
    with closing(sqlite3.connect(house / "company/crm.sqlite3")) as database:
        found = database.execute(sql, values).fetchall()
        database.commit()
        return found


@pytest.fixture
def planned(
    house: Path, company: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[Change]]:
    """Give the desk systems of its own that it may change, and a plan to carry out."""
    shutil.copytree(company, house / "company")
    settings.SYSTEMS_FILE = house / "company/systems.toml"
    listed = settings.SYSTEMS_FILE.read_text("utf-8")
    may = listed.replace("[[system]]", '[[system]]\nacts = ["erase"]')
    settings.SYSTEMS_FILE.write_text(may, "utf-8")
    found = {key: list(changes) for key, changes in PLANNED.items()}
    for number, (channel, subject) in enumerate(
        say(house, "SELECT channel, note FROM interactions WHERE id < 3")
    ):
        change = found["crm"][number]
        expected: dict[tuple[str, ...], Any] = {
            ("channel",): channel,
            ("note",): subject,
        }
        found["crm"][number] = Change(NOTES, change.key, expected, change.values)

    def plan(
        ticket: Ticket, systems: Sequence[System], at: datetime
    ) -> Mapping[str, Sequence[Change]]:
        return found

    monkeypatch.setitem(planners.PLANNERS, "erase", plan)
    return found


@pytest.fixture
def ordered(planned: dict[str, list[Change]], open_case: Open) -> Ticket:
    """Order the systems to erase."""
    ticket = open_case("erasure").tickets.get()
    with transaction.atomic():
        give_orders(lock(ticket.pk), OrderAct.ERASE, by=OFFICER, at=RECEIVED)
    return ticket


def order(system: str = "crm") -> SystemOrder:
    return SystemOrder.objects.get(system=system)


def test_orders_are_planned_together_then_carried_out_and_answered_for(
    ordered: Ticket, house: Path
) -> None:
    before = say(house, "SELECT count(*) FROM interactions")[0][0]

    assert casework.carry_out_orders(at=SOON) == 2

    crm, claims = order(), order("claims")
    assert (crm.state, crm.closed_by, claims.state) == ("done", "system", "done")
    assert crm.note.endswith("read back: 1 rows deleted, 1 changed, 0 done before.")
    assert crm.receipt["deleted"] == {"crm:interactions": 1}
    assert say(house, "SELECT count(*) FROM interactions") == [(before - 1,)]
    assert say(house, "SELECT note FROM interactions WHERE id = 2") == [(None,)]
    assert not crm.plan
    assert crm.plan_sha256
    facts = LedgerEntry.objects.get(event="order.planned").facts
    assert facts["changes"] == {"claims": 0, "crm": 2}
    assert LedgerEntry.objects.filter(event="order.carried_out").count() == 2
    assert casework.carry_out_orders(at=LATER) == 0


def test_of_the_plan_only_what_a_replay_needs_stays_on_the_disk(
    ordered: Ticket, house: Path, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        casework.carry_out_orders(at=SOON)
    left = [one for one in (house / "files").rglob("*") if one.is_file()]
    assert left == [Path(order().replay.path)]


def test_a_worker_that_died_before_it_could_say_so_has_done_it_once(
    ordered: Ticket, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        pass

    def die(*_args: object, **_given: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(carrying_out, "_carried_out", die)
        with pytest.raises(KilledError):
            casework.carry_out_orders(at=SOON)
    assert say(house, "SELECT id FROM interactions WHERE id < 3") == [(2,)]
    assert order().state == "waiting"
    assert casework.carry_out_orders(at=SOON + timedelta(seconds=5)) == 1

    assert casework.carry_out_orders(at=LATER) == 1
    assert order().receipt["done_before"] == {"crm:interactions": 2}


def test_what_changed_since_the_plan_waits_for_somebody_to_look(
    ordered: Ticket, house: Path, planned: dict[str, list[Change]]
) -> None:
    was = str(planned["crm"][0].expected["channel",])
    say(house, "UPDATE interactions SET channel = 'FAX' WHERE id = 1")

    assert casework.carry_out_orders(at=SOON) == 1

    crm = order()
    assert (crm.state, crm.next_attempt_at) == ("waiting", None)
    assert "1 rows of crm:interactions are no longer what they were" in crm.last_error
    assert say(house, "SELECT note FROM interactions WHERE id = 2") != [(None,)]
    assert list(SystemOrder.objects.all().not_carried_out()) == [crm]
    assert LedgerEntry.objects.get(event="order.failed").facts["why"] == "StaleError"
    with refused("role of handler"):
        casework.retry_orders(ordered.pk, orders=[crm.pk], by=AUDITOR, at=LATER)
    with refused("Choose orders that wait"):
        done = order("claims").pk
        casework.retry_orders(ordered.pk, orders=[done], by=OFFICER, at=LATER)

    del planned["crm"][0]  # found no more, but still to be done
    planned["crm"].insert(0, Change(NOTES, {"id": 3}, {}, {("note",): "x"}))
    say(house, "UPDATE interactions SET channel = ? WHERE id = 1", was)
    casework.retry_orders(ordered.pk, orders=[crm.pk], by=OFFICER, at=LATER)
    assert casework.carry_out_orders(at=LATER) == 1

    assert order().receipt["deleted"] == {"crm:interactions": 1}
    assert order().receipt["changed"] == {"crm:interactions": 2}


def test_a_system_that_does_not_answer_is_asked_again_or_answered_for_by_hand(
    ordered: Ticket, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise UnreachableError("crm: sqlite cannot be reached; check that it runs")

    with monkeypatch.context() as patch:
        patch.setattr(SQLSystem, "apply", fail)
        casework.carry_out_orders(at=SOON)
    assert order().next_attempt_at is not None
    assert order().last_error.startswith("crm: sqlite cannot be reached")
    assert order().plan

    casework.close_order(order().pk, done=True, note=WHY, by=OFFICER, at=LATER)

    crm = order()
    assert (crm.state, crm.closed_by, crm.next_attempt_at) == ("done", "officer", None)
    assert not crm.plan
    assert casework.carry_out_orders(at=LATER) == 1  # the other, tried again


def test_a_planner_may_leave_it_to_an_officer(
    ordered: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plan(*_args: object) -> Mapping[str, Sequence[Change]]:
        raise PolicyError("A restriction forbids it.")

    monkeypatch.setitem(planners.PLANNERS, "erase", plan)
    assert casework.carry_out_orders(at=SOON) == 0
    assert order("claims").last_error == "A restriction forbids it."
    assert not SystemOrder.objects.all().in_queue().filter(system="claims").exists()


def test_without_leave_in_the_list_everything_is_done_by_hand(
    planned: object, open_case: Open, settings: Settings, company: Path
) -> None:
    settings.SYSTEMS_FILE = company / "systems.toml"
    ticket = open_case("erasure").tickets.get()
    give_orders(ticket, OrderAct.ERASE, by=OFFICER, at=RECEIVED)
    assert casework.carry_out_orders(at=SOON) == 0
    assert {one.last_error for one in ticket.orders.all()} == {""}
    assert casework.orders_for_a_machine(ticket) == []
