"""What is done once more is ordered once more, and told once more; the first is proof.

GDPR Art. 19.
"""

from dsr import casework
from dsr.casework.notices import owe_notices
from dsr.casework.ticket_lock import lock
from dsr.letters.effects import not_told, told
from dsr.models import RestrictionMeasure, Ticket
from dsr.vocabulary import OrderAct, RestrictionGround, State
from tests.dsr.casework.restrictions import MORNING, NOTICE, begin, fresh
from tests.dsr.conftest import (
    DAY,
    DECIDER,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    answer_for_everyone,
    close_orders,
    decide,
    propose,
)
from tests.dsr.machines.erasure import find_ground, find_no_exception

LATER = RECEIVED + 40 * DAY


def decided_again(ticket: Ticket) -> Ticket:
    """Reopen a ticket that was answered, and grant it once more."""
    casework.reopen(ticket.pk, why=WHY, by=DPO, at=LATER)
    propose(ticket.pk)
    return decide(ticket.pk, at=LATER)


def orders(ticket: Ticket, act: str) -> list[tuple[int, str]]:
    found = ticket.orders.filter(act=act, system="crm").order_by("turn")
    return list(found.values_list("turn", "state"))


def notices(ticket: Ticket, operation: str) -> set[tuple[int, str]]:
    found = ticket.notices.filter(operation=operation)
    return set(found.values_list("turn", "state"))


def test_an_erasure_decided_again_is_ordered_and_told_again(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "erasure", email=JEANNE)
    first = set(ticket.notices.values_list("pk", flat=True))
    decided_again(ticket)
    assert orders(ticket, "erase") == [(1, "done"), (2, "waiting")]
    assert notices(ticket, "erase") == {(1, "not_disclosed")}
    close_orders(ticket.pk, at=LATER)
    assert Ticket.objects.get(pk=ticket.pk).state == State.NOTIFYING
    assert notices(ticket, "erase") == {(1, "not_disclosed"), (2, "open")}
    assert set(ticket.notices.filter(turn=1).values_list("pk", flat=True)) == first


def test_what_is_examined_again_is_erased_again(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "erasure", email=JEANNE)
    assert ticket.erasures.get().erased_at == RECEIVED
    casework.reopen(ticket.pk, why=WHY, by=DPO, at=LATER)
    find_ground(ticket.pk)
    assert ticket.erasures.get().erased_at is None
    find_no_exception(ticket.pk)
    propose(ticket.pk)
    decide(ticket.pk, at=LATER)
    close_orders(ticket.pk, at=LATER)
    assert ticket.erasures.get().erased_at == LATER


def test_a_rectification_decided_again_is_ordered_and_told_again(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    decided_again(ticket)
    assert orders(ticket, "correct") == [(1, "done"), (2, "waiting")]
    close_orders(ticket.pk, at=LATER)
    assert notices(ticket, "correct") == {(1, "not_disclosed"), (2, "open")}


def test_a_restriction_confirmed_again_is_marked_and_told_again(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "restriction", email=JEANNE)
    decided_again(ticket)
    assert orders(ticket, "restrict") == [(1, "done"), (2, "waiting")]
    assert notices(ticket, "restrict") == {(1, "not_disclosed"), (2, "open")}
    close_orders(ticket.pk, at=LATER)  # the ticket goes on, and asks nobody twice
    assert orders(ticket, "restrict") == [(1, "done"), (2, "done")]
    assert notices(ticket, "restrict") == {(1, "not_disclosed"), (2, "open")}
    assert ticket.measures.get().state == "active"


def test_an_objection_upheld_again_is_ordered_again(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "objection", email=JEANNE)
    decided_again(ticket)
    assert orders(ticket, "stop") == [(1, "done"), (2, "waiting")]
    close_orders(ticket.pk, at=LATER)
    assert orders(ticket, "stop") == [(1, "done"), (2, "done")]


def lift(measure: RestrictionMeasure) -> None:
    casework.propose_lift(measure.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    casework.approve_lift(measure.pk, by=DECIDER, at=NOTICE)
    casework.send_letters(at=NOTICE)
    casework.lift_measure(measure.pk, by=OFFICER, at=MORNING)


def test_each_lifting_is_told(active: RestrictionMeasure) -> None:
    ticket = active.ticket
    lift(active)
    answer_for_everyone(ticket.pk)
    again = begin(ticket)
    close_orders(ticket.pk)
    lift(fresh(again))
    assert notices(ticket, "lift") == {(1, "sent"), (2, "open")}


def test_a_mark_is_set_anew_once_another_ticket_lifted_it(
    active: RestrictionMeasure, walk: Walk
) -> None:
    ticket = active.ticket
    case = ticket.case
    casework.add_right(
        case.pk, right_code="objection", received_at=RECEIVED, by=OFFICER, at=RECEIVED
    )
    other = begin(case.tickets.get(right_code="objection"))
    close_orders(other.ticket_id)
    lift(active)  # the other restriction still needs the mark
    lift(fresh(other))
    begin(ticket, RestrictionGround.CLAIMS_OF_PERSON)
    assert orders(ticket, "restrict") == [(1, "done"), (2, "waiting")]


def test_who_was_not_told_yet_is_told_once_of_both(walk: Walk) -> None:
    ticket = walk(State.NOTIFYING, "erasure", email=JEANNE)
    first = ticket.notices.order_by("pk").first()
    assert first is not None
    casework.tell_recipient(first.pk, by=OFFICER, at=RECEIVED)
    number = ticket.notices.count()
    owe_notices(lock(ticket.pk), OrderAct.ERASE, again=True, by=OFFICER, at=LATER)
    assert notices(ticket, "erase") == {(2, "open")}
    assert ticket.notices.count() == number


def test_the_letter_names_who_was_told_of_the_last(walk: Walk) -> None:
    ticket = walk(State.NOTIFYING, "erasure", email=JEANNE)
    answer_for_everyone(ticket.pk)
    assert len(told(ticket)) == ticket.notices.count()
    owe_notices(lock(ticket.pk), OrderAct.ERASE, again=True, by=OFFICER, at=LATER)
    assert (told(ticket), not_told(ticket)) == ((), ())
