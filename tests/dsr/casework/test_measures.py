"""A restriction from its first mark to its end: who may do what, and what it keeps."""

from datetime import timedelta

import pytest

from dsr import casework
from dsr.models import (
    LedgerEntry,
    MeasureUse,
    RestrictionMeasure,
)
from dsr.policy import MEASURE_ACTS, measure_acts
from dsr.vocabulary import (
    SUBJECT,
    SYSTEM,
    Actor,
    MeasureState,
    RestrictionGround,
    Role,
    UseException,
)
from tests.dsr.casework.restrictions import MORNING, NOTICE, begin, fresh
from tests.dsr.conftest import (
    AUDITOR,
    DPO,
    LUC,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    close_orders,
    refused,
)


def test_it_begins_with_an_order_to_every_system(begun: RestrictionMeasure) -> None:
    assert (begun.state, begun.what) == (MeasureState.PROPOSED, "the address")
    orders = begun.ticket.orders.values_list("system", "act", "state")
    assert set(orders) == {
        ("crm", "restrict", "waiting"),
        ("claims", "restrict", "waiting"),
    }
    line = LedgerEntry.objects.get(event="measure.begun")
    assert line.facts["ground"] == "accuracy_contested"
    assert "address" not in str(line.facts)


def test_it_is_in_force_when_the_last_system_has_answered(
    begun: RestrictionMeasure,
) -> None:
    first, last = begun.ticket.orders.order_by("pk")
    casework.close_order(first.pk, done=True, note="Marked.", by=OFFICER, at=RECEIVED)
    assert fresh(begun).state == MeasureState.PROPOSED
    later = RECEIVED + timedelta(hours=1)
    casework.close_order(last.pk, done=False, note=WHY, by=OFFICER, at=later)
    assert (fresh(begun).state, fresh(begun).active_at) == ("active", later)


def test_it_comes_into_force_although_its_ticket_has_ended(
    begun: RestrictionMeasure,
) -> None:
    casework.withdraw(begun.ticket_id, by=SUBJECT, at=RECEIVED)
    close_orders(begun.ticket_id)
    assert fresh(begun).state == MeasureState.ACTIVE


def test_begun_twice_it_is_the_same_one(begun: RestrictionMeasure) -> None:
    assert begin(begun.ticket).pk == begun.pk
    assert begun.ticket.orders.count() == 2


def test_a_second_ground_needs_no_second_marking(active: RestrictionMeasure) -> None:
    second = begin(active.ticket, RestrictionGround.UNLAWFUL)
    assert second.pk != active.pk
    assert fresh(second).state == MeasureState.ACTIVE
    assert active.ticket.orders.count() == 2


def test_each_use_is_logged_with_its_exception(active: RestrictionMeasure) -> None:
    use = casework.note_use(
        active.pk,
        exception=UseException.LEGAL_CLAIMS,
        why=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    assert list(active.uses.values_list("exception", "used_by", "why")) == [
        ("legal_claims", "officer", WHY)
    ]
    line = LedgerEntry.objects.get(event="measure.used")
    assert (line.facts["use"], line.facts["exception"]) == (use.pk, "legal_claims")


def test_a_use_says_why(active: RestrictionMeasure) -> None:
    with refused("at least 30 characters"):
        casework.note_use(
            active.pk, exception=UseException.CONSENT, why="ok", by=OFFICER, at=RECEIVED
        )
    assert not MeasureUse.objects.exists()


@pytest.mark.parametrize(
    ("ground", "protects"),
    [
        ("accuracy_contested", False),
        ("unlawful", True),
        ("claims_of_person", True),
        ("objection_pending", False),
    ],
)
def test_what_the_person_wants_kept_is_not_erased(
    open_case: Open, ground: str, *, protects: bool
) -> None:
    ticket = open_case("restriction").tickets.get()
    stranger = open_case("erasure", email=LUC, name="Luc Janssens").tickets.get()
    measure = begin(ticket, RestrictionGround(ground))
    keeping = RestrictionMeasure.objects.keeping_from_erasure()
    found = keeping.of(ticket.case.subject)
    assert list(found) == ([measure] if protects else [])
    assert not keeping.of(stranger.case.subject).exists()


# Who may do what, in which state: the whole table.
ACTORS = {
    "handler": Actor("a", frozenset({Role.HANDLER.value})),
    "decider": Actor("b", frozenset({Role.DECIDER.value})),
    "dpo": Actor("c", frozenset({Role.DPO.value})),
    "auditor": AUDITOR,
    "subject": SUBJECT,
    "system": SYSTEM,
}
MATRIX: dict[str, tuple[set[str], set[str]]] = {
    "note_use": ({"handler"}, set(MeasureState.IN_FORCE)),
    "propose_lift": ({"handler"}, {"active"}),
    "approve_lift": ({"decider"}, {"lift_proposed"}),
    "keep_measure": ({"handler", "decider"}, {"lift_proposed", "lift_notice_sent"}),
    "lift_measure": ({"handler", "system"}, {"lift_notice_sent"}),
}
AT_STATE = {
    "proposed": "begun",
    "active": "active",
    "lift_proposed": "proposed",
    "lift_notice_sent": "announced",
}


def test_the_matrix_names_every_act() -> None:
    assert set(MATRIX) == set(MEASURE_ACTS)


@pytest.mark.parametrize("state", MeasureState)
def test_who_may_do_what_in_this_state(
    request: pytest.FixtureRequest, state: MeasureState
) -> None:
    name = AT_STATE.get(state, "announced")
    measure: RestrictionMeasure = request.getfixturevalue(name)
    if state == MeasureState.LIFTED:
        casework.lift_measure(measure.pk, by=OFFICER, at=MORNING)
    measure = RestrictionMeasure.objects.get(pk=measure.pk)
    assert measure.state == state
    for role, actor in ACTORS.items():
        status = measure_acts(measure, by=actor, at=MORNING)
        assert {one.name for one in status if one.allowed} == {
            act
            for act, (roles, states) in MATRIX.items()
            if role in roles and state in states
        }, role
        assert all(one.allowed or one.why_not.endswith(".") for one in status)


def test_only_who_may_agrees(proposed: RestrictionMeasure) -> None:
    with refused("takes the role of decider"):
        casework.approve_lift(proposed.pk, by=OFFICER, at=NOTICE)
    casework.approve_lift(proposed.pk, by=DPO, at=NOTICE)
    assert fresh(proposed).lift_approved_by == "dpo"
