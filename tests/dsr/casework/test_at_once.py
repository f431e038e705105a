"""An objection to marketing is in effect, and answered, before anybody has looked."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from pytest_django import Settings

from dsr import casework
from dsr.models import Case, LedgerEntry, MessageKind, Ticket, find_faults
from dsr.vocabulary import SUBJECT, Channel, State
from subjects.models import Consent, SuppressionEntry, is_suppressed
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    JEANNE,
    LUC,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    events,
    letters,
    refused,
    verify,
)

PHONE, HOME = "+32 470 12 34 56", "Rue de la Loi 16, 1000 Bruxelles"
SOON = RECEIVED + timedelta(minutes=1)
OptOut = Callable[..., Case]


@pytest.fixture
def opt_out(open_case: Open) -> OptOut:
    """Return a function that opens a marketing objection of Jeanne's, by mail."""

    def opt_out(**given: Any) -> Case:
        by_mail = {"channel": Channel.MAIL, "email": JEANNE}
        return open_case("marketing_opt_out", **by_mail | given)

    return opt_out


def state_of(case: Case) -> str:
    return str(case.tickets.get().state)


def notes(case: Case) -> list[str]:
    found = case.messages.filter(kind=MessageKind.NOTE)
    return list(found.values_list("text", flat=True))


def test_advertising_stops_in_the_transaction_that_opens_the_case(
    opt_out: OptOut,
) -> None:
    with transaction.atomic():
        case = opt_out()
        assert is_suppressed("email", JEANNE)
        assert state_of(case) == State.PROPAGATING
        transaction.set_rollback(True)
    assert not is_suppressed("email", JEANNE)
    assert not Case.objects.exists()


def test_every_address_that_was_given_is_suppressed(opt_out: OptOut) -> None:
    answer = f"On my phone 0032 470 65 43 21, and at {LUC}."
    case = opt_out(
        postal_address=HOME,
        identifiers={"phone_number": PHONE, "customer_number": "K-100001"},
        details={"marketing_opt_out": {"address": answer}},
    )
    for kind, value in (
        ("email", JEANNE),
        ("email", LUC),
        ("phone_number", PHONE),
        ("phone_number", "+32470654321"),
        ("post", HOME.upper()),
    ):
        assert is_suppressed(kind, value), value
    entries = SuppressionEntry.objects.all()
    assert {one.channel for one in entries} == {"all"}
    assert {one.reference for one in entries} == {f"{case} marketing_opt_out"}
    assert entries.count() == 5


def test_a_house_number_in_the_answer_is_a_postal_address(opt_out: OptOut) -> None:
    opt_out(details={"marketing_opt_out": {"address": HOME}})
    assert is_suppressed("post", HOME)
    opt_out(details={"marketing_opt_out": {"address": "everywhere"}})
    assert not is_suppressed("post", "everywhere")


def test_the_ledger_names_the_entries_and_no_address(opt_out: OptOut) -> None:
    case = opt_out()
    line = LedgerEntry.objects.get(event="suppression.added")
    assert line.facts == {
        "ticket": case.tickets.get().pk,
        "right": "marketing_opt_out",
        "state": "propagating",
        "entries": [SuppressionEntry.objects.get().pk],
    }
    assert (line.reference, line.by) == (case.reference, "system")
    assert list(find_faults()) == []


def test_a_mail_is_answered_without_anybodys_hand(
    opt_out: OptOut, mailoutbox: list[EmailMessage]
) -> None:
    case = opt_out(language="en")
    assert casework.answer_at_once(at=SOON) == 1
    assert casework.answer_at_once(at=SOON) == 0
    assert casework.send_letters(at=SOON) == 1
    ticket = case.tickets.get()
    assert (ticket.state, ticket.outcome) == (State.CLOSED, "granted")
    assert (ticket.decided_by, ticket.owner) == ("system", "")
    assert ticket.replied_at is not None
    assert letters(case) == [("reply", "sent")]
    assert mailoutbox[0].to == [JEANNE]
    assert "reply to your request is ready" in str(mailoutbox[0].body)
    assert events(case) == [
        "case.opened",
        "suppression.added",
        "ticket.carried_out",
        "letter.approved",
        "letter.sent",
        "ticket.replied",
        "ticket.closed",
    ]


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_automatic_reply_holds_what_the_law_wants(
    opt_out: OptOut, language: str
) -> None:
    case = opt_out(language=language)
    assert casework.answer_at_once(at=SOON) == 1
    letter = case.letters.get(kind="reply")
    assert letter.state == "queued"
    assert letter.pdf_sha256


def test_the_owners_of_the_systems_are_noted(opt_out: OptOut) -> None:
    (note,) = notes(opt_out())
    assert note.startswith("No more direct marketing.")
    assert "– crm: " in note
    assert "– claims: " in note
    assert JEANNE not in note


