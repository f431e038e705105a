"""A fee is told first, waits while the time limit runs, and is paid or lapses."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dsr import casework
from dsr.casework import Abuse, Fee
from dsr.models import FeeNotice, Ticket
from dsr.vocabulary import SUBJECT, SYSTEM, State
from tests.dsr.conftest import (
    DAY,
    DECIDER,
    JEANNE,
    LUC,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    Walk,
    decide,
    events,
    letters,
    refused,
    send_reply,
    take,
)

FEE = Fee(Decimal("12.50"), "excessive", WHY, date(2026, 3, 20))
LAPSED = datetime.fromisoformat("2026-03-21T06:00:00+00:00")  # 7 in Brussels
ABUSE = Abuse(
    objective="The copy was never opened, and the purpose of the right is foreign.",
    subjective="The letter asks for money to let the request rest.",
    given_voluntarily="Yes, for a newsletter.",
    purpose="A newsletter.",
    time_elapsed="Thirteen days.",
    conduct="The same letter to forty companies.",
)


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def propose(ticket: Ticket, **given: Any) -> Ticket:
    said: dict[str, Any] = {
        "outcome": "fee",
        "grounds": ["manifestly_unfounded"],
        "reasons": WHY,
        "fee": FEE,
        "by": OFFICER,
        "at": RECEIVED,
    }
    return casework.propose(ticket.pk, **said | given)


@pytest.fixture
def access(open_case: Open) -> Ticket:
    """Open an access request whose lack of foundation is on record."""
    ticket = open_case("access", email=JEANNE).tickets.get()
    take(ticket.pk)
    casework.record_unfounded(ticket.pk, facts=WHY, by=OFFICER, at=RECEIVED)
    return ticket


@pytest.fixture
def told(access: Ticket) -> Ticket:
    """Ask a fee, agree to it, and tell the person."""
    propose(access)
    decide(access.pk, by=DECIDER)
    send_reply(access.pk)
    return fresh(access)


def test_a_fee_is_told_and_answers_nothing(told: Ticket) -> None:
    assert (told.state, told.outcome) == (State.REPLY_PENDING, "fee")
    assert told.replied_at is None
    assert told.is_open
    letter = told.letters.get(kind="reply")
    assert (told.fee_notice.letter, told.fee_notice.noticed_at) == (
        letter,
        letter.sent_at,
    )
    assert told.due == told.due_strict
    assert events(told.case)[-1] == "fee.told"
    assert told.timers.get(kind="fee_timeout").due_at == LAPSED
    assert told.timers.pending().filter(kind="due_passed").exists()


def test_a_paid_fee_lets_the_request_go_on_and_is_asked_once(told: Ticket) -> None:
    paid = casework.fee_paid(told.pk, by=OFFICER, at=RECEIVED + 2 * DAY)
    assert paid.state in State.WORKABLE
    assert (paid.outcome, paid.proposed_outcome, paid.decided_at) == ("", "", None)
    assert not paid.timers.pending().filter(kind="fee_timeout").exists()
    with refused("it is asked once"):
        propose(told, at=RECEIVED + 2 * DAY)
    with refused("not possible in this state"):
        casework.fee_paid(told.pk, by=OFFICER, at=RECEIVED + 3 * DAY)


def test_a_fee_that_does_not_come_ends_the_request(told: Ticket) -> None:
    with refused("has not passed"):
        casework.fee_lapsed(told.pk, by=OFFICER, at=LAPSED - DAY)
    assert casework.fire_timers(at=LAPSED) >= 1
    ended = fresh(told)
    assert (ended.state, ended.outcome) == (State.WITHDRAWN, "fee")
    assert ended.replied_at is None
    assert ended.fee_notice.lapsed_by == "system"
    assert letters(ended.case)[-1] == ("fee_lapsed", "queued")
    assert not ended.timers.pending().exists()
    assert casework.fire_timers(at=LAPSED + DAY) == 0


def test_a_person_who_is_told_may_withdraw(told: Ticket) -> None:
    ended = casework.withdraw(told.pk, by=SUBJECT, at=RECEIVED + 2 * DAY)
    assert (ended.state, ended.outcome) == (State.WITHDRAWN, "withdrawn")
    assert casework.fire_timers(at=LAPSED) == 0


def test_nothing_is_charged_before_it_was_told(access: Ticket) -> None:
    propose(access)
    decide(access.pk, by=DECIDER)
    with refused("No fee is awaited"):
        casework.fee_paid(access.pk, by=OFFICER, at=RECEIVED)
    with refused("No fee is awaited"):
        casework.fee_lapsed(access.pk, by=SYSTEM, at=LAPSED)


def test_a_fee_takes_a_second_person(access: Ticket) -> None:
    propose(access)
    with refused("role of decider"):
        casework.decide(access.pk, by=OFFICER, at=RECEIVED)


def test_a_returned_fee_may_be_another_amount(access: Ticket) -> None:
    propose(access)
    casework.return_proposal(access.pk, why=WHY, by=DECIDER, at=RECEIVED)
    propose(access, fee=Fee(Decimal(5), "excessive", WHY, FEE.pay_by))
    assert fresh(access).fee_notice.amount == 5


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"fee": None}, "proposed with its amount"),
        ({"outcome": "refused"}, "proposed with its amount"),
        ({"grounds": []}, "needs its ground"),
        ({"fee": Fee(Decimal(0), "excessive", WHY, FEE.pay_by)}, "more than nothing"),
        (
            {"fee": Fee(Decimal(1), "excessive", WHY, RECEIVED.date())},
            "time to pay",
        ),
        ({"fee": Fee(Decimal(1), "excessive", "-", FEE.pay_by)}, "What the fee covers"),
        (
            {"fee": Fee(Decimal(1), "further_copy", WHY, FEE.pay_by)},
            "The first copy is free",
        ),
        ({"grounds": ["excessive_repetitive"]}, "No earlier reply"),
        ({"grounds": ["excessive_abuse"]}, "An abuse has two parts"),
    ],
)
def test_a_fee_is_asked_for_what_the_law_names(
    access: Ticket, given: dict[str, Any], sentence: str
) -> None:
    with refused(sentence):
        propose(access, **given)


@pytest.mark.parametrize("right", ["marketing_opt_out", "consent_withdrawal"])
def test_what_is_absolute_costs_nothing(open_case: Open, right: str) -> None:
    ticket = open_case(right).tickets.get()
    take(ticket.pk)
    with refused("the law does not provide for it"):
        propose(ticket, grounds=[])
    with refused("is free and cannot be refused"):
        casework.record_unfounded(ticket.pk, facts=WHY, by=OFFICER, at=RECEIVED)


def test_a_further_copy_is_one_of_what_was_given(walk: Walk, open_case: Open) -> None:
    first = walk(State.REPLIED, email=JEANNE)
    again = open_case("access", email=JEANNE, received_at=RECEIVED + 9 * DAY)
    ticket = again.tickets.get()
    take(ticket.pk)
    copy = Fee(Decimal(5), "further_copy", WHY, FEE.pay_by)
    at = RECEIVED + 9 * DAY
    with refused("record the earlier reply"):
        propose(ticket, fee=copy, grounds=[], at=at)
    casework.record_repetition(
        ticket.pk, earlier_id=first.pk, scope=WHY, by=OFFICER, at=at
    )
    assert propose(ticket, fee=copy, grounds=[], at=at).proposed_outcome == "fee"


def test_a_year_later_nothing_is_excessive(walk: Walk, open_case: Open) -> None:
    first = walk(State.REPLIED, email=JEANNE)
    later = datetime.fromisoformat("2027-03-05T10:00:00+00:00")
    for received_at, allowed in ((later - DAY, True), (later, False)):
        case = open_case("access", email=JEANNE, received_at=received_at)
        ticket = case.tickets.get()
        given: dict[str, Any] = {"earlier_id": first.pk, "scope": WHY, "by": OFFICER}
        if allowed:
            casework.record_repetition(ticket.pk, **given, at=received_at)
            assert ticket.earlier_replies.get().replied_on == date(2026, 3, 6)
        else:
            with refused("an interval of a year or more is never excessive"):
                casework.record_repetition(ticket.pk, **given, at=received_at)


def test_what_somebody_else_asked_repeats_nothing(walk: Walk, open_case: Open) -> None:
    theirs = walk(State.REPLIED, email=LUC, name="Luc Janssens")
    mine = open_case("access", email=JEANNE).tickets.get()
    for number in (theirs.pk, mine.pk):
        with refused("is no answered request of the same person"):
            casework.record_repetition(
                mine.pk, earlier_id=number, scope=WHY, by=OFFICER, at=RECEIVED
            )
    with refused("There is no such ticket"):
        casework.record_repetition(
            mine.pk, earlier_id=0, scope=WHY, by=OFFICER, at=RECEIVED
        )


def test_an_abuse_is_proposed_on_both_its_parts(access: Ticket) -> None:
    half = Abuse(**{**_fields(ABUSE), "subjective": "rude"})
    with refused("The subjective part needs at least 30"):
        casework.record_abuse(access.pk, abuse=half, by=OFFICER, at=RECEIVED)
    silent = Abuse(**{**_fields(ABUSE), "conduct": " "})
    with refused("each factor of C-526/24"):
        casework.record_abuse(access.pk, abuse=silent, by=OFFICER, at=RECEIVED)
    with refused("record the evidence of abuse first"):
        propose(access, outcome="refused", grounds=["excessive_abuse"], fee=None)
    casework.record_abuse(access.pk, abuse=ABUSE, by=OFFICER, at=RECEIVED)
    propose(access, outcome="refused", grounds=["excessive_abuse"], fee=None)
    assert access.abuse_evidence.recorded_by == "officer"


def test_unfounded_is_no_single_click(open_case: Open) -> None:
    ticket = open_case("erasure", email=JEANNE).tickets.get()
    take(ticket.pk)
    with refused("record the facts first"):
        propose(ticket, outcome="refused", fee=None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"noticed_at": None},
        {"paid_at": RECEIVED},
        {"lapsed_at": RECEIVED, "lapsed_by": "x", "paid_at": RECEIVED, "paid_by": "x"},
    ],
)
def test_the_database_refuses_a_fee_out_of_order(
    told: Ticket, wrong: dict[str, Any]
) -> None:
    if "noticed_at" in wrong:
        casework.fee_paid(told.pk, by=OFFICER, at=RECEIVED + 2 * DAY)
    with pytest.raises(IntegrityError, match="fee_"), transaction.atomic():
        FeeNotice.objects.filter(ticket=told).update(**wrong)


def _fields(abuse: Abuse) -> dict[str, str]:
    return {name: getattr(abuse, name) for name in Abuse.__dataclass_fields__}
