"""An objection to marketing when something comes later, or somebody steps in."""

from datetime import date

import pytest
from django.db import transaction

from dsr import casework
from dsr.casework.suppression import stop_reimport
from dsr.casework.ticket_lock import lock
from dsr.letters.compose import compose
from dsr.letters.contents import find_contents
from dsr.models import LedgerEntry, Ticket, Timer
from dsr.vocabulary import SUBJECT, State
from subjects.models import Consent, SuppressionEntry, is_suppressed
from tests.dsr.casework.advertising import HOME, PHONE, SOON, OptOut, answer, state_of
from tests.dsr.conftest import (
    AUDITOR,
    COLLEAGUE,
    DAY,
    DPO,
    JEANNE,
    OFFICER,
    WHY,
    Open,
    decide,
    events,
    letters,
    refused,
)
from tests.dsr.steps import take_unproven
from tests.dsr.telling import answer_for_everyone


def notices_of_turns(ticket: Ticket) -> set[tuple[int, str]]:
    return set(ticket.notices.values_list("turn", "state"))


def test_without_an_address_an_officer_looks_until_one_is_found(
    open_case: Open,
) -> None:
    case = open_case("marketing_opt_out")
    assert state_of(case) == State.TRIAGE
    assert not case.tickets.get().orders.exists()
    casework.add_identifier(
        case.pk, kind="phone_number", value=PHONE, by=OFFICER, at=SOON
    )
    assert state_of(case) == State.PROPAGATING


def test_another_address_is_passed_on_to_everyone_anew(opt_out: OptOut) -> None:
    case = opt_out(agent_name="Maître Dupont", identifiers={"email": JEANNE})
    answer(case)
    ticket = case.tickets.get()
    assert not ticket.orders.waiting().exists()
    casework.add_identifier(
        case.pk, kind="phone_number", value=PHONE, by=OFFICER, at=SOON + DAY
    )
    assert ticket.orders.waiting().count() == 2
    assert notices_of_turns(ticket) == {(1, "sent"), (2, "queued")}
    again = ticket.notices.of_last_turn().first()
    assert again is not None
    assert again.letter is not None
    assert PHONE in again.letter.text
    assert events(case).count("suppression.added") == 2
    answer(case, SOON + DAY)
    assert ticket.orders.filter(state="done").count() == 4  # both answers stand


def test_a_number_that_is_no_address_changes_nothing(opt_out: OptOut) -> None:
    case = opt_out()
    casework.add_identifier(
        case.pk, kind="customer_number", value="K-100001", by=OFFICER, at=SOON
    )
    assert events(case).count("suppression.added") == 1


def test_who_writes_for_another_is_not_suppressed_nor_answered_unseen(
    opt_out: OptOut,
) -> None:
    case = opt_out(
        email="dupont@law.example",
        agent_name="Maître Dupont",
        agent_relation="agent",
        identifiers={"email": JEANNE},
    )
    assert is_suppressed("email", JEANNE)
    assert not is_suppressed("email", "dupont@law.example")
    answer(case)
    assert state_of(case) == State.PROPAGATING
    ticket = casework.confirm(case.tickets.get().pk, done=WHY, by=OFFICER, at=SOON)
    assert (ticket.state, ticket.decided_by) == (State.REPLY_PENDING, "officer")
    assert letters(case)[-1] == ("reply", "draft")


def test_who_has_only_a_postal_address_is_answered_on_paper(opt_out: OptOut) -> None:
    case = opt_out(email="", postal_address=HOME)
    assert is_suppressed("post", HOME)
    answer(case)
    letter = case.letters.get(kind="reply")
    assert (letter.to_address, letter.state) == (HOME, "queued")
    casework.record_posted(letter.pk, proof="registered 1", by=OFFICER, at=SOON)
    assert state_of(case) == State.CLOSED


def test_what_confirming_wants(opt_out: OptOut) -> None:
    case = opt_out(agent_name="Maître Dupont", identifiers={"email": JEANNE})
    ticket = case.tickets.get()
    with refused("waits for these systems: claims, crm"):
        casework.confirm(ticket.pk, done=WHY, by=OFFICER, at=SOON)
    chosen = [one.pk for one in ticket.orders.all()]
    casework.close_orders(
        ticket.pk, orders=chosen, done=True, note="x", by=OFFICER, at=SOON
    )
    with refused("these recipients are not told yet"):
        casework.confirm(ticket.pk, done=WHY, by=OFFICER, at=SOON)
    answer(case)
    with refused("What was done needs at least 30"):
        casework.confirm(ticket.pk, done="ok", by=OFFICER, at=SOON)
    with refused("role of handler"):
        casework.confirm(ticket.pk, done=WHY, by=AUDITOR, at=SOON)


