"""Opening a case: tickets, clock, first letter; and whose case it becomes."""

from datetime import date
from typing import Any

import pytest

from dsr import casework
from dsr.casework import NewFile
from dsr.models import Case, Document, Timer
from dsr.vocabulary import SUBJECT, Channel, RightCode, State
from subjects.models import Identifier, Subject
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    JEANNE,
    LUC,
    OFFICER,
    RECEIVED,
    Open,
    events,
    letters,
    refused,
    verify,
)

ADDRESS = "Rue du Bailli 12\n1050 Ixelles"


def test_a_case_has_a_ticket_a_right_with_the_day_of_the_law(open_case: Open) -> None:
    case = open_case("access", "erasure", "access")
    tickets = case.tickets.order_by("pk")
    assert [ticket.right_code for ticket in tickets] == ["access", "erasure"]
    for ticket in tickets:
        assert ticket.received_at == case.received_at == RECEIVED
        assert ticket.due == ticket.due_strict == date(2026, 4, 7)
        assert ticket.extension_notice_due == ticket.refusal_notice_due == ticket.due
        assert ticket.state == State.TRIAGE
    assert events(case) == ["case.opened", "ticket.qualified", "ticket.qualified"]


def test_a_case_by_mail_is_acknowledged_at_once(open_case: Open) -> None:
    case = open_case("access", channel=Channel.MAIL, email=JEANNE)
    assert letters(case) == [("acknowledgement", "queued")]
    assert events(case)[-1] == "letter.approved"


def test_a_web_case_is_acknowledged_when_its_address_is_confirmed(
    open_case: Open,
) -> None:
    case = open_case("access", channel=Channel.WEB, email=JEANNE, by=SUBJECT)
    assert letters(case) == [("confirm_address", "queued")]
    assert case.tickets.get().state == State.RECEIVED
    assert case.tickets.get().due == date(2026, 4, 7)
    verify(case, RECEIVED + 2 * DAY)
    assert letters(case)[1:] == [("acknowledgement", "queued")]
    assert case.tickets.get().state == State.TRIAGE
    assert case.tickets.get().due == date(2026, 4, 7)
    verify(case, RECEIVED + 3 * DAY)
    assert Case.objects.get().contact_confirmed_at == RECEIVED + 2 * DAY
    assert len(letters(case)) == 2


def test_an_unconfirmed_request_can_be_worked_on(open_case: Open) -> None:
    case = open_case("erasure", channel=Channel.WEB, email=JEANNE, by=SUBJECT)
    ticket = casework.take_in_hand(case.tickets.get().pk, by=OFFICER, at=RECEIVED)
    assert ticket.state == State.IN_PROGRESS
    assert ticket.searches.count() == 0


def test_a_web_case_with_a_postal_address_only_is_acknowledged_on_paper(
    open_case: Open,
) -> None:
    case = open_case("access", channel=Channel.WEB, postal_address=ADDRESS)
    letter = case.letters.get()
    assert (letter.kind, letter.to_email, letter.to_address) == (
        "acknowledgement",
        "",
        ADDRESS,
    )
    assert letter.next_attempt_at is None


def test_the_timers_of_a_new_ticket_are_set(open_case: Open) -> None:
    ticket = open_case("access").tickets.get()
    assert {timer.kind: str(timer.due_at) for timer in ticket.timers.all()} == {
        "triage_due": "2026-03-09 06:00:00+00:00",
        "identity_ask_due": "2026-03-10 06:00:00+00:00",
        "half_time": "2026-03-21 06:00:00+00:00",
        "three_quarters": "2026-03-29 05:00:00+00:00",
        "five_days": "2026-03-30 05:00:00+00:00",
        "two_days": "2026-04-02 05:00:00+00:00",
        "one_day": "2026-04-03 05:00:00+00:00",
        "extension_decision": "2026-03-30 05:00:00+00:00",
        "refusal_notice": "2026-03-30 05:00:00+00:00",
        "strict_due_passed": "2026-04-08 05:00:00+00:00",
        "due_passed": "2026-04-08 05:00:00+00:00",
    }


@pytest.mark.parametrize("right", ["marketing_opt_out", "consent_withdrawal"])
def test_no_timer_asks_for_an_extension_that_cannot_be(
    open_case: Open, right: str
) -> None:
    open_case(right)
    assert not Timer.objects.filter(kind="extension_decision").exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"rights": []}, "at least one of the nine rights"),
        ({"rights": ["access", "revenge"]}, "not revenge"),
        ({"received_at": RECEIVED + DAY, "at": RECEIVED}, "in the future"),
        ({"received_at": RECEIVED.replace(year=2017)}, "older than 25 May 2018"),
        ({"received_at": RECEIVED.replace(year=1)}, "older than 25 May 2018"),
        ({"channel": Channel.WEB}, "Give an e-mail or a postal address"),
        ({"by": AUDITOR}, "takes the role of"),
    ],
)
def test_a_case_that_cannot_be_is_refused(
    open_case: Open, given: dict[str, Any], sentence: str
) -> None:
    with refused(sentence):
        open_case(**given)


def test_references_count_up_in_the_local_year(open_case: Open) -> None:
    last = RECEIVED.replace(year=2025, month=12, day=31, hour=23, minute=30)
    assert open_case(received_at=last).reference.startswith("DSR-2026-000001-")
    assert open_case().reference.startswith("DSR-2026-000002-")
    assert open_case(received_at=last.replace(hour=22)).reference.startswith(
        "DSR-2025-000001-"
    )


