"""A letter that came back goes again: where the case may be told, and nowhere else."""

from typing import Any

import pytest
from django.core.mail import EmailMessage

from dsr import casework
from dsr.casework.alarms import instants
from dsr.intake.desk_mails import alert_about_paper
from dsr.models import (
    Arrival,
    ArrivalResult,
    Case,
    DeskMail,
    LedgerEntry,
    Letter,
    Ticket,
)
from dsr.vocabulary import SUBJECT, SYSTEM, State, TimerKind, TrustLevel
from tests.dsr.casework.conftest import YEARS, Delete
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    DECIDER,
    JEANNE,
    LUC,
    OFFICER,
    RECEIVED,
    Open,
    Walk,
    events,
    everything,
    refused,
)

LATER = RECEIVED + DAY
STREET = "Rue du Bailli 12\n1050 Ixelles"


def wrote_from(case: Case, address: str, **given: Any) -> None:
    """Let a mail of the case have come from an address."""
    Arrival.objects.create(
        sha256="0" * 64,
        sender=address,
        received_at=RECEIVED,
        result=ArrivalResult.OPENED,
        case=case,
        **given,
    )


@pytest.fixture
def returned(open_case: Open, mailoutbox: list[EmailMessage]) -> Letter:
    """Send an acknowledgement, and let a mail server give it up."""
    case = open_case(channel="mail", email=JEANNE, postal_address=STREET)
    assert casework.send_letters(at=RECEIVED) == 1
    letter = case.letters.get()
    casework.take_in_hand(case.tickets.get().pk, by=OFFICER, at=RECEIVED)
    return casework.letter_returned(letter.pk, code="5.2.2", by=SYSTEM, at=LATER)


def again(letter: Letter, **how: Any) -> Letter:
    given: dict[str, Any] = {"by": OFFICER, "at": LATER} | how
    return casework.send_again(letter.pk, **given)


def rings(case: Case) -> bool:
    return TimerKind.LETTER_RETURNED in instants(case.tickets.get())


def test_it_goes_word_for_word_to_the_address_the_person_wrote_from(
    returned: Letter, mailoutbox: list[EmailMessage]
) -> None:
    wrote_from(returned.case, JEANNE.upper())
    repeat = again(returned)
    assert rings(returned.case)
    assert casework.send_letters(at=LATER) == 1
    first, second = mailoutbox
    assert (second.to, second.subject, second.body) == (
        first.to,
        first.subject,
        first.body,
    )
    assert repeat.message_id != returned.message_id
    returned.refresh_from_db()
    assert (returned.state, returned.sent_at) == ("sent", RECEIVED)
    assert (returned.looked_after_at, returned.looked_after_by) == (LATER, "officer")
    assert not rings(returned.case)
    line = LedgerEntry.objects.get(event="letter.sent_again")
    assert line.facts == {
        "letter": returned.pk,
        "kind": "acknowledgement",
        "ticket": None,
        "again": repeat.pk,
        "by_post": False,
    }
    assert events(returned.case)[-1] == "letter.sent"


def test_the_repeat_may_come_back_too(returned: Letter) -> None:
    wrote_from(returned.case, JEANNE)
    repeat = again(returned)
    casework.send_letters(at=LATER)
    casework.letter_returned(repeat.pk, code="5.1.1", by=SYSTEM, at=LATER + DAY)
    assert rings(returned.case)
    third = again(repeat, at=LATER + DAY)
    assert (third.again_of, third.to_email) == (repeat, JEANNE)


@pytest.mark.parametrize(
    "wrote",
    [{}, {"address": LUC}, {"address": JEANNE, "trust": TrustLevel.FAILED}],
)
def test_it_goes_to_no_address_that_the_case_has_not_confirmed(
    returned: Letter, wrote: dict[str, Any]
) -> None:
    if wrote:
        wrote_from(returned.case, **wrote)
    before = everything()
    with refused("no such address that is confirmed"):
        again(returned)
    assert everything() == before


