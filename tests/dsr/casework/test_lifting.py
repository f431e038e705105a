"""Nothing is lifted before the person was told."""

from datetime import timedelta

import pytest

from dsr import casework
from dsr.models import (
    LedgerEntry,
    RestrictionMeasure,
    Timer,
    find_faults,
)
from dsr.vocabulary import (
    SUBJECT,
    MeasureState,
    RestrictionGround,
)
from tests.dsr.casework.restrictions import (
    ADDRESS,
    LIFT_ON,
    MORNING,
    NOTICE,
    begin,
    fresh,
)
from tests.dsr.conftest import (
    COLLEAGUE,
    DAY,
    DECIDER,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    close_orders,
    refused,
)


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
    with refused(r"may be lifted from .*15 March 2026.*18\(3\)"):
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
    assert set(Timer.objects.pending().values_list("kind", flat=True)) == {
        "notice_due",
        "restriction_lift",
    }
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
