"""A request for restriction: frozen at once, then decided, told, answered."""

import pytest

from dsr import casework
from dsr.models import Letter, RestrictionMeasure, Ticket, find_faults
from dsr.vocabulary import State
from tests.dsr.conftest import (
    COLLEAGUE,
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    close_orders,
    decide,
    events,
    propose,
    refused,
    send_reply,
)

FOUR = ["accuracy_contested", "unlawful", "claims_of_person", "objection_pending"]


def examine(ticket: Ticket, *grounds: str) -> None:
    casework.examine_restriction(
        ticket.pk, grounds=grounds, why=WHY, by=OFFICER, at=RECEIVED
    )


def refuse(ticket: Ticket, *grounds: str) -> None:
    casework.propose(
        ticket.pk,
        outcome="refused",
        grounds=grounds or ("no_ground",),
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )


def test_the_data_are_frozen_before_anybody_decides(walk: Walk) -> None:
    ticket = walk(State.APPLYING, "restriction", email=JEANNE)
    measure = ticket.measures.get()
    assert (measure.ground, measure.state) == ("accuracy_contested", "proposed")
    assert set(ticket.orders.values_list("act", flat=True)) == {"restrict"}


def test_it_is_decided_once_every_system_has_answered(walk: Walk) -> None:
    ticket = walk(State.APPLYING, "restriction", email=JEANNE)
    with refused("still being applied in: claims, crm"):
        propose(ticket.pk)
    close_orders(ticket.pk)
    propose(ticket.pk)
    assert Ticket.objects.get().state == State.DECISION_PENDING


def test_nothing_is_granted_that_is_not_in_force(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "restriction", email=JEANNE)
    with refused("restricts nothing yet: apply the restriction first"):
        propose(ticket.pk)


def test_the_recipients_are_told_before_the_reply(walk: Walk) -> None:
    ticket = walk(State.NOTIFYING, "restriction", email=JEANNE)
    assert ticket.notices.filter(operation="restrict").exists()
    with refused("recipients are not told yet"):
        casework.complete(ticket.pk, done=WHY, by=OFFICER, at=RECEIVED)


def test_the_restriction_outlives_its_ticket(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "restriction", email=JEANNE)
    assert ticket.outcome == "granted"
    measure = RestrictionMeasure.objects.get()
    assert (measure.state, measure.is_in_force) == ("active", True)
    assert Letter.objects.get(kind="reply").state == "sent"
    told = events(ticket.case)
    assert told.index("restriction.applied") < told.index("measure.active")
    assert told.index("measure.active") < told.index("ticket.decided")
    assert list(find_faults()) == []


def test_a_returned_proposal_goes_back_to_what_is_in_force(walk: Walk) -> None:
    ticket = walk(State.DECISION_PENDING, "restriction", email=JEANNE)
    casework.return_proposal(ticket.pk, why=WHY, by=COLLEAGUE, at=RECEIVED)
    assert Ticket.objects.get().state == State.APPLYING
    assert RestrictionMeasure.objects.count() == 1


@pytest.mark.parametrize("absent", [[], FOUR[:3]])
def test_a_refusal_takes_an_examination_of_all_four_grounds(
    walk: Walk, absent: list[str]
) -> None:
    ticket = walk(State.IN_PROGRESS, "restriction", email=JEANNE)
    if absent:
        examine(ticket, *absent)
    with refused("Refuse only after all four"):
        refuse(ticket)


def test_a_refusal_takes_two_people(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "restriction", email=JEANNE)
    examine(ticket, *FOUR)
    refuse(ticket)
    with refused("takes the role of decider"):
        decide(ticket.pk, by=OFFICER)
    decide(ticket.pk)
    assert Ticket.objects.get().outcome == "refused"
    assert not RestrictionMeasure.objects.exists()


def test_what_is_excessive_needs_no_examination(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "restriction", email=JEANNE)
    casework.record_unfounded(ticket.pk, facts=WHY, by=OFFICER, at=RECEIVED)
    refuse(ticket, "manifestly_unfounded")
    assert Ticket.objects.get().state == State.DECISION_PENDING


def test_a_ground_found_absent_is_not_applied(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "restriction", email=JEANNE)
    examine(ticket, "unlawful")
    with refused("was examined and found absent"):
        casework.apply_restriction(
            ticket.pk, ground="unlawful", by=OFFICER, at=RECEIVED
        )
    with refused("one of the four grounds"):
        casework.apply_restriction(ticket.pk, ground="other", by=OFFICER, at=RECEIVED)


def test_what_was_frozen_for_a_refused_request_is_lifted_with_notice(
    walk: Walk,
) -> None:
    ticket = walk(State.APPLYING, "restriction", email=JEANNE)
    close_orders(ticket.pk)
    examine(ticket, *FOUR)
    refuse(ticket)
    decide(ticket.pk)
    assert RestrictionMeasure.objects.get().state == "active"
    send_reply(ticket.pk, at=RECEIVED + DAY)
    measure = RestrictionMeasure.objects.get()
    assert (measure.state, measure.lift_proposed_by) == ("lift_proposed", "system")
    assert measure.lift_reason == WHY
    with refused("informed before"):
        casework.lift_measure(measure.pk, by=OFFICER, at=RECEIVED + 30 * DAY)