def test_a_person_whom_nobody_knows_is_suppressed_and_told_so(opt_out: OptOut) -> None:
    case = opt_out(language="en")
    ticket = case.tickets.get()
    with refused("Only “no data found” can be proposed"):
        casework.propose(ticket.pk, outcome="granted", by=OFFICER, at=SOON)
    casework.propose(ticket.pk, outcome="no_data", by=OFFICER, at=SOON)
    decide(ticket.pk)
    letter = case.letters.get(kind="reply")
    said = find_contents(compose(letter).html or "")
    assert "on our suppression list" in said["suppression"]
    assert is_suppressed("email", JEANNE)


@pytest.mark.parametrize("known", [{}, {"email": JEANNE}])
@pytest.mark.parametrize("right", ["marketing_opt_out", "consent_withdrawal"])
def test_nothing_is_granted_that_took_no_effect(
    open_case: Open, right: str, known: dict[str, str]
) -> None:
    ticket = open_case(right, **known).tickets.get()
    if not known:
        take_unproven(ticket.pk)
    elif right == "consent_withdrawal":
        answer_for_everyone(ticket.pk, SOON)
    with refused("takes effect once an address is known, and is confirmed when"):
        casework.propose(ticket.pk, outcome="granted", by=OFFICER, at=SOON)


def test_a_returned_proposal_leads_back_to_where_it_was(opt_out: OptOut) -> None:
    case = opt_out()
    ticket = case.tickets.get()
    casework.propose(ticket.pk, outcome="no_data", by=OFFICER, at=SOON)
    casework.return_proposal(ticket.pk, why=WHY, by=COLLEAGUE, at=SOON)
    assert state_of(case) == State.PROPAGATING
    assert ticket.orders.count() == 2


def test_a_suppression_outlives_what_becomes_of_the_ticket(opt_out: OptOut) -> None:
    case = opt_out()
    casework.withdraw(case.tickets.get().pk, by=SUBJECT, at=SOON)
    assert state_of(case) == State.WITHDRAWN
    assert casework.go_on_at_once(at=SOON) == 0
    assert is_suppressed("email", JEANNE)


def test_a_reopened_objection_is_asked_of_everyone_anew(opt_out: OptOut) -> None:
    case = opt_out()
    answer(case)
    casework.send_letters(at=SOON)
    ticket = case.tickets.get()
    assert ticket.state == State.CLOSED
    later = SOON + DAY
    casework.reopen(ticket.pk, why=WHY, by=DPO, at=later)
    assert state_of(case) == State.PROPAGATING
    assert ticket.orders.waiting().count() == 2
    assert notices_of_turns(ticket) == {(1, "sent"), (2, "queued")}
    answer(case, later)
    assert state_of(case) == State.REPLY_PENDING


def test_the_stop_is_due_until_the_systems_have_answered(opt_out: OptOut) -> None:
    case = opt_out()
    timers = Timer.objects.filter(ticket=case.tickets.get())
    kinds = set(timers.values_list("kind", flat=True))
    assert {"marketing_stop_due", "notice_due"} <= kinds
    due = timers.get(kind="notice_due").due_at
    assert due.date() == date(2026, 3, 12)  # five working days
    casework.send_letters(at=SOON)
    assert not timers.filter(kind="notice_due").exists()
    assert timers.filter(kind="marketing_stop_due").exists()
    answer(case)
    assert not timers.filter(kind="marketing_stop_due").exists()


def test_another_right_leaves_list_and_consents_alone(open_case: Open) -> None:
    case = open_case("objection", email=JEANNE)
    assert state_of(case) == State.TRIAGE
    assert not SuppressionEntry.objects.exists()
    assert not Consent.objects.exists()


def test_an_erasure_of_marketing_data_keeps_the_person_from_being_imported_again(
    open_case: Open,
) -> None:
    case = open_case("erasure", email=JEANNE)
    with transaction.atomic():
        ticket = lock(case.tickets.get().pk)
        assert stop_reimport(ticket, by=OFFICER, at=SOON)
    assert is_suppressed("email", JEANNE)
    line = LedgerEntry.objects.get(event="suppression.added")
    assert (line.by, line.facts["right"]) == ("officer", "erasure")
