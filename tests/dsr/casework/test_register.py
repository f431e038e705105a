"""What goes last: the register row, of which numbers stay, and the proofs."""

from datetime import timedelta
from functools import partial
from typing import Any

from dsr import casework
from dsr.casework import NewFile
from dsr.models import (
    Case,
    ClockEvent,
    Deletion,
    Message,
    RegisterTotal,
    Ticket,
    Timer,
    find_faults,
)
from dsr.vocabulary import State
from subjects.models import Subject
from tests.dsr.casework.conftest import YEARS, Delete, proofs
from tests.dsr.conftest import (
    DAY,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    everything,
    refused,
)


def test_of_the_register_row_only_numbers_are_left(walk: Walk, delete: Delete) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    case, closed = ticket.case, ticket.closed_at
    assert closed is not None
    delete(closed + YEARS)
    (planned,) = casework.plan_of(Case.objects.get(pk=case.pk))
    assert (planned.tier, planned.over_at) == ("T5", closed + YEARS)
    delete(closed + YEARS)  # the next day's job, as both tiers have the same days
    for model in (Case, Ticket, ClockEvent, Subject, Timer):
        assert not model.objects.exists()
    total = RegisterTotal.objects.get()
    assert (total.year, total.right_code, total.outcome) == (
        2026,
        "rectification",
        "granted",
    )
    assert (total.channel, total.number, total.in_time, total.extended) == (
        "phone",
        1,
        1,
        0,
    )
    assert proofs()[-1] == ("T5", "register", 1)
    assert list(find_faults()) == []
    before = everything()
    assert delete(closed + 2 * YEARS - DAY) == 0
    assert everything() == before


def test_requests_of_a_kind_are_counted_together(walk: Walk, delete: Delete) -> None:
    for _one in range(2):
        walk(State.CLOSED, "rectification", email=JEANNE)
    for _job in range(2):
        delete(RECEIVED + YEARS + 2 * DAY)
    assert RegisterTotal.objects.get().number == 2


def test_nobody_is_put_back_into_the_register_row(walk: Walk, delete: Delete) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    assert ticket.closed_at is not None
    end, case = ticket.closed_at + YEARS, ticket.case_id
    delete(end)
    card = NewFile("proof", "card.pdf", "application/pdf", b"%PDF-1.4")
    who: dict[str, Any] = {"by": OFFICER, "at": end}
    for again in (
        partial(casework.set_address, case, email=JEANNE, postal_address="", **who),
        partial(casework.add_identifier, case, kind="email", value=JEANNE, **who),
        partial(casework.add_right, case, right_code="access", **who),
        partial(casework.add_document, case, card, **who),
        partial(casework.reopen, ticket.pk, why=WHY, by=DPO, at=end),
    ):
        with refused("is forgotten; only its row of the register is left"):
            again()


def test_why_a_case_was_held_is_forgotten_with_it(walk: Walk, delete: Delete) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    assert ticket.closed_at is not None
    casework.place_hold(
        ticket.case_id,
        reason=f"{JEANNE} is in court with us about it.",
        review_on=(RECEIVED + 9 * DAY).date(),
        by=DPO,
        at=RECEIVED + 2 * DAY,
    )
    casework.lift_hold(ticket.case_id, by=DPO, at=RECEIVED + 3 * DAY)
    delete(ticket.closed_at + YEARS)
    assert Case.objects.get(pk=ticket.case_id).holds.get().reason == ""
    assert JEANNE not in str(everything())


def test_a_message_that_came_since_has_its_time(walk: Walk, delete: Delete) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    assert ticket.closed_at is not None
    end = ticket.closed_at + YEARS
    delete(end)
    casework.write_note(ticket.case_id, text="She wrote again.", by=OFFICER, at=end)
    assert delete(end + DAY) == 0
    assert delete(end + 90 * DAY) == 1
    assert not Message.objects.exists()


def test_a_proof_of_deletion_goes_after_its_own_years(
    walk: Walk, delete: Delete
) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    assert ticket.closed_at is not None
    end = ticket.closed_at + YEARS
    delete(end)
    delete(end)
    number = Deletion.objects.count()
    assert number > 2
    assert delete(end + YEARS - timedelta(seconds=1)) == 0
    assert delete(end + YEARS) == number
    assert proofs() == [("T7", "deletion", number)]


def test_the_proofs_of_a_case_that_stands_stay(walk: Walk, delete: Delete) -> None:
    ticket = walk(State.REPLIED, email=JEANNE)
    assert ticket.replied_at is not None
    delete(ticket.replied_at + 30 * DAY)
    (proof,) = proofs()
    delete(RECEIVED + 3 * YEARS)
    assert proofs() == [proof]
