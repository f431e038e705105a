"""A consent is taken back before anybody has looked; then an officer finishes it."""

from typing import Any

import pytest

from dsr import casework
from dsr.letters.compose import compose
from dsr.letters.contents import find_contents
from dsr.models import Case, LedgerEntry, Ticket, Timer
from dsr.policy.erasing import grounds_shown_by
from dsr.vocabulary import Channel, State
from subjects.models import (
    Consent,
    Identifier,
    Subject,
    SuppressionEntry,
    is_suppressed,
)
from tests.dsr.conftest import (
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    answer_for_everyone,
    events,
    letters,
    refused,
    take,
    verify,
)

SOON = RECEIVED + DAY


def state_of(case: Case) -> str:
    return str(case.tickets.get().state)


def withdrawal(open_case: Open, answer: str = "", **given: Any) -> Case:
    details = {"consent_withdrawal": {"consent": answer}}
    by_mail = {"channel": Channel.MAIL, "email": JEANNE, "details": details}
    return open_case("consent_withdrawal", **by_mail | given)


def test_a_consent_ends_in_the_transaction_that_opens_the_case(
    open_case: Open,
) -> None:
    case = withdrawal(open_case)
    assert state_of(case) == State.STOPPING
    consent = Consent.objects.get(subject=case.subject)
    assert (consent.purpose, consent.revoked_at) == ("direct_marketing", RECEIVED)
    line = LedgerEntry.objects.get(event="consent.revoked")
    assert line.facts["consents"] == [consent.pk]
    ticket = case.tickets.get()
    assert set(ticket.orders.values_list("act", "state")) == {("stop", "waiting")}
    told = set(ticket.notices.values_list("recipient", flat=True))
    assert told == {
        "group_companies.services",
        "group_companies.partners",
        "medical_consultants.medical_advisers",
        "service_providers.mailings",
    }
    assert letters(case)[-1] == ("acknowledgement", "queued")


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("My consent to direct marketing.", {"newsletter"}),
        ("la prospection, s'il vous plaît", {"newsletter"}),
        ("everything", set()),
        ("", set()),
    ],
)
def test_only_what_is_named_is_taken_back_if_it_can_be_known(
    open_case: Open, answer: str, left: set[str]
) -> None:
    first = verify(open_case("access", email=JEANNE))
    for purpose in ("direct_marketing", "newsletter"):
        Consent.objects.create(
            subject=first.subject, purpose=purpose, given_at=RECEIVED - DAY
        )
    case = withdrawal(open_case, answer)
    assert case.subject_id == first.subject_id
    still = Consent.objects.in_force().values_list("purpose", flat=True)
    assert set(still) == left


def test_what_is_left_is_asked_when_all_have_stopped(open_case: Open) -> None:
    case = withdrawal(open_case)
    ticket = case.tickets.get()
    with refused("waits for these systems: claims, crm"):
        casework.check_erasure(ticket.pk, by=OFFICER, at=SOON)
    answer_for_everyone(ticket.pk, SOON)
    assert state_of(case) == State.ERASURE_CHECK
    assert not Timer.objects.filter(kind="marketing_stop_due").exists()


def test_a_withdrawal_is_confirmed_once_each_purpose_was_looked_at(
    open_case: Open,
) -> None:
    case = withdrawal(open_case, language="en")
    ticket = case.tickets.get()
    with refused("not possible in this state"):
        casework.confirm(ticket.pk, done=WHY, by=OFFICER, at=SOON)
    answer_for_everyone(ticket.pk, SOON)
    with refused("nobody noted what becomes of the data for: direct_marketing"):
        casework.confirm(ticket.pk, done=WHY, by=OFFICER, at=SOON)
    check(ticket, result="kept", kept_for="legal_obligations", basis="6(1)(c)")
    ticket = casework.confirm(ticket.pk, done=WHY, by=OFFICER, at=SOON)
    assert (ticket.state, ticket.outcome) == (State.REPLY_PENDING, "granted")
    letter = case.letters.get(kind="reply")
    said = find_contents(compose(letter).html or "")
    assert "GDPR Art. 6(1)(c)" in said["other_basis"]
    assert "no longer used for that purpose" in said["other_basis"]
    assert "Demo Medical Advisers" in said["recipients_told"]
    casework.approve_letter(letter.pk, by=OFFICER, at=SOON)
    casework.send_letters(at=SOON)
    assert state_of(case) == State.CLOSED
    happened = [one for one in events(case) if one.startswith(("consent", "ticket"))]
    assert happened == [
        "consent.revoked",
        "ticket.moved_on",
        "consent.stopped",
        "consent.checked",
        "ticket.carried_out",
        "ticket.replied",
        "ticket.closed",
    ]


def check(ticket: Ticket, purpose: str = "direct_marketing", **said: str) -> None:
    casework.check_purpose(ticket.pk, purpose=purpose, **said, by=OFFICER, at=SOON)


def stopped(open_case: Open) -> Ticket:
    ticket = withdrawal(open_case).tickets.get()
    answer_for_everyone(ticket.pk, SOON)
    return ticket


