"""A restriction from its first mark to its lifting; nothing is lifted unannounced."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from dsr import casework
from dsr.casework.ticket_lock import lock
from dsr.models import (
    LedgerEntry,
    MeasureUse,
    RestrictionMeasure,
    Ticket,
    Timer,
    find_faults,
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
from tests.dsr.conftest import (
    AUDITOR,
    COLLEAGUE,
    DAY,
    DECIDER,
    DPO,
    JEANNE,
    LUC,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    close_orders,
    refused,
)

ADDRESS = "Rue Haute 1\n4000 Liège"
NOTICE = RECEIVED + 3 * DAY  # Sunday 8 March 2026
LIFT_ON = date(2026, 3, 15)
MORNING = datetime.fromisoformat("2026-03-15T07:00:00+01:00")


def begin(
    ticket: Ticket, ground: RestrictionGround = RestrictionGround.ACCURACY_CONTESTED
) -> RestrictionMeasure:
    with transaction.atomic():
        return casework.begin_measure(
            lock(ticket.pk), ground, what="the address", by=OFFICER, at=RECEIVED
        )


def fresh(measure: RestrictionMeasure) -> RestrictionMeasure:
    return RestrictionMeasure.objects.get(pk=measure.pk)


@pytest.fixture
def begun(open_case: Open) -> RestrictionMeasure:
    """Begin a restriction for a rectification."""
    return begin(open_case("rectification", email=JEANNE).tickets.get())


@pytest.fixture
def active(begun: RestrictionMeasure) -> RestrictionMeasure:
    """Have every system mark the data."""
    close_orders(begun.ticket_id)
    return fresh(begun)


@pytest.fixture
def proposed(active: RestrictionMeasure) -> RestrictionMeasure:
    """Find that the ground has ended."""
    casework.propose_lift(active.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    return fresh(active)


@pytest.fixture
def announced(proposed: RestrictionMeasure) -> RestrictionMeasure:
    """Have the notice sent."""
    casework.approve_lift(proposed.pk, by=DECIDER, at=NOTICE)
    casework.send_letters(at=NOTICE)
    return fresh(proposed)


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


def test_a_second_person_agrees_and_the_notice_waits_to_be_sent(
    proposed: RestrictionMeasure,
) -> None:
    casework.approve_lift(proposed.pk, by=DECIDER, at=NOTICE)
    measure = fresh(proposed)
    assert measure.state == MeasureState.LIFT_PROPOSED
    assert measure.notice is not None
    assert (measure.notice.kind, measure.notice.state) == ("lift_notice", "queued")
    assert (measure.lift_proposed_by, measure.lift_approved_by) == (
        "officer",
        "decider",
    )


def test_nobody_agrees_to_what_they_proposed(active: RestrictionMeasure) -> None:
    casework.propose_lift(active.pk, reason=WHY, by=COLLEAGUE, at=RECEIVED)
    with refused("a second person has to agree"):
        casework.approve_lift(active.pk, by=COLLEAGUE, at=RECEIVED)


def test_the_notice_names_day_reason_ground_and_remedies(
    announced: RestrictionMeasure,
) -> None:
    assert announced.notice is not None
    assert announced.notice.language == "fr"
    assert announced.notice.parts["reasons"] == WHY
    assert announced.notice.proof
    assert announced.notice.pdf_sha256


def test_with_its_dispatch_the_wait_begins(announced: RestrictionMeasure) -> None:
    assert announced.state == MeasureState.LIFT_NOTICE_SENT
    assert announced.notice is not None
    assert announced.notice_sent_at == announced.notice.sent_at
    assert announced.lift_on == LIFT_ON
    timer = Timer.objects.get(ticket=announced.ticket, kind="restriction_lift")
    assert timer.due_at == MORNING


def test_a_notice_on_paper_counts_from_its_posting(open_case: Open) -> None:
    ticket = open_case("restriction", postal_address=ADDRESS).tickets.get()
    measure = begin(ticket)
    close_orders(ticket.pk)
    casework.propose_lift(measure.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    casework.approve_lift(measure.pk, by=DECIDER, at=RECEIVED)
    casework.send_letters(at=RECEIVED)
    measure = fresh(measure)
    assert (measure.state, measure.notice_sent_at) == ("lift_proposed", None)
    assert measure.notice is not None
    casework.record_posted(
        measure.notice.pk, proof="registered 1", by=OFFICER, at=NOTICE
    )
    assert fresh(measure).lift_on == LIFT_ON


def test_nothing_is_lifted_before_the_person_was_told(
    proposed: RestrictionMeasure,
) -> None:
    with refused(r"cannot be lifted yet: the person must be informed .*18\(3\)"):
        casework.lift_measure(proposed.pk, by=OFFICER, at=RECEIVED + 90 * DAY)
    casework.approve_lift(proposed.pk, by=DECIDER, at=RECEIVED)  # queued, not sent
    with refused(r"informed before \(GDPR Art. 18\(3\)\)"):
        casework.lift_measure(proposed.pk, by=OFFICER, at=RECEIVED + 90 * DAY)


def test_nothing_is_lifted_before_the_day_that_the_person_was_told(
    announced: RestrictionMeasure,
) -> None:
    with refused(r"may be lifted from .*March 15, 2026.*18\(3\)"):
        casework.lift_measure(announced.pk, by=OFFICER, at=NOTICE + 6 * DAY)
    assert fresh(announced).state == MeasureState.LIFT_NOTICE_SENT


def test_the_timer_lifts_it_on_that_day_and_not_before(
    announced: RestrictionMeasure,
) -> None:
    casework.fire_timers(at=MORNING - timedelta(minutes=1))
    assert fresh(announced).state == MeasureState.LIFT_NOTICE_SENT
    casework.fire_timers(at=MORNING)
    measure = fresh(announced)
    assert (measure.state, measure.lifted_at, measure.lifted_by) == (
        "lifted",
        MORNING,
        "system",
    )
    casework.fire_timers(at=MORNING + DAY)
    assert LedgerEntry.objects.filter(event="measure.lifted").count() == 1
    assert list(find_faults()) == []


def test_a_lifted_restriction_is_told_to_systems_and_recipients(
    announced: RestrictionMeasure,
) -> None:
    casework.lift_measure(announced.pk, by=OFFICER, at=MORNING)
    ticket = announced.ticket
    assert set(ticket.orders.filter(act="lift").values_list("system", "state")) == {
        ("crm", "waiting"),
        ("claims", "waiting"),
    }
    assert ticket.notices.filter(operation="lift").exists()


def test_it_is_lifted_long_after_its_ticket_ended(
    active: RestrictionMeasure,
) -> None:
    casework.withdraw(active.ticket_id, by=SUBJECT, at=RECEIVED)
    casework.propose_lift(active.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    casework.approve_lift(active.pk, by=DECIDER, at=NOTICE)
    casework.send_letters(at=NOTICE)
    assert list(Timer.objects.pending().values_list("kind", flat=True)) == [
        "restriction_lift"
    ]
    casework.fire_timers(at=MORNING)
    assert fresh(active).state == MeasureState.LIFTED


def test_a_withdrawal_takes_no_notice_of_lifting_back(
    proposed: RestrictionMeasure,
) -> None:
    casework.approve_lift(proposed.pk, by=DECIDER, at=NOTICE)
    casework.withdraw(proposed.ticket_id, by=SUBJECT, at=NOTICE)
    casework.send_letters(at=NOTICE)
    assert fresh(proposed).state == MeasureState.LIFT_NOTICE_SENT


def test_the_marking_stays_while_another_restriction_is_in_force(
    announced: RestrictionMeasure,
) -> None:
    other = begin(announced.ticket, RestrictionGround.CLAIMS_OF_PERSON)
    casework.lift_measure(announced.pk, by=OFFICER, at=MORNING)
    assert fresh(announced).state == MeasureState.LIFTED
    assert not announced.ticket.orders.filter(act="lift").exists()
    line = LedgerEntry.objects.get(event="measure.lifted")
    assert line.facts["remaining"] == [other.pk]


def test_begun_again_after_lifting_the_systems_mark_anew(
    announced: RestrictionMeasure,
) -> None:
    casework.lift_measure(announced.pk, by=OFFICER, at=MORNING)
    again = begin(announced.ticket)
    assert again.pk != announced.pk
    assert fresh(again).state == MeasureState.PROPOSED
    waiting = announced.ticket.orders.waiting().filter(act="restrict")
    assert waiting.count() == 2


@pytest.mark.parametrize("sent", [False, True])
def test_it_can_be_kept_after_all(proposed: RestrictionMeasure, *, sent: bool) -> None:
    casework.approve_lift(proposed.pk, by=DECIDER, at=NOTICE)
    if sent:
        casework.send_letters(at=NOTICE)
    casework.keep_measure(proposed.pk, why=WHY, by=OFFICER, at=NOTICE)
    measure = fresh(proposed)
    assert (measure.state, measure.notice, measure.lift_on) == ("active", None, None)
    letter = measure.ticket.letters.get(kind="lift_notice")
    assert letter.state == ("sent" if sent else "cancelled")
    casework.send_letters(at=NOTICE)
    casework.fire_timers(at=MORNING + DAY)
    assert fresh(proposed).state == MeasureState.ACTIVE


def test_a_notice_that_was_taken_back_is_written_anew(
    proposed: RestrictionMeasure,
) -> None:
    casework.approve_lift(proposed.pk, by=DECIDER, at=NOTICE)
    with refused("is written already"):
        casework.approve_lift(proposed.pk, by=DECIDER, at=NOTICE)
    letter = proposed.ticket.letters.get(kind="lift_notice")
    letter.state = "cancelled"
    letter.finish()
    letter.save()
    casework.approve_lift(proposed.pk, by=DECIDER, at=NOTICE)
    assert fresh(proposed).notice != letter


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