def test_a_proven_address_joins_a_new_case_to_the_person(open_case: Open) -> None:
    first = verify(open_case(email=JEANNE))
    for name in ("Jeanne Peeters", "PEETERS Jeanne", "", "Jéanne  Peeters"):
        again = open_case("erasure", email=JEANNE.upper(), name=name)
        assert again.subject_id == first.subject_id


def test_an_unproven_address_joins_nobody(open_case: Open) -> None:
    first, second = open_case(email=JEANNE), open_case(email=JEANNE)
    assert first.subject_id != second.subject_id


@pytest.mark.parametrize("name", ["Marc Peeters", "Марк Петерс", "Jeanne"])
def test_two_who_share_a_mailbox_stay_two(open_case: Open, name: str) -> None:
    first = verify(open_case(email=JEANNE))
    assert open_case(email=JEANNE, name=name).subject_id != first.subject_id


@pytest.mark.parametrize(
    "agent", [{"agent_name": "Maître Luc"}, {"agent_relation": "lawyer"}]
)
def test_an_agents_address_proves_nothing_of_the_person(
    open_case: Open, agent: dict[str, str]
) -> None:
    own = verify(open_case(email=LUC, name="Luc Janssens"))
    case = verify(open_case(email=LUC, name="Luc Janssens", **agent))
    assert case.subject_id != own.subject_id
    assert not case.subject.identifiers.verified().exists()


def test_what_a_person_types_is_noted_but_not_verified(open_case: Open) -> None:
    case = verify(open_case(email=LUC, identifiers={"customer_number": "K-100001"}))
    verified = case.subject.identifiers.verified()
    assert [one.value for one in verified] == [LUC]
    assert case.subject.identifiers.count() == 2


def test_a_file_is_kept_as_it_came_under_a_name_that_says_nothing(
    open_case: Open,
) -> None:
    file = NewFile("attachment", "Jeanne Peeters.pdf", "application/pdf", b"%PDF\x00")
    case = open_case(files=[file])
    casework.add_document(case.pk, file, by=OFFICER, at=RECEIVED)
    for document in Document.objects.all():
        with document.file.open("rb") as kept:
            assert kept.read() == b"%PDF\x00"
        assert "eanne" not in str(document.file.name)
        assert document.name == "Jeanne Peeters.pdf"
        assert document.size == 5
    assert events(case).count("case.document_added") == 2


def test_a_right_found_later_has_the_clock_of_the_letter(open_case: Open) -> None:
    case = open_case("access")
    later = RECEIVED + 5 * DAY
    ticket = casework.add_right(case.pk, right_code="erasure", by=OFFICER, at=later)
    assert ticket.state == State.TRIAGE
    assert ticket.received_at == RECEIVED
    assert events(case)[-2:] == ["case.right_added", "ticket.qualified"]


def test_a_right_asked_for_later_has_a_clock_of_its_own(open_case: Open) -> None:
    case, later = open_case("access"), RECEIVED + 5 * DAY
    casework.add_right(
        case.pk, right_code="erasure", received_at=later, by=OFFICER, at=later
    )
    days = dict(case.tickets.values_list("right_code", "due"))
    assert days == {"access": date(2026, 4, 7), "erasure": date(2026, 4, 10)}


def test_a_right_that_cannot_be_added_is_refused(open_case: Open) -> None:
    case, at = open_case("access"), RECEIVED
    for right, sentence in (("access", "open ticket"), ("revenge", "none of the nine")):
        with refused(sentence):
            casework.add_right(case.pk, right_code=right, by=OFFICER, at=at)
    with refused("in the future"):
        casework.add_right(
            case.pk, right_code="erasure", received_at=at + DAY, by=OFFICER, at=at
        )
    with refused("older than 25 May 2018"):
        casework.add_right(
            case.pk,
            right_code="erasure",
            received_at=at.replace(year=2018, month=5, day=24),
            by=OFFICER,
            at=at,
        )
    with refused("takes the role of"):
        casework.add_right(case.pk, right_code="erasure", by=AUDITOR, at=at)


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("email", " ", "and the identifier"),
        ("national_number", "84030712345", "what kind of identifier"),
        ("policy_number", "9" * 255, "at most 254"),
    ],
)
def test_an_identifier_that_cannot_be_is_refused(
    open_case: Open, kind: str, value: str, sentence: str
) -> None:
    case = open_case()
    with refused(sentence):
        casework.add_identifier(
            case.pk, kind=kind, value=value, by=OFFICER, at=RECEIVED
        )


def test_an_identifier_is_noted_once(open_case: Open) -> None:
    case = open_case()
    for value in ("K-100 001", "k-100001"):
        casework.add_identifier(
            case.pk, kind="customer_number", value=value, by=OFFICER, at=RECEIVED
        )
    assert Identifier.objects.get().value == "K-100 001"
    assert Subject.objects.count() == 1


def test_every_right_can_be_asked_for_at_once(open_case: Open) -> None:
    case = open_case(*RightCode.values, email=JEANNE)
    assert case.tickets.count() == 9
    to_them = [kind for kind, _state in letters(case) if kind != "recipient_notice"]
    assert to_them == ["acknowledgement"]
