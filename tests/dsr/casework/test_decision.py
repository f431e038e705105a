"""The decision and the ends of a ticket: who may, what moves, what is written."""

from typing import Any

import pytest

from dsr import casework
from dsr.models import LedgerEntry, Ticket
from dsr.vocabulary import SUBJECT, SYSTEM, Channel, State
from tests.dsr.conftest import (
    AUDITOR,
    COLLEAGUE,
    DAY,
    DECIDER,
    DPO,
    JEANNE,
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
from tests.dsr.machines.erasure import find_ground, find_no_exception
from tests.dsr.steps import LAW, close_orders, excuse_notices

REFUSAL: dict[str, Any] = {
    "outcome": "refused",
    "grounds": ["legal_restriction", "legal_restriction"],
    "law": LAW,
    "reasons": WHY,
}


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def propose(ticket: Ticket, **given: Any) -> Ticket:
    proposal: dict[str, Any] = {"by": OFFICER, "at": RECEIVED, **given}
    return casework.propose(ticket.pk, **proposal)


@pytest.fixture
def erasure(open_case: Open) -> Ticket:
    """Open an erasure request by mail and take it in hand."""
    ticket = open_case("erasure", email=JEANNE).tickets.get()
    take(ticket.pk)
    return ticket


def test_a_law_that_restricts_is_named(erasure: Ticket) -> None:
    with refused("Name the article of the national law"):
        propose(erasure, **REFUSAL | {"law": " "})
    with refused("its ground is not chosen: “A law restricts this right”"):
        propose(erasure, **REFUSAL | {"grounds": ["manifestly_unfounded"]})
    assert propose(erasure, **REFUSAL).law == LAW


def test_a_refusal_is_proposed_with_its_ground_and_decided_by_another(
    erasure: Ticket,
) -> None:
    proposed = propose(erasure, **REFUSAL)
    assert proposed.state == State.DECISION_PENDING
    assert proposed.grounds == ["legal_restriction"]
    assert proposed.outcome == ""
    with refused("role of decider"):
        casework.decide(erasure.pk, by=OFFICER, at=RECEIVED)
    decided = decide(erasure.pk, by=DECIDER)
    assert (decided.state, decided.outcome) == (State.REPLY_PENDING, "refused")
    assert (decided.proposed_by, decided.decided_by) == ("officer", "decider")
    assert letters(decided.case)[-1] == ("reply", "draft")
    assert events(decided.case)[-5:] == [
        "ticket.proposed",
        "ticket.gates_answered",
        "ticket.gates_answered",
        "ticket.decided",
        "letter.drafted",
    ]


def test_nobody_agrees_to_a_refusal_of_their_own(erasure: Ticket) -> None:
    propose(erasure, **REFUSAL, by=COLLEAGUE)
    with refused("four eyes"):
        casework.decide(erasure.pk, by=COLLEAGUE, at=RECEIVED)


def test_what_is_granted_is_carried_out_before_the_reply(erasure: Ticket) -> None:
    find_ground(erasure.pk)
    find_no_exception(erasure.pk)
    propose(erasure, outcome="granted")
    assert decide(erasure.pk, by=OFFICER).state == "executing"
    close_orders(erasure.pk)
    excuse_notices(erasure.pk)
    with refused("What was done needs at least 30"):
        casework.complete(erasure.pk, done="done", by=OFFICER, at=RECEIVED)
    done = casework.complete(erasure.pk, done=WHY, by=OFFICER, at=RECEIVED)
    assert (done.state, done.done) == (State.REPLY_PENDING, WHY)
    assert done.letters.get(kind="reply").parts == {"done": WHY}


def test_the_reply_ends_what_owes_no_copy(erasure: Ticket) -> None:
    propose(erasure, **REFUSAL)
    decide(erasure.pk, by=DECIDER)
    letter = send_reply(erasure.pk)
    replied = fresh(erasure)
    assert replied.state == State.CLOSED
    assert replied.replied_at == letter.sent_at
    assert events(replied.case)[-3:] == [
        "letter.sent",
        "ticket.replied",
        "ticket.closed",
    ]


def test_a_refused_copy_ends_with_its_reply(open_case: Open) -> None:
    ticket = open_case("access", email=JEANNE).tickets.get()
    take(ticket.pk)
    propose(ticket, **REFUSAL)
    decide(ticket.pk, by=DECIDER)
    send_reply(ticket.pk)
    assert fresh(ticket).state == State.CLOSED


def test_a_copy_that_was_sent_ends_when_its_package_is_deleted(walk: Walk) -> None:
    ticket = walk(State.REPLIED, email=JEANNE)
    with refused("role of"):
        casework.package_expired(ticket.pk, by=OFFICER, at=RECEIVED)
    casework.package_expired(ticket.pk, by=SYSTEM, at=RECEIVED + 30 * DAY)
    assert fresh(ticket).state == State.CLOSED
    assert "package.expired" in events(ticket.case)
    assert events(ticket.case)[-1] == "ticket.closed"


def test_a_returned_proposal_goes_back_to_the_handler(erasure: Ticket) -> None:
    propose(erasure, **REFUSAL)
    with refused("The reason needs at least 30"):
        casework.return_proposal(erasure.pk, why="no", by=DECIDER, at=RECEIVED)
    back = casework.return_proposal(erasure.pk, why=WHY, by=DECIDER, at=RECEIVED)
    assert (back.state, back.proposed_by, back.proposed_at) == (
        State.IN_PROGRESS,
        "",
        None,
    )


@pytest.mark.parametrize("right", ["marketing_opt_out", "consent_withdrawal"])
@pytest.mark.parametrize("outcome", ["refused", "partial", "fee", "not_identified"])
def test_what_takes_effect_at_once_cannot_be_refused(
    open_case: Open, right: str, outcome: str
) -> None:
    ticket = open_case(right).tickets.get()
    take(ticket.pk)
    with refused("the law does not provide for it"):
        propose(ticket, outcome=outcome, reasons=WHY)
    propose(ticket, outcome="no_data")


def test_a_withdrawal_ends_everything_that_waits(walk: Walk) -> None:
    ticket = walk(State.REPLY_PENDING, email=JEANNE)
    with refused("role of"):
        casework.withdraw(ticket.pk, by=DECIDER, at=RECEIVED)
    ended = casework.withdraw(ticket.pk, by=SUBJECT, at=RECEIVED)
    assert (ended.state, ended.outcome) == (State.WITHDRAWN, "withdrawn")
    assert ended.clock_frozen is not None
    assert not ended.timers.pending().exists()
    assert letters(ended.case)[-2:] == [
        ("reply", "cancelled"),
        ("withdrawal_confirmation", "queued"),
    ]
    with refused("not possible in this state"):
        casework.withdraw(ticket.pk, by=SUBJECT, at=RECEIVED)


def test_a_withdrawn_request_is_not_searched_for(open_case: Open) -> None:
    case = open_case("access", email=JEANNE)
    ticket = case.tickets.get()
    casework.confirm_address(case.pk, by=SUBJECT, at=RECEIVED)
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    casework.withdraw(ticket.pk, by=SUBJECT, at=RECEIVED)
    assert casework.search_systems(at=RECEIVED + DAY) == 0
    assert {task.state for task in ticket.searches.all()} == {"waiting"}


def test_one_right_is_withdrawn_and_the_other_goes_on(open_case: Open) -> None:
    case = open_case("access", "erasure")
    casework.withdraw(case.tickets.get(right_code="access").pk, by=SUBJECT, at=RECEIVED)
    states = dict(case.tickets.values_list("right_code", "state"))
    assert states == {"access": "withdrawn", "erasure": "triage"}


def test_a_redirection_names_the_other_controller(open_case: Open) -> None:
    ticket = open_case("access", email=JEANNE).tickets.get()
    with refused("The name and address of the other controller needs"):
        casework.redirect(ticket.pk, controller="AXA", by=OFFICER, at=RECEIVED)
    ended = casework.redirect(ticket.pk, controller=WHY, by=OFFICER, at=RECEIVED)
    assert (ended.state, ended.outcome) == (State.REDIRECTED, "redirected")
    assert letters(ended.case)[-1] == ("redirection", "queued")


def test_nobody_is_redirected_who_cannot_be_told(open_case: Open) -> None:
    ticket = open_case("access").tickets.get()
    with refused("neither an e-mail nor a postal address"):
        casework.redirect(ticket.pk, controller=WHY, by=OFFICER, at=RECEIVED)


def test_a_reminder_is_merged_and_the_earlier_receipt_stays(open_case: Open) -> None:
    first = open_case("access", email=JEANNE)
    casework.confirm_address(first.pk, by=SUBJECT, at=RECEIVED)
    second = open_case("access", email=JEANNE, received_at=RECEIVED + 9 * DAY)
    one, two = first.tickets.get(), second.tickets.get()
    at = RECEIVED + 9 * DAY
    with refused("came later"):
        casework.merge(one.pk, into_id=two.pk, by=OFFICER, at=at)
    with refused("is not an open ticket of the same person"):
        casework.merge(one.pk, into_id=one.pk, by=OFFICER, at=at)
    merged = casework.merge(two.pk, into_id=one.pk, by=OFFICER, at=at)
    assert (merged.state, merged.outcome) == (State.MERGED, "merged")
    assert fresh(one).received_at == RECEIVED


def test_requests_of_two_people_or_two_rights_are_not_merged(open_case: Open) -> None:
    mine = open_case("access", "erasure").tickets
    theirs = open_case("access", name="Luc Janssens").tickets.get()
    access, erasure = mine.get(right_code="access"), mine.get(right_code="erasure")
    for into in (theirs, erasure):
        with refused("is not an open ticket of the same person and right"):
            casework.merge(access.pk, into_id=into.pk, by=OFFICER, at=RECEIVED)


def test_only_the_dpo_reopens_and_says_why(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "erasure", email=JEANNE)
    with refused("role of data protection officer"):
        casework.reopen(ticket.pk, why=WHY, by=OFFICER, at=RECEIVED)
    with refused("The reason needs at least 30"):
        casework.reopen(ticket.pk, why="?", by=DPO, at=RECEIVED)
    again = casework.reopen(ticket.pk, why=WHY, by=DPO, at=RECEIVED + 2 * DAY)
    assert (again.state, again.outcome, again.replied_at) == ("exceptions", "", None)
    assert again.clock_frozen is None
    line = LedgerEntry.objects.get(event="ticket.reopened")
    assert line.facts["clock_before"]["due"] == "2026-04-07"
    assert again.timers.pending().exists()


def test_a_reopened_ticket_is_answered_again(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "erasure", email=JEANNE)
    casework.reopen(ticket.pk, why=WHY, by=DPO, at=RECEIVED + 2 * DAY)
    propose(ticket, **REFUSAL)
    decide(ticket.pk, by=DECIDER, at=RECEIVED + 3 * DAY)
    send_reply(ticket.pk, at=RECEIVED + 4 * DAY)
    assert fresh(ticket).outcome == "refused"
    assert letters(ticket.case).count(("reply", "sent")) == 2


def test_a_ticket_is_assigned_by_the_desk_only(open_case: Open) -> None:
    ticket = open_case("access").tickets.get()
    for actor in (AUDITOR, SUBJECT, SYSTEM):
        with refused("takes the role of"):
            casework.assign(ticket.pk, owner="x", by=actor, at=RECEIVED)
    assert casework.assign(ticket.pk, owner="anna", by=DPO, at=RECEIVED).owner == "anna"
    assert casework.assign(ticket.pk, owner="", by=DPO, at=RECEIVED).owner == ""


def test_a_message_of_the_desk_is_announced_and_not_sent(open_case: Open) -> None:
    case = open_case("access", email=JEANNE, channel=Channel.MAIL)
    casework.write_message(case.pk, text=" Hello ", by=SUBJECT, at=RECEIVED)
    assert letters(case)[-1] == ("acknowledgement", "queued")
    casework.write_message(case.pk, text="Answer", by=OFFICER, at=RECEIVED)
    assert letters(case)[-1] == ("desk_message", "queued")
    assert [(m.kind, m.text) for m in case.messages.all()] == [
        ("received", "Hello"),
        ("sent", "Answer"),
    ]
    for text in (" ", "x" * 20_001):
        with refused("between 1 and 20000"):
            casework.write_message(case.pk, text=text, by=SUBJECT, at=RECEIVED)
    with refused("takes the role of"):
        casework.write_message(case.pk, text="x", by=AUDITOR, at=RECEIVED)


def test_a_note_is_for_the_desk(open_case: Open) -> None:
    case = open_case("access", email=JEANNE)
    casework.write_note(case.pk, text="call her", by=DPO, at=RECEIVED)
    assert case.messages.get().kind == "note"
    with refused("takes the role of"):
        casework.write_note(case.pk, text="x", by=SUBJECT, at=RECEIVED)
    with refused("needs words"):
        casework.write_note(case.pk, text=" ", by=OFFICER, at=RECEIVED)
