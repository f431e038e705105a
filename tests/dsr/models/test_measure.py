"""A restriction's own life: every state, every act; and what the database refuses."""

from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed, can_proceed

from dsr.casework import begin_measure
from dsr.models import Letter, RestrictionMeasure
from dsr.vocabulary import MeasureState, RestrictionGround
from tests.dsr.conftest import DAY, OFFICER, RECEIVED, Open

IN_FORCE = {"proposed", "active", "lift_proposed", "lift_notice_sent"}
TABLE: dict[str, tuple[set[str], str | None]] = {
    "activate": ({"proposed"}, "active"),
    "note_use": (IN_FORCE, None),
    "propose_lift": ({"active"}, "lift_proposed"),
    "approve_lift": ({"lift_proposed"}, None),
    "announce_lift": ({"lift_proposed"}, "lift_notice_sent"),
    "keep": ({"lift_proposed", "lift_notice_sent"}, "active"),
    "lift": ({"lift_notice_sent"}, "lifted"),
}
CALLS: dict[str, dict[str, Any]] = {
    "activate": {"at": RECEIVED},
    "propose_lift": {"reason": "verified", "by": "officer", "at": RECEIVED},
    "approve_lift": {"notice": Letter(), "by": "decider", "at": RECEIVED},
    "announce_lift": {"at": RECEIVED, "lift_on": RECEIVED.date()},
    "lift": {"by": "officer", "at": RECEIVED},
}


def test_the_table_names_every_transition_and_every_state() -> None:
    field = RestrictionMeasure._meta.get_field("state")
    arrows = field.get_all_transitions(RestrictionMeasure)
    assert {arrow.name for arrow in arrows} == set(TABLE)
    assert set(MeasureState.values) == {*IN_FORCE, "lifted"}
    assert set(MeasureState.IN_FORCE) == IN_FORCE


@pytest.mark.parametrize(
    ("name", "state"), list(product(TABLE, sorted({*IN_FORCE, "lifted"})))
)
def test_a_transition_arrives_where_the_table_says_or_not_at_all(
    name: str, state: str
) -> None:
    sources, target = TABLE[name]
    measure = RestrictionMeasure(state=state)
    assert can_proceed(getattr(measure, name)) == (state in sources)
    if state in sources:
        getattr(measure, name)(**CALLS.get(name, {}))
        assert measure.state == (target or state)
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(measure, name)(**CALLS.get(name, {}))
        assert measure.state == state


@pytest.mark.parametrize("state", MeasureState)
def test_the_state_cannot_be_assigned(state: MeasureState) -> None:
    measure = RestrictionMeasure()
    with pytest.raises(AttributeError):
        measure.state = state
    assert measure.state == MeasureState.PROPOSED


@pytest.mark.parametrize(
    ("ground", "article"),
    [
        ("accuracy_contested", "18(1)(a)"),
        ("unlawful", "18(1)(b)"),
        ("claims_of_person", "18(1)(c)"),
        ("objection_pending", "18(1)(d)"),
    ],
)
def test_a_ground_names_its_place_in_the_law(ground: str, article: str) -> None:
    assert RestrictionGround(ground).article == article
    assert article in str(RestrictionMeasure(pk=1, ground=ground))


def a_measure(open_case: Open) -> RestrictionMeasure:
    ticket = open_case("restriction").tickets.get()
    return begin_measure(ticket, RestrictionGround.UNLAWFUL, by=OFFICER, at=RECEIVED)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"begun_by": ""}, "measure_begun_at_iff_by"),
        ({"lift_proposed_at": RECEIVED}, "measure_lift_proposed_at_iff_by"),
        ({"lift_approved_by": "x"}, "measure_lift_approved_at_iff_by"),
        ({"state": "lift_notice_sent"}, "measure_announced_iff_sent"),
        (
            {"state": "lifted", "lifted_at": RECEIVED, "lifted_by": "x"},
            "measure_lifted_after_notice|measure_announced_iff_sent",
        ),
        (
            {
                "state": "lifted",
                "lifted_at": RECEIVED,
                "lifted_by": "x",
                "notice_sent_at": RECEIVED + DAY,
                "lift_on": RECEIVED.date(),
            },
            "measure_lifted_after_notice",
        ),
    ],
)
def test_the_database_refuses_what_no_verb_writes(
    open_case: Open, wrong: dict[str, Any], constraint: str
) -> None:
    measure = a_measure(open_case)
    rows = RestrictionMeasure.objects.filter(pk=measure.pk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**wrong)


def test_a_ticket_has_one_restriction_in_force_on_a_ground(open_case: Open) -> None:
    first = a_measure(open_case)
    again = begin_measure(
        first.ticket, RestrictionGround.UNLAWFUL, by=OFFICER, at=RECEIVED + DAY
    )
    assert (again.pk, again.begun_at) == (first.pk, RECEIVED)
    another = begin_measure(
        first.ticket, RestrictionGround.ACCURACY_CONTESTED, by=OFFICER, at=RECEIVED
    )
    assert another.pk != first.pk
