"""What a rule keeps in the systems is erased by a timer when its day has come."""

from datetime import UTC, date, datetime

import pytest

from dsr import casework
from dsr.models import ErasureDebt, LedgerEntry, Ticket
from dsr.vocabulary import SYSTEM
from tests.dsr.casework.test_carrying_out import planned
from tests.dsr.casework.test_kept_data import AFTER, LAST, RINGS, item, kept
from tests.dsr.conftest import DPO, OFFICER, RECEIVED, WHY

__all__ = ["kept", "planned"]
DAY = date(2026, 6, 30)
MORNING = datetime(2026, 7, 1, 5, 0, tzinfo=UTC)


@pytest.fixture
def owing(planned: object, kept: Ticket) -> Ticket:
    """Answer an erasure in which a rule keeps claims until summer, others longer."""
    for collection, keep_until in (("claims:claims", DAY), ("crm:policies", LAST)):
        ErasureDebt.objects.create(
            ticket=kept,
            system=collection.partition(":")[0],
            collection=collection,
            ground="legal_claims",
            keep_until=keep_until,
            records=3,
            noted_at=RECEIVED,
        )
    casework.move_keep_until(
        kept.pk, category="payments", keep_until=LAST, why=WHY, by=OFFICER, at=RECEIVED
    )
    return kept


def turn(ticket: Ticket, number: int) -> dict[str, str]:
    return dict(ticket.orders.filter(turn=number).values_list("system", "closed_by"))


def test_the_timer_has_erased_what_is_due_where_it_is_due(owing: Ticket) -> None:
    assert owing.timers.pending().get().due_at == MORNING

    casework.fire_timers(at=MORNING)
    assert turn(owing, 2) == {"claims": ""}
    casework.carry_out_orders(at=MORNING)

    assert turn(owing, 2) == {"claims": "system"}
    assert ErasureDebt.objects.get(system="claims").settled_at is not None
    assert ErasureDebt.objects.get(system="crm").settled_at is None
    assert owing.timers.pending().get(kind="keep_until").due_at == RINGS


def test_what_the_officers_kept_goes_by_itself_too(owing: Ticket) -> None:
    casework.fire_timers(at=MORNING)
    casework.carry_out_orders(at=MORNING)
    casework.fire_timers(at=AFTER)
    assert set(turn(owing, 3)) == {"claims", "crm"}
    assert item().released_by == SYSTEM.name
    casework.carry_out_orders(at=AFTER)

    assert item().erased_at is not None
    assert not ErasureDebt.objects.all().open().exists()
    given = LedgerEntry.objects.filter(event="erasure.ordered").latest("number")
    assert given.facts["categories"] == ["claims", "payments"]
    assert given.facts["systems"] == ["crm"]


def test_under_a_legal_hold_it_only_rings(owing: Ticket) -> None:
    casework.place_hold(
        owing.case_id, reason=WHY, review_on=date(2026, 12, 1), by=DPO, at=RECEIVED
    )
    casework.fire_timers(at=MORNING)
    assert turn(owing, 2) == {}
    assert LedgerEntry.objects.filter(facts__alarm="keep_until").exists()
    assert ErasureDebt.objects.all().past(MORNING.date()).count() == 1
