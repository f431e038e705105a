"""The house's own pace: qualify, ask, stop and refuse in good time, or be reminded."""

from datetime import UTC, datetime

import pytest

from dsr import casework
from dsr.models import LedgerEntry, Ticket
from dsr.vocabulary import State
from tests.dsr.conftest import (
    DAY,
    DECIDER,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    Walk,
    answer_for_everyone,
    decide,
    verify,
)
from tests.dsr.steps import LAW

# Received on Thursday 5 March; alarms ring at seven, Brussels time.
MORNINGS = {
    "triage_due": datetime(2026, 3, 9, 6, 0, tzinfo=UTC),
    "identity_ask_due": datetime(2026, 3, 10, 6, 0, tzinfo=UTC),
    "marketing_stop_due": datetime(2026, 3, 9, 6, 0, tzinfo=UTC),
    "refusal_notice": datetime(2026, 3, 30, 5, 0, tzinfo=UTC),
}
DESK = set(MORNINGS)


@pytest.fixture
def ticket(open_case: Open) -> Ticket:
    """Open an access request by mail; nothing of the person is proven."""
    return open_case("access", email=JEANNE).tickets.get()


def ahead(ticket: Ticket) -> set[str]:
    return DESK & set(ticket.timers.pending().values_list("kind", flat=True))


def rung(ticket: Ticket) -> set[str]:
    return DESK & set(
        ticket.timers.filter(fired_at__isnull=False).values_list("kind", flat=True)
    )


@pytest.mark.parametrize(
    ("right", "kinds"),
    [
        ("access", {"triage_due", "identity_ask_due", "refusal_notice"}),
        ("marketing_opt_out", {"marketing_stop_due"}),
        ("consent_withdrawal", {"marketing_stop_due", "refusal_notice"}),
    ],
)
def test_each_right_has_its_reminders(
    open_case: Open, right: str, kinds: set[str]
) -> None:
    ticket = open_case(right, email=JEANNE).tickets.get()
    timers = {timer.kind: timer.due_at for timer in ticket.timers.all()}
    assert {kind: timers[kind] for kind in kinds} == {
        kind: MORNINGS[kind] for kind in kinds
    }
    assert ahead(ticket) == kinds


@pytest.mark.parametrize(
    "state", [State.AWAITING_IDENTITY, State.AWAITING_CLARIFICATION, State.WITHDRAWN]
)
def test_while_the_person_is_to_act_or_has_ended_it_nothing_is_called_for(
    walk: Walk, state: State
) -> None:
    assert ahead(walk(state, email=JEANNE)) == set()


def test_an_unconfirmed_request_is_to_be_qualified_all_the_same(walk: Walk) -> None:
    assert ahead(walk(State.RECEIVED)) == {"triage_due", "refusal_notice"}


def test_taken_in_hand_it_is_qualified_and_the_alarm_is_silent(ticket: Ticket) -> None:
    casework.send_letters(at=RECEIVED)
    casework.fire_timers(at=RECEIVED + 4 * DAY)
    assert rung(ticket) == {"triage_due"}
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED + 4 * DAY)
    assert rung(ticket) == set()
    assert ahead(ticket) == {"identity_ask_due", "refusal_notice"}
    line = LedgerEntry.objects.get(event="ticket.alarm")
    assert line.facts["alarm"] == "triage_due"


def test_whoever_is_proven_need_not_be_asked(ticket: Ticket) -> None:
    verify(ticket.case)
    assert "identity_ask_due" not in ahead(ticket)


def test_proof_accepted_without_an_identifier_is_proof(ticket: Ticket) -> None:
    casework.ask_identity(
        ticket.pk, doubts=WHY, items="a letter", by=OFFICER, at=RECEIVED
    )
    casework.accept_proof(ticket.pk, method="call back", by=OFFICER, at=RECEIVED + DAY)
    assert "identity_ask_due" not in ahead(ticket)


def test_what_was_proven_in_another_case_rings_no_more(
    ticket: Ticket,
) -> None:
    identifier = ticket.case.subject.identifiers.get()
    identifier.verify(by="officer", at=RECEIVED)
    identifier.save()
    casework.fire_timers(at=RECEIVED + 10 * DAY)
    assert rung(ticket) == {"triage_due"}


def test_once_stopped_the_processing_need_not_be_stopped(open_case: Open) -> None:
    ticket = open_case("marketing_opt_out", email=JEANNE).tickets.get()
    assert "marketing_stop_due" in ahead(ticket)

    answer_for_everyone(ticket.pk)

    assert "marketing_stop_due" not in ahead(ticket)


def test_what_is_decided_is_refused_no_more(ticket: Ticket) -> None:
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    casework.propose(
        ticket.pk,
        outcome="refused",
        grounds=["legal_restriction"],
        law=LAW,
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    decide(ticket.pk, by=DECIDER)
    casework.fire_timers(at=RECEIVED + 29 * DAY)
    assert "refusal_notice" not in rung(ticket) | ahead(ticket)


def test_a_suspended_period_has_no_last_day_to_refuse(ticket: Ticket) -> None:
    casework.ask_identity(
        ticket.pk, doubts=WHY, items="a letter", by=OFFICER, at=RECEIVED
    )
    assert "refusal_notice" not in ahead(ticket)
    casework.accept_proof(
        ticket.pk, method="call back", by=OFFICER, at=RECEIVED + 10 * DAY
    )
    moved = ticket.timers.get(kind="refusal_notice").due_at
    assert moved > MORNINGS["refusal_notice"]