def test_a_useless_list_of_systems_holds_nothing_up(
    opt_out: OptOut, settings: Settings, tmp_path: Path
) -> None:
    settings.SYSTEMS_FILE = tmp_path / "missing.toml"
    case = opt_out()
    assert is_suppressed("email", JEANNE)
    assert "The list of systems cannot be used" in notes(case)[0]


def test_an_unconfirmed_web_form_takes_effect_and_is_answered_once_confirmed(
    opt_out: OptOut,
) -> None:
    case = opt_out(channel=Channel.WEB, by=SUBJECT)
    assert is_suppressed("email", JEANNE)
    assert letters(case) == [("confirm_address", "queued")]
    assert casework.answer_at_once(at=SOON) == 0
    verify(case)
    assert casework.answer_at_once(at=SOON) == 1
    assert letters(case)[1:] == [("reply", "queued")]


def test_other_rights_of_the_case_are_acknowledged_as_ever(open_case: Open) -> None:
    rights = ("access", "marketing_opt_out")
    case = open_case(*rights, channel=Channel.WEB, email=JEANNE, by=SUBJECT)
    verify(case)
    assert ("acknowledgement", "queued") in letters(case)
    states = dict(case.tickets.values_list("right_code", "state"))
    assert states == {"access": "triage", "marketing_opt_out": "propagating"}
    verify(case)
    assert letters(case).count(("acknowledgement", "queued")) == 1


def test_a_right_added_later_takes_effect_too(open_case: Open) -> None:
    case = open_case("access", email=JEANNE)
    ticket = casework.add_right(
        case.pk, right_code="marketing_opt_out", by=OFFICER, at=SOON
    )
    assert ticket.state == State.PROPAGATING
    assert is_suppressed("email", JEANNE)
    assert events(case)[-2:] == ["case.right_added", "suppression.added"]


def test_without_an_address_an_officer_looks_until_one_is_found(
    open_case: Open,
) -> None:
    case = open_case("marketing_opt_out")
    assert state_of(case) == State.TRIAGE
    casework.add_identifier(
        case.pk, kind="phone_number", value=PHONE, by=OFFICER, at=SOON
    )
    assert state_of(case) == State.PROPAGATING
    casework.set_address(
        case.pk, email=JEANNE, postal_address="", by=OFFICER, at=SOON + DAY
    )
    assert is_suppressed("email", JEANNE)
    assert events(case).count("suppression.added") == 2
    assert len(notes(case)) == 1


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
    assert casework.answer_at_once(at=SOON) == 0
    ticket = casework.confirm(case.tickets.get().pk, done=WHY, by=OFFICER, at=SOON)
    assert (ticket.state, ticket.decided_by) == (State.REPLY_PENDING, "officer")
    assert letters(case)[-1] == ("reply", "draft")


def test_who_has_only_a_postal_address_is_answered_on_paper(opt_out: OptOut) -> None:
    case = opt_out(email="", postal_address=HOME)
    assert is_suppressed("post", HOME)
    assert casework.answer_at_once(at=SOON) == 1
    letter = case.letters.get(kind="reply")
    assert (letter.to_address, letter.state) == (HOME, "queued")
    casework.record_posted(letter.pk, proof="registered 1", by=OFFICER, at=SOON)
    assert state_of(case) == State.CLOSED


def test_what_confirming_wants(opt_out: OptOut) -> None:
    ticket = opt_out().tickets.get()
    with refused("What was done needs at least 30"):
        casework.confirm(ticket.pk, done="ok", by=OFFICER, at=SOON)
    with refused("role of handler"):
        casework.confirm(ticket.pk, done=WHY, by=AUDITOR, at=SOON)


def test_a_suppression_outlives_what_becomes_of_the_ticket(opt_out: OptOut) -> None:
    case = opt_out()
    casework.withdraw(case.tickets.get().pk, by=SUBJECT, at=SOON)
    assert state_of(case) == State.WITHDRAWN
    assert casework.answer_at_once(at=SOON) == 0
    assert is_suppressed("email", JEANNE)


def test_a_reopened_objection_is_decided_by_people(opt_out: OptOut) -> None:
    ticket = Ticket.objects.get(case=opt_out())
    casework.answer_at_once(at=SOON)
    casework.send_letters(at=SOON)
    ticket.refresh_from_db()
    ticket.reopen()
    assert (ticket.state, ticket.outcome) == (State.IN_PROGRESS, "")


def test_another_right_leaves_list_and_consents_alone(open_case: Open) -> None:
    case = open_case("objection", email=JEANNE)
    assert state_of(case) == State.TRIAGE
    assert not SuppressionEntry.objects.exists()
    assert not Consent.objects.exists()
