"""Who received the data is told what became of them, or it is said why not."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import transaction

from dsr import casework
from dsr.casework.notices import open_notices, owe_notices
from dsr.casework.ticket_lock import lock
from dsr.controller import current
from dsr.models import LedgerEntry, Letter, RecipientNotice, Ticket, find_faults
from dsr.policy import PolicyError
from dsr.policy.telling import notices_are_closed
from dsr.vocabulary import OrderAct
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    refused,
    verify,
)

SOON = RECEIVED + timedelta(minutes=1)
BROKER, DOCTORS = "intermediaries.makelaars", "medical_consultants.medical_advisers"


@pytest.fixture
def owing(open_case: Open) -> Ticket:
    """Owe every recipient a notice of an erasure for Jeanne."""
    case = verify(open_case("erasure", email=JEANNE))
    casework.add_identifier(
        case.pk, kind="customer_number", value="K-1", by=OFFICER, at=RECEIVED
    )
    return owe(case.tickets.get(), OrderAct.ERASE)


def owe(ticket: Ticket, operation: OrderAct) -> Ticket:
    with transaction.atomic():
        owe_notices(lock(ticket.pk), operation, by=OFFICER, at=RECEIVED)
    return Ticket.objects.get(pk=ticket.pk)


def notice(ticket: Ticket, recipient: str) -> RecipientNotice:
    return ticket.notices.get(recipient=recipient)


def test_each_named_recipient_is_owed_one_notice(owing: Ticket) -> None:
    owe(owing, OrderAct.ERASE)
    owed = set(owing.notices.values_list("recipient", flat=True))
    assert owed == set(current().recipients_on(RECEIVED.date()))
    assert len(owed) == 12
    lines = LedgerEntry.objects.filter(event="notice.owed")
    assert [sorted(owed)] == [one.facts["recipients"] for one in lines]


@pytest.mark.parametrize(
    ("right", "operation", "flag"),
    [
        ("objection", OrderAct.SUPPRESS, "advertises"),
        ("consent_withdrawal", OrderAct.STOP, "relies_on_consent"),
    ],
)
def test_only_those_concerned_are_told_of_an_opt_out(
    open_case: Open, right: str, operation: OrderAct, flag: str
) -> None:
    ticket = owe(open_case(right).tickets.get(), operation)
    named = current().recipients_on(RECEIVED.date())
    wanted = {code for code, one in named.items() if getattr(one, flag)}
    assert set(ticket.notices.values_list("recipient", flat=True)) == wanted
    assert 0 < len(wanted) < len(named)


def test_a_notice_is_sent_by_the_worker_in_the_recipients_language(
    owing: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    casework.tell_recipient(notice(owing, BROKER).pk, by=OFFICER, at=SOON)
    told = notice(owing, BROKER)
    assert (told.state, told.sent_at) == ("queued", None)
    letter = told.letter
    assert letter is not None
    assert (letter.language, letter.to_email) == (
        "nl",
        "privacy@makelaars.demo.example",
    )
    casework.send_letters(at=SOON)
    mail = mailoutbox[-1]
    assert mail.to == ["privacy@makelaars.demo.example"]
    body = str(mail.body)
    assert "AVG, art.\u00a019" in body
    assert JEANNE in body
    assert "Jeanne Peeters" not in body
    assert "K-1" not in body  # nobody has verified it
    assert "donderdag 5 maart 2026" in body
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "In-Reply-To" not in mail.extra_headers
    told = notice(owing, BROKER)
    assert told.letter is not None
    assert (told.state, told.sent_at) == ("sent", told.letter.sent_at)
    assert LedgerEntry.objects.get(event="notice.sent").facts["recipient"] == BROKER
    assert list(find_faults()) == []


def test_who_has_no_mail_is_told_on_paper(owing: Ticket) -> None:
    casework.tell_recipient(notice(owing, DOCTORS).pk, by=OFFICER, at=SOON)
    letter = notice(owing, DOCTORS).letter
    assert letter is not None
    assert letter.to_address.endswith("4000 Liège")
    assert letter.pdf_sha256
    casework.record_posted(letter.pk, proof="registered 7", by=OFFICER, at=SOON)
    assert notice(owing, DOCTORS).state == "sent"


def test_a_ticket_waits_until_each_is_told_or_excused(owing: Ticket) -> None:
    rest = [one.pk for one in owing.notices.exclude(recipient=BROKER)]
    casework.tell_recipients(
        owing.pk,
        tell=[notice(owing, BROKER).pk],
        excuse=rest,
        state="not_disclosed",
        by=OFFICER,
        at=SOON,
    )
    with pytest.raises(PolicyError, match="not told yet: Demo Makelaars BV, Gent"):
        notices_are_closed(owing, OFFICER, SOON)
    casework.send_letters(at=SOON)
    notices_are_closed(owing, OFFICER, SOON)
    assert not open_notices(owing).exists()
    casework.confirm_notice(notice(owing, BROKER).pk, by=OFFICER, at=SOON + DAY)
    assert notice(owing, BROKER).confirmed_by == "officer"


def test_disproportionate_effort_has_to_be_explained(owing: Ticket) -> None:
    one = notice(owing, DOCTORS)
    for state in ("impossible", "disproportionate"):
        with refused("at least 30 characters"):
            casework.excuse_notice(
                one.pk, state=state, reason="far", by=OFFICER, at=SOON
            )
    with refused("only if the data were never disclosed"):
        casework.excuse_notice(one.pk, state="sent", reason=WHY, by=OFFICER, at=SOON)
    with refused("role of handler"):
        casework.excuse_notice(
            one.pk, state="impossible", reason=WHY, by=AUDITOR, at=SOON
        )
    casework.excuse_notice(one.pk, state="impossible", reason=WHY, by=OFFICER, at=SOON)
    line = LedgerEntry.objects.get(event="notice.excused")
    assert line.facts["why"] == "impossible"
    assert WHY not in str(line.facts)
    with refused("is “impossible”"):
        casework.tell_recipient(one.pk, by=OFFICER, at=SOON)


def test_a_correction_says_what_reads_how_now(open_case: Open) -> None:
    case = verify(open_case("rectification", email=JEANNE))
    ticket = owe(case.tickets.get(), OrderAct.CORRECT)
    one = notice(ticket, BROKER)
    with refused("cannot correct it without that"):
        casework.tell_recipient(one.pk, by=OFFICER, at=SOON)
    now = "The street now reads Kerkstraat 12."
    casework.tell_recipient(one.pk, details=now, by=OFFICER, at=SOON)
    assert now in Letter.objects.get(kind="recipient_notice").text


def test_a_letter_taken_back_leaves_the_notice_owed(owing: Ticket) -> None:
    one = notice(owing, BROKER)
    casework.tell_recipient(one.pk, by=OFFICER, at=SOON)
    casework.withdraw(owing.pk, by=OFFICER, at=SOON)
    one.refresh_from_db()
    assert (one.state, one.letter) == ("open", None)


def test_the_person_is_not_shown_notices_nor_do_they_move_with_their_address(
    owing: Ticket,
) -> None:
    casework.tell_recipient(notice(owing, DOCTORS).pk, by=OFFICER, at=SOON)
    letter = Letter.objects.get(kind="recipient_notice")
    Letter.objects.filter(pk=letter.pk).update(state="failed")
    casework.set_address(
        owing.case_id, email="new@demo.example", postal_address="", by=OFFICER, at=SOON
    )
    letter.refresh_from_db()
    assert (letter.to_email, letter.to_name) == ("", "Demo Medical Advisers, Liège")