def test_a_corrected_address_is_good_once_the_person_confirmed_it(
    returned: Letter, mailoutbox: list[EmailMessage]
) -> None:
    case = returned.case
    wrote_from(case, JEANNE)
    casework.set_address(case.pk, email=LUC, postal_address="", by=OFFICER, at=LATER)
    with refused("no such address that is confirmed"):
        again(returned)
    casework.confirm_address(case.pk, by=SUBJECT, at=LATER)
    assert again(returned).to_email == LUC


def test_a_repeat_that_waits_does_not_follow_a_corrected_address(
    returned: Letter,
) -> None:
    wrote_from(returned.case, JEANNE)
    repeat = again(returned)
    Letter.objects.filter(pk=repeat.pk).update(state="failed")
    who: dict[str, Any] = {"by": OFFICER, "at": LATER}
    casework.set_address(returned.case_id, email=LUC, postal_address="", **who)
    repeat.refresh_from_db()
    assert repeat.to_email == JEANNE


def test_on_paper_it_is_written_for_the_envelope(
    plain_letters: None, returned: Letter
) -> None:
    repeat = again(returned, by_post=True)
    assert (repeat.to_email, repeat.to_address) == ("", STREET)
    with repeat.pdf.open("rb") as pdf:
        assert "Rue du Bailli 12" in pdf.read().decode()
    assert list(Letter.objects.to_post()) == [repeat]
    assert rings(returned.case)
    casework.record_posted(repeat.pk, proof="RR1BE", by=OFFICER, at=LATER)
    assert not rings(returned.case)


def test_what_sending_again_refuses(returned: Letter) -> None:
    wrote_from(returned.case, JEANNE)
    with refused("role of handler"):
        again(returned, by=AUDITOR)
    again(returned)
    with refused("being sent again already"):
        again(returned)
    casework.send_letters(at=LATER)
    with refused("No mail server returned"):
        again(returned)


def test_a_mail_with_a_code_does_not_go_again(open_case: Open) -> None:
    case = open_case(channel="web", email=JEANNE)
    casework.send_letters(at=RECEIVED)
    letter = case.letters.get()
    casework.letter_returned(letter.pk, code="5.1.1", by=SYSTEM, at=LATER)
    with refused("of use then and there only"):
        again(letter)


@pytest.fixture
def reply(walk: Walk) -> Letter:
    """Let the reply with a copy of the data come back."""
    ticket = walk(State.REPLIED, email=JEANNE, postal_address=STREET)
    letter = ticket.letters.get(kind="reply")
    return casework.letter_returned(letter.pk, code="5.1.1", by=SYSTEM, at=LATER)


def test_the_first_dispatch_of_a_reply_keeps_its_effect(reply: Letter) -> None:
    ticket = reply.case.tickets.get()
    wrote_from(reply.case, JEANNE)
    repeat = again(reply)
    assert repeat.pdf_sha256 == reply.pdf_sha256
    assert repeat.pdf.name != reply.pdf.name
    casework.send_letters(at=LATER)
    now = Ticket.objects.get(pk=ticket.pk)
    assert (now.state, now.replied_at) == (ticket.state, ticket.replied_at)
    assert now.clock_frozen == ticket.clock_frozen


def test_one_person_alone_sends_no_copy_elsewhere(reply: Letter) -> None:
    with refused("only a decider who did not work on it"):
        again(reply, by_post=True)
    assert again(reply, by_post=True, by=DECIDER).to_address == STREET


def test_a_repeat_and_an_alert_are_forgotten_with_their_case(
    walk: Walk, delete: Delete
) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    assert ticket.closed_at is not None
    first = ticket.letters.get(kind="reply")
    casework.letter_returned(first.pk, code="5.1.1", by=SYSTEM, at=ticket.closed_at)
    casework.confirm_address(ticket.case_id, by=SUBJECT, at=ticket.closed_at)
    again(first, at=ticket.closed_at)
    alert_about_paper(scan=None, case=ticket.case, at=ticket.closed_at)
    for _job in range(2):
        delete(ticket.closed_at + YEARS)
    for model in (Case, Letter, DeskMail):
        assert not model.objects.exists()
