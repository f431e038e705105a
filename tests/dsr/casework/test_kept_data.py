"""What an erasure kept is erased when its day has come, though the ticket is closed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from dsr import casework
from dsr.models import ErasureItem, LedgerEntry, Ticket
from dsr.vocabulary import State
from tests.dsr.conftest import (
    AUDITOR,
    COLLEAGUE,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    decide,
    refused,
    send_reply,
    take,
)
from tests.dsr.steps import carry_out, close_orders, excuse_notices

LAST = date(2027, 3, 31)
RINGS = datetime(2027, 4, 1, 5, 0, tzinfo=UTC)  # 7 o'clock in Brussels
AFTER = datetime(2027, 4, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def kept(open_case: Open) -> Ticket:
    """Answer an erasure that keeps two categories, one until March 2027."""
    ticket = open_case("erasure", email=JEANNE).tickets.get()
    take(ticket.pk)
    who: dict[str, Any] = {"by": OFFICER, "at": RECEIVED}
    casework.examine_grounds(
        ticket.pk,
        categories=["claims", "payments", "preferences"],
        ground="no_longer_necessary",
        **who,
    )
    casework.examine_exceptions(
        ticket.pk, categories=["preferences"], verdict="erase", **who
    )
    for category, last in (("claims", LAST), ("payments", date(2036, 12, 31))):
        casework.examine_exceptions(
            ticket.pk,
            categories=[category],
            verdict="retain",
            exception="legal_claims",
            keep_until=last,
            why=WHY,
            **who,
        )
    casework.propose(
        ticket.pk, outcome="partial", grounds=["legal_claims"], reasons=WHY, **who
    )
    decide(ticket.pk, by=COLLEAGUE)
    close_orders(ticket.pk)
    excuse_notices(ticket.pk)
    carry_out(ticket.pk)
    send_reply(ticket.pk)
    return Ticket.objects.get(pk=ticket.pk)


def item(category: str = "claims") -> ErasureItem:
    return ErasureItem.objects.get(category=category)


def test_the_closed_ticket_rings_on_the_morning_after(kept: Ticket) -> None:
    assert kept.state == State.CLOSED
    (timer,) = kept.timers.pending()
    assert (timer.kind, timer.due_at) == ("keep_until", RINGS)
    casework.fire_timers(at=AFTER)
    assert kept.timers.get(pk=timer.pk).fired_at == AFTER
    assert LedgerEntry.objects.filter(
        event="ticket.alarm", facts__alarm="keep_until"
    ).exists()


def test_what_was_kept_is_erased_with_a_proof_of_its_own(kept: Ticket) -> None:
    casework.fire_timers(at=AFTER)
    casework.erase_kept(kept.pk, why=WHY, by=OFFICER, at=AFTER)
    assert set(kept.orders.filter(turn=2).values_list("state", flat=True)) == {
        "waiting"
    }
    assert item().erased_at is None
    assert ErasureItem.objects.past(AFTER.date()).count() == 1
    close_orders(kept.pk, at=AFTER)
    assert (item().erased_at, item().erased_by) == (AFTER, "officer")
    assert item("payments").erased_at is None
    assert not ErasureItem.objects.past(AFTER.date()).exists()
    assert set(kept.notices.of_last_turn().values_list("turn", "state")) == {
        (2, "open")
    }
    telling, timer = kept.timers.pending().order_by("due_at")
    assert (telling.kind, timer.due_at.year) == ("notice_due", 2037)
    excuse_notices(kept.pk, at=AFTER)
    assert kept.timers.pending().get() == timer
    assert Ticket.objects.get(pk=kept.pk).state == State.CLOSED
    done = LedgerEntry.objects.filter(event="erasure.done").order_by("number")
    assert [line.facts["categories"] for line in done] == [["preferences"], ["claims"]]


def test_nothing_is_erased_before_its_day_or_without_a_look(kept: Ticket) -> None:
    with refused("Nothing is due to be erased; the next day is 31 March 2027"):
        casework.erase_kept(kept.pk, why=WHY, by=OFFICER, at=RECEIVED)
    with refused("How that was made sure needs at least 30"):
        casework.erase_kept(kept.pk, why="sure", by=OFFICER, at=AFTER)
    with refused("role of handler"):
        casework.erase_kept(kept.pk, why=WHY, by=AUDITOR, at=AFTER)


def test_the_day_moves_with_a_reason_and_rings_anew(kept: Ticket) -> None:
    casework.fire_timers(at=AFTER)
    with refused("it has to lie after"):
        casework.move_keep_until(
            kept.pk, category="claims", keep_until=LAST, why=WHY, by=DPO, at=AFTER
        )
    casework.move_keep_until(
        kept.pk,
        category="claims",
        keep_until=date(2028, 6, 30),
        why="A new claim of 12 March 2027 interrupts the time limit.",
        by=OFFICER,
        at=AFTER,
    )
    assert (item().keep_until, item().moved_by) == (date(2028, 6, 30), "officer")
    (timer,) = kept.timers.pending()
    assert timer.due_at.date() == date(2028, 7, 1)
    facts = LedgerEntry.objects.get(event="erasure.moved").facts
    assert (facts["before"], facts["after"]) == ("2027-03-31", "2028-06-30")
    assert "new claim" not in str(facts)


def test_only_what_is_kept_can_be_moved(kept: Ticket) -> None:
    with refused("Nothing is kept of “preferences” any more"):
        casework.move_keep_until(
            kept.pk,
            category="preferences",
            keep_until=date(2028, 6, 30),
            why=WHY,
            by=OFFICER,
            at=AFTER,
        )


def test_a_reopened_ticket_promises_nothing_until_it_is_decided(kept: Ticket) -> None:
    casework.reopen(kept.pk, why=WHY, by=DPO, at=AFTER)
    assert not ErasureItem.objects.past(AFTER.date()).exists()
    assert "keep_until" not in kept.timers.pending().values_list("kind", flat=True)
