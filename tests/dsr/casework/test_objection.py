"""An objection: the basis, the weighing, and what stops. GDPR Art. 21(1)."""

import pytest

from dsr import casework
from dsr.models import BalancingRecord, RestrictionMeasure, Ticket, find_faults
from dsr.vocabulary import Actor, State
from tests.dsr.conftest import (
    COLLEAGUE,
    DAY,
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
from tests.dsr.machines.objection import weigh
from tests.dsr.steps import excuse_notices
from tests.dsr.telling import answer_for_everyone

BOTH = ("statistics", "client_management")


def check(ticket: Ticket, *purposes: str) -> None:
    casework.check_basis(ticket.pk, purposes=purposes, by=OFFICER, at=RECEIVED)


def end(ticket: Ticket, outcome: str, *grounds: str) -> None:
    casework.propose(
        ticket.pk,
        outcome=outcome,
        grounds=grounds,
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )


@pytest.fixture
def balancing(walk: Walk) -> Ticket:
    """Restrict the data, with every system's answer, and begin to weigh."""
    ticket = walk(State.BALANCING, "objection", email=JEANNE)
    close_orders(ticket.pk)
    return ticket


def test_the_basis_is_that_of_the_published_policy(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "objection", email=JEANNE)
    check(ticket, "statistics", "contracts_and_claims")
    found = ticket.objected.values_list("purpose", "basis", "objectionable")
    assert list(found) == [
        ("contracts_and_claims", ["6(1)(b)"], False),
        ("statistics", ["6(1)(f)"], True),
    ]
    assert Ticket.objects.get().state == State.BASIS_CHECK


@pytest.mark.parametrize("purposes", [[], ["no_such_purpose"]])
def test_only_purposes_of_the_policy_are_checked(
    walk: Walk, purposes: list[str]
) -> None:
    ticket = walk(State.IN_PROGRESS, "objection", email=JEANNE)
    with refused("the policy names: contracts_and_claims"):
        check(ticket, *purposes)


def test_advertising_is_never_weighed(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "objection", email=JEANNE)
    with refused(r"never weighed.*21\(2\) and \(3\)"):
        check(ticket, "direct_marketing")


def test_what_rests_on_another_basis_cannot_be_objected_to(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "objection", email=JEANNE)
    check(ticket, "legal_obligations")
    with refused(r"None of the purposes .* rests on GDPR Art. 6\(1\)\(e\) or \(f\)"):
        casework.begin_balancing(ticket.pk, by=OFFICER, at=RECEIVED)
    end(ticket, "not_applicable", "legal_basis")
    decide(ticket.pk)
    assert Ticket.objects.get().outcome == "not_applicable"
    assert not RestrictionMeasure.objects.exists()
    send_reply(ticket.pk)


def test_what_can_be_objected_to_is_not_called_inapplicable(walk: Walk) -> None:
    ticket = walk(State.BASIS_CHECK, "objection", email=JEANNE)
    with refused("The right applies"):
        end(ticket, "not_applicable", "legal_basis")


def test_nothing_is_called_inapplicable_unchecked(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "objection", email=JEANNE)
    with refused("Check first on which legal basis"):
        end(ticket, "not_applicable", "legal_basis")


def test_the_data_are_restricted_while_the_interests_are_weighed(walk: Walk) -> None:
    ticket = walk(State.BALANCING, "objection", email=JEANNE)
    measure = ticket.measures.get()
    assert (measure.ground, measure.article) == ("objection_pending", "18(1)(d)")
    assert set(ticket.orders.values_list("act", flat=True)) == {"restrict"}
    with refused("still being applied in: claims, crm"):
        propose(ticket.pk)


def test_without_a_weighing_the_processing_stops(balancing: Ticket) -> None:
    with refused("No weighing shows compelling grounds"):
        end(balancing, "refused", "compelling_grounds")
    with refused("No weighing shows compelling grounds"):
        end(balancing, "partial", "compelling_grounds")
    propose(balancing.pk)
    decide(balancing.pk)
    ticket = Ticket.objects.get()
    assert (ticket.state, ticket.outcome) == (State.EXECUTING, "granted")
    assert ticket.orders.filter(act="stop").count() == 2
    with refused("waits for these systems"):
        casework.complete(ticket.pk, done=WHY, by=OFFICER, at=RECEIVED)


def test_what_was_not_named_to_go_on_stops(balancing: Ticket) -> None:
    weigh(balancing.pk)
    assert set(balancing.objected.values_list("result", flat=True)) == {"stop"}
    with refused("No weighing shows compelling grounds"):
        end(balancing, "refused", "compelling_grounds")
    propose(balancing.pk)


def test_a_refusal_needs_every_purpose_to_go_on(balancing: Ticket) -> None:
    weigh(balancing.pk, "statistics")
    with refused("some purposes stop: propose “partially granted”"):
        end(balancing, "refused", "compelling_grounds")
    with refused("some purposes go on"):
        propose(balancing.pk)
    weigh(balancing.pk, *BOTH)
    with refused("nothing stops: propose “refused”"):
        end(balancing, "partial", "compelling_grounds")
    end(balancing, "refused", "compelling_grounds")
    assert BalancingRecord.objects.count() == 1


@pytest.mark.parametrize("missing", ["situation", "interest", "alternatives"])
def test_a_weighing_is_whole(balancing: Ticket, missing: str) -> None:
    said = dict.fromkeys(("situation", "interest", "alternatives"), WHY)
    with refused("at least 30 characters"):
        casework.weigh_interests(
            balancing.pk,
            **said | {missing: "short"},
            business_owner="x",
            by=OFFICER,
            at=RECEIVED,
        )
    with refused("Name the business owner"):
        casework.weigh_interests(
            balancing.pk, **said, business_owner=" ", by=OFFICER, at=RECEIVED
        )
    with refused("Only these purposes are weighed"):
        casework.weigh_interests(
            balancing.pk,
            **said,
            business_owner="x",
            continuing=["legal_obligations"],
            by=OFFICER,
            at=RECEIVED,
        )


def test_the_business_owner_does_not_decide(balancing: Ticket) -> None:
    weigh(balancing.pk, *BOTH)
    end(balancing, "refused", "compelling_grounds")
    owner = Actor("Head.of.Statistics", frozenset({"decider"}))
    with refused("You are the business owner"):
        decide(balancing.pk, by=owner)
    decide(balancing.pk)
    assert Ticket.objects.get().outcome == "refused"


def test_a_refused_objection_ends_its_restriction_with_a_notice(
    balancing: Ticket,
) -> None:
    weigh(balancing.pk, *BOTH)
    end(balancing, "refused", "legal_claims")
    decide(balancing.pk)
    send_reply(balancing.pk, at=RECEIVED + DAY)
    measure = RestrictionMeasure.objects.get()
    assert (Ticket.objects.get().state, measure.state) == ("replied", "lift_proposed")
    casework.approve_lift(measure.pk, by=COLLEAGUE, at=RECEIVED + DAY)
    casework.send_letters(at=RECEIVED + DAY)
    casework.fire_timers(at=RECEIVED + 9 * DAY)
    assert RestrictionMeasure.objects.get().state == "lifted"
    told = set(balancing.notices.values_list("operation", "state"))
    assert told == {("restrict", "moot"), ("lift", "open")}
    answer_for_everyone(balancing.pk, at=RECEIVED + 9 * DAY)
    assert Ticket.objects.get().state == "closed"
    assert list(find_faults()) == []


def test_a_returned_proposal_goes_back_to_the_weighing(balancing: Ticket) -> None:
    weigh(balancing.pk, *BOTH)
    end(balancing, "refused", "compelling_grounds")
    casework.return_proposal(balancing.pk, why=WHY, by=COLLEAGUE, at=RECEIVED)
    assert Ticket.objects.get().state == State.BALANCING
    assert BalancingRecord.objects.count() == 1
    assert RestrictionMeasure.objects.count() == 1


def test_the_purposes_can_be_put_right(balancing: Ticket) -> None:
    weigh(balancing.pk, *BOTH)
    check(balancing, "statistics")
    assert list(balancing.objected.values_list("purpose", "result")) == [
        ("statistics", "")
    ]
    assert not BalancingRecord.objects.exists()
    casework.begin_balancing(balancing.pk, by=OFFICER, at=RECEIVED)
    assert RestrictionMeasure.objects.count() == 1


def test_erasure_follows_an_objection_that_holds(walk: Walk) -> None:
    ticket = walk(State.EXECUTING, "objection", email=JEANNE)
    close_orders(ticket.pk)
    casework.complete(ticket.pk, done=WHY, erase=True, by=OFFICER, at=RECEIVED + DAY)
    erasure = Ticket.objects.get(right_code="erasure")
    assert (erasure.case_id, erasure.received_at) == (ticket.case_id, RECEIVED + DAY)
    assert Ticket.objects.get(pk=ticket.pk).state == State.REPLY_PENDING


def test_erasure_follows_from_nothing_else(walk: Walk) -> None:
    ticket = walk(State.NOTIFYING, "restriction", email=JEANNE)
    owed = ticket.notices.still_open()
    casework.tell_recipients(
        ticket.pk,
        excuse=list(owed.values_list("pk", flat=True)),
        state="not_disclosed",
        by=OFFICER,
        at=RECEIVED,
    )
    with refused("only from an objection that holds"):
        casework.complete(ticket.pk, done=WHY, erase=True, by=OFFICER, at=RECEIVED)


def test_what_is_excessive_is_not_weighed(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "objection", email=JEANNE)
    casework.record_unfounded(ticket.pk, facts=WHY, by=OFFICER, at=RECEIVED)
    end(ticket, "refused", "manifestly_unfounded")
    assert Ticket.objects.get().state == State.DECISION_PENDING


def test_nothing_is_stopped_before_the_basis_is_known(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "objection", email=JEANNE)
    with refused("check the legal basis and begin to weigh"):
        propose(ticket.pk)


def test_an_extended_objection_keeps_the_data_frozen_until_it_is_answered(
    balancing: Ticket,
) -> None:
    casework.propose_extension(
        balancing.pk,
        reason=WHY,
        factors=["number"],
        by=OFFICER,
        at=RECEIVED + 20 * DAY,
    )
    casework.extend(balancing.pk, by=COLLEAGUE, at=RECEIVED + 20 * DAY)
    casework.send_letters(at=RECEIVED + 20 * DAY)
    extended = Ticket.objects.get(pk=balancing.pk)
    assert extended.state == State.BALANCING
    assert str(extended.due) == "2026-06-05"
    assert str(extended.refusal_notice_due) == "2026-04-07"

    later = RECEIVED + 70 * DAY
    weigh(balancing.pk)
    assert RestrictionMeasure.objects.get().is_in_force
    propose(balancing.pk, at=later)
    decide(balancing.pk, at=later)
    close_orders(balancing.pk, at=later)
    carry_out(balancing.pk, at=later)
    assert send_reply(balancing.pk, at=later).state == "sent"
    excuse_notices(balancing.pk, at=later)
    ended = Ticket.objects.get(pk=balancing.pk)
    assert (ended.state, ended.outcome) == (State.CLOSED, "granted")
    assert ended.replied_at
    assert ended.replied_at.date() == later.date()