def test_what_is_kept_on_another_basis_is_no_ground_to_erase(open_case: Open) -> None:
    ticket = stopped(open_case)
    add_right(ticket.case, "erasure")
    erasure = ticket.case.tickets.get(right_code="erasure")
    assert grounds_shown_by(erasure) == ["consent_withdrawn"]  # not looked at yet
    check(ticket, result="kept", kept_for="legal_obligations", basis="6(1)(c)")
    assert grounds_shown_by(erasure) == []


def add_right(case: Case, right: str) -> None:
    casework.add_right(case.pk, right_code=right, received_at=SOON, by=OFFICER, at=SOON)


def test_a_withdrawn_consent_to_advertising_stops_it_for_good(open_case: Open) -> None:
    case = withdrawal(open_case, "My consent of 3 May to advertising.", language="en")
    ticket = case.tickets.get()
    assert is_suppressed("email", JEANNE)
    assert SuppressionEntry.objects.count() == 1
    assert events(case).count("suppression.added") == 1
    answer_for_everyone(ticket.pk, SOON)
    check(ticket, result="erased")
    casework.confirm(ticket.pk, done=WHY, by=OFFICER, at=SOON)
    said = find_contents(compose(case.letters.get(kind="reply")).html or "")
    assert "on our suppression list" in said["suppression"]


def test_a_withdrawn_consent_to_something_else_suppresses_nothing(
    open_case: Open,
) -> None:
    first = verify(open_case("access", email=JEANNE))
    Consent.objects.create(
        subject=first.subject, purpose="statistics", given_at=RECEIVED - DAY
    )
    case = withdrawal(open_case, "prepare statistics and actuarial studies")
    assert "consent.revoked" in events(case)
    assert not SuppressionEntry.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kept_for": "direct_marketing", "basis": "6(1)(f)"}, "no other basis takes"),
        ({"kept_for": "a_new_one", "basis": "6(1)(f)"}, "another purpose of the"),
        ({"kept_for": "statistics", "basis": "6(1)(c)"}, r"declares: 6\(1\)\(f\)"),
        ({"kept_for": "", "basis": ""}, "another purpose of the policy"),
    ],
)
def test_nothing_is_kept_on_a_basis_found_afterwards(
    open_case: Open, said: dict[str, str], sentence: str
) -> None:
    ticket = stopped(open_case)
    with refused(sentence):
        check(ticket, result="kept", **said)


def test_what_a_check_of_a_purpose_wants(open_case: Open) -> None:
    ticket = stopped(open_case)
    with refused("withdraws no consent to “newsletter”"):
        check(ticket, "newsletter", result="erased")
    with refused("Say whether the data are erased or kept"):
        check(ticket, result="open")


def test_a_withdrawn_consent_opens_the_question_of_erasure(open_case: Open) -> None:
    ticket = stopped(open_case)
    with refused("for no purpose it is noted"):
        casework.open_erasure(ticket.pk, by=OFFICER, at=SOON)
    check(ticket, result="erased")
    casework.open_erasure(ticket.pk, by=OFFICER, at=SOON)
    erasure = ticket.case.tickets.get(right_code="erasure")
    assert erasure.received_at == SOON
    assert grounds_shown_by(erasure) == ["consent_withdrawn"]
    with refused("has an open ticket for this right already"):
        casework.open_erasure(ticket.pk, by=OFFICER, at=SOON)


def test_a_consent_given_under_the_same_address_is_found_and_taken_back(
    open_case: Open,
) -> None:
    listed = Subject.objects.create(created_at=RECEIVED - DAY)
    Identifier.objects.create(
        subject=listed, kind="email", value=JEANNE, normalized=JEANNE
    )
    given = Consent.objects.create(
        subject=listed, purpose="direct_marketing", given_at=RECEIVED - DAY
    )
    case = withdrawal(open_case)
    assert case.subject_id != listed.pk
    given.refresh_from_db()
    assert given.revoked_at == RECEIVED
    line = LedgerEntry.objects.get(event="consent.revoked")
    assert line.facts["consents"] == [given.pk]


def test_what_never_rested_on_consent_can_still_be_said(open_case: Open) -> None:
    ticket = withdrawal(open_case).tickets.get()
    said: dict[str, Any] = {"outcome": "not_applicable", "reasons": WHY}
    said["grounds"] = ["legal_basis"]
    with refused("not possible in this state"):  # the systems are still asked
        casework.propose(ticket.pk, **said, by=OFFICER, at=SOON)
    answer_for_everyone(ticket.pk, SOON)
    proposed = casework.propose(ticket.pk, **said, by=OFFICER, at=SOON)
    assert (proposed.state, proposed.outcome) == (State.DECISION_PENDING, "")


def test_a_withdrawal_by_nobody_we_could_know_waits_for_an_officer(
    open_case: Open,
) -> None:
    case = open_case("consent_withdrawal")
    assert state_of(case) == State.TRIAGE
    assert not Consent.objects.exists()
    take(case.tickets.get().pk)
    assert state_of(case) == State.IN_PROGRESS
