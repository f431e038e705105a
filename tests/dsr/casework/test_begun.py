"""Whoever received the data is told that a restriction began. GDPR Arts. 18 and 19."""

import pytest

from dsr import casework
from dsr.desk.conditions import unanswered
from dsr.desk.days import Today
from dsr.letters.effects import told
from dsr.models import LedgerEntry, RecipientNotice, Ticket, Timer
from dsr.vocabulary import SUBJECT, State
from tests.dsr.conftest import (
    DAY,
    DECIDER,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    carry_out,
    close_orders,
    decide,
    propose,
    refused,
    send_reply,
)
from tests.dsr.machines.rectification import judge
from tests.dsr.steps import excuse_notices
from tests.dsr.telling import tell_everyone


@pytest.fixture
def objection(walk: Walk) -> Ticket:
    """Restrict for an objection, with every system's answer."""
    ticket = walk(State.BALANCING, "objection", email=JEANNE)
    close_orders(ticket.pk)
    return ticket


@pytest.fixture
def contested(walk: Walk) -> Ticket:
    """Restrict what is said to be wrong, with every system's answer."""
    ticket = walk(State.VERIFYING, "rectification", email=JEANNE)
    casework.verify(
        ticket.pk,
        system="crm",
        place="street",
        should_say="Rue Haute 11",
        restrict=True,
        by=OFFICER,
        at=RECEIVED,
    )
    close_orders(ticket.pk)
    return ticket


def owed(ticket: Ticket) -> set[tuple[str, str]]:
    """Return what is told of a ticket, and where it stands."""
    return set(ticket.notices.values_list("operation", "state"))


def test_nothing_is_told_before_the_systems_have_marked_it(walk: Walk) -> None:
    ticket = walk(State.BALANCING, "objection", email=JEANNE)
    assert not ticket.notices.exists()
    for order in ticket.orders.waiting():
        casework.close_order(
            order.pk, done=False, note=WHY, by=OFFICER, at=RECEIVED + DAY
        )
    assert not ticket.notices.exists()


def test_an_objection_owes_word_at_once(objection: Ticket) -> None:
    assert owed(objection) == {("restrict", "open")}
    assert Timer.objects.filter(ticket=objection, kind="notice_due").exists()
    line = LedgerEntry.objects.get(event="notice.owed")
    assert (line.by, line.facts["operation"]) == ("system", "restrict")


def test_a_contested_accuracy_owes_word_at_once(contested: Ticket) -> None:
    assert owed(contested) == {("restrict", "open")}


def test_the_reply_waits_for_nobody_but_the_end_does(objection: Ticket) -> None:
    propose(objection.pk)
    decide(objection.pk)
    close_orders(objection.pk)
    carry_out(objection.pk)
    send_reply(objection.pk, at=RECEIVED + DAY)
    assert Ticket.objects.get().state == State.REPLIED
    assert Ticket.objects.filter(unanswered(Today(RECEIVED))).exists()
    with refused("recipients are not told yet"):
        casework.close(objection.pk, by=OFFICER, at=RECEIVED + DAY)
    tell_everyone(objection.pk, at=RECEIVED + DAY)
    assert Ticket.objects.get().state == State.CLOSED


def test_a_reply_counts_nobody_as_told_of_what_they_were_not(
    contested: Ticket,
) -> None:
    tell_everyone(contested.pk)
    assert owed(contested) == {("restrict", "sent")}
    judge(contested.pk)
    propose(contested.pk)
    decide(contested.pk)
    close_orders(contested.pk)
    excuse_notices(contested.pk)
    assert told(Ticket.objects.get()) == ()


def test_what_is_lifted_first_is_told_with_its_lifting(objection: Ticket) -> None:
    notice = objection.notices.filter(operation="restrict").order_by("pk")[0]
    casework.tell_recipient(notice.pk, by=OFFICER, at=RECEIVED)
    measure = objection.measures.get().pk
    casework.propose_lift(measure, reason=WHY, by=OFFICER, at=RECEIVED)
    casework.approve_lift(measure, by=DECIDER, at=RECEIVED)
    casework.send_letters(at=RECEIVED + DAY)
    left = objection.notices.filter(state="sent").count()
    casework.lift_measure(measure, by=OFFICER, at=RECEIVED + 9 * DAY)
    begun = RecipientNotice.objects.filter(operation="restrict")
    assert begun.filter(state="sent").count() == left
    assert set(begun.exclude(state="sent").values_list("state", flat=True)) == {"moot"}
    assert not objection.notices.exclude(operation="lift").still_open().exists()


def test_it_is_still_owed_when_the_person_withdraws(objection: Ticket) -> None:
    for notice in objection.notices.all():
        casework.tell_recipient(notice.pk, by=OFFICER, at=RECEIVED)
    casework.withdraw(objection.pk, by=SUBJECT, at=RECEIVED)
    assert owed(objection) == {("restrict", "queued")}
    tell_everyone(objection.pk)
    assert owed(objection) == {("restrict", "sent")}
