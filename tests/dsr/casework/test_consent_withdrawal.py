"""A consent is taken back before anybody has looked; then an officer finishes it."""

from typing import Any

import pytest

from dsr import casework
from dsr.models import Case, LedgerEntry, MessageKind
from dsr.vocabulary import Channel, State
from subjects.models import Consent
from tests.dsr.conftest import (
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
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
    assert "– crm: " in case.messages.get(kind=MessageKind.NOTE).text
    assert letters(case) == [("acknowledgement", "queued")]


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


def test_an_officer_asks_what_must_be_erased_before_the_reply(
    open_case: Open,
) -> None:
    case = withdrawal(open_case)
    ticket = case.tickets.get()
    assert casework.answer_at_once(at=SOON) == 0
    with refused("not possible in this state"):
        casework.confirm(ticket.pk, done=WHY, by=OFFICER, at=SOON)
    casework.check_erasure(ticket.pk, by=OFFICER, at=SOON)
    ticket = casework.confirm(ticket.pk, done=WHY, by=OFFICER, at=SOON)
    assert (ticket.state, ticket.outcome) == (State.REPLY_PENDING, "granted")
    letter = case.letters.get(kind="reply")
    casework.approve_letter(letter.pk, by=OFFICER, at=SOON)
    casework.send_letters(at=SOON)
    assert state_of(case) == State.CLOSED
    happened = [one for one in events(case) if one.startswith(("consent", "ticket"))]
    assert happened == [
        "consent.revoked",
        "consent.stopped",
        "ticket.carried_out",
        "ticket.replied",
        "ticket.closed",
    ]


def test_what_never_rested_on_consent_can_still_be_said(open_case: Open) -> None:
    ticket = withdrawal(open_case).tickets.get()
    proposed = casework.propose(
        ticket.pk,
        outcome="not_applicable",
        grounds=["legal_basis"],
        reasons=WHY,
        by=OFFICER,
        at=SOON,
    )
    assert (proposed.state, proposed.outcome) == (State.DECISION_PENDING, "")


def test_a_withdrawal_by_nobody_we_could_know_waits_for_an_officer(
    open_case: Open,
) -> None:
    case = open_case("consent_withdrawal")
    assert state_of(case) == State.TRIAGE
    assert not Consent.objects.exists()
    take(case.tickets.get().pk)
    assert state_of(case) == State.IN_PROGRESS
