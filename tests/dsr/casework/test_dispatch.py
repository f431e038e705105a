"""Letters from the queue to the proof of dispatch: once, again, or given up openly."""

from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from pytest_django import Settings

from dsr import casework
from dsr.casework.correspondence import letter_not_sent, letter_sent
from dsr.models import Case, Letter, Ticket
from dsr.vocabulary import SUBJECT, SYSTEM, Channel, State
from subjects.models.work import LEASE, MOST_ATTEMPTS
from tests.dsr.conftest import (
    AUDITOR,
    COLLEAGUE,
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    Open,
    Walk,
    events,
    refused,
)
from tests.dsr.steps import decide

HERE = f"{__name__}.Broken"
ADDRESS = "Rue du Bailli 12\n1050 Ixelles"


class Broken(BaseEmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hang up, with an answer that names the person."""
        raise SMTPServerDisconnected("jeanne.peeters@demo.example: go away")


@pytest.fixture
def case(open_case: Open) -> Case:
    """Open a case by mail: an acknowledgement waits."""
    return open_case("access", channel=Channel.MAIL, email=JEANNE)


def letter_of(case: Case) -> Letter:
    return case.letters.latest("pk")


def test_a_letter_is_sent_once(case: Case, mailoutbox: list[EmailMessage]) -> None:
    assert casework.send_letters(at=RECEIVED) == 1
    assert casework.send_letters(at=RECEIVED + DAY) == 0
    letter, mail = letter_of(case), mailoutbox[0]
    assert len(mailoutbox) == 1
    assert mail.to == [JEANNE]
    assert mail.extra_headers["Message-ID"] == letter.message_id
    assert letter.state == "sent"
    assert letter.sent_at is not None
    assert letter.sent_at - RECEIVED < timedelta(minutes=1)
    assert letter.message_id in letter.proof
    assert events(case)[-1] == "letter.sent"


def test_a_letter_recorded_twice_counts_once(case: Case) -> None:
    for _ in range(2):
        letter_sent(letter_of(case).pk, proof="x", by=SYSTEM, at=RECEIVED)
    assert events(case).count("letter.sent") == 1


def test_a_letter_that_failed_is_tried_again_and_then_given_up(
    case: Case,
    settings: Settings,
    mailoutbox: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
) -> None:
    good = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = HERE
    assert casework.send_letters(at=RECEIVED) == 0
    letter = letter_of(case)
    assert (letter.state, letter.attempts) == ("queued", 1)
    assert letter.last_error == "SMTPServerDisconnected"
    assert letter.next_attempt_at is not None
    for day in range(1, MOST_ATTEMPTS + 3):
        casework.send_letters(at=RECEIVED + day * DAY)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("failed", MOST_ATTEMPTS)
    assert events(case)[-1] == "letter.failed"
    assert JEANNE not in caplog.text
    settings.EMAIL_BACKEND = good
    casework.retry_letter(letter.pk, by=OFFICER, at=RECEIVED + 20 * DAY)
    assert casework.send_letters(at=RECEIVED + 20 * DAY) == 1
    assert [mail.to for mail in mailoutbox] == [[JEANNE]]


def test_a_failed_letter_can_be_taken_back(case: Case, settings: Settings) -> None:
    letter = letter_of(case)
    with refused("no longer possible"):
        casework.cancel_letter(letter.pk, by=OFFICER, at=RECEIVED)
    Letter.objects.filter(pk=letter.pk).update(attempts=MOST_ATTEMPTS)
    letter_not_sent(letter.pk, error="x", by=SYSTEM, at=RECEIVED)
    with refused("takes the role of"):
        casework.cancel_letter(letter.pk, by=AUDITOR, at=RECEIVED)
    taken = casework.cancel_letter(letter.pk, by=OFFICER, at=RECEIVED)
    assert (taken.state, taken.next_attempt_at) == ("cancelled", None)


def test_a_letter_taken_back_while_it_was_being_sent_is_not_tried_again(
    open_case: Open,
) -> None:
    case = open_case("access", email=JEANNE)
    ticket = case.tickets.get()
    casework.ask_identity(
        ticket.pk, doubts="d" * 30, items="a letter", by=OFFICER, at=RECEIVED
    )
    letter = letter_of(case)
    casework.withdraw(ticket.pk, by=SUBJECT, at=RECEIVED)
    letter_not_sent(letter.pk, error="x", by=SYSTEM, at=RECEIVED)
    letter.refresh_from_db()
    assert (letter.state, letter.next_attempt_at) == ("cancelled", None)


def test_only_the_worker_says_that_a_letter_went(case: Case) -> None:
    with refused("takes the role of"):
        letter_sent(letter_of(case).pk, proof="x", by=OFFICER, at=RECEIVED)
    with refused("takes the role of"):
        letter_not_sent(letter_of(case).pk, error="x", by=OFFICER, at=RECEIVED)


def test_a_letter_on_paper_is_posted_by_hand_with_its_proof(open_case: Open) -> None:
    case = open_case("access", postal_address=ADDRESS)
    letter = letter_of(case)
    assert casework.send_letters(at=RECEIVED + DAY) == 0
    with refused("at most 250"):
        casework.record_posted(letter.pk, proof="x" * 251, by=OFFICER, at=RECEIVED)
    posted = casework.record_posted(
        letter.pk, proof="registered 4711", by=OFFICER, at=RECEIVED
    )
    assert (posted.state, posted.proof) == ("sent", "registered 4711")
    with refused("no longer possible"):
        casework.record_posted(letter.pk, proof="again", by=OFFICER, at=RECEIVED)


def test_a_mail_is_not_posted(case: Case) -> None:
    with refused("goes by e-mail"):
        casework.record_posted(letter_of(case).pk, proof="x", by=OFFICER, at=RECEIVED)


def test_a_reply_is_edited_until_it_is_approved(walk: Walk) -> None:
    ticket = walk(State.REPLY_PENDING, "restriction", email=JEANNE)
    letter = ticket.letters.get(kind="reply")
    with refused("no text called colour"):
        casework.edit_letter(letter.pk, parts={"colour": "x"}, by=OFFICER, at=RECEIVED)
    with refused("takes the role of"):
        casework.edit_letter(letter.pk, parts={"done": "x"}, by=AUDITOR, at=RECEIVED)
    with refused("The law wants this reply"):
        casework.cancel_letter(letter.pk, by=OFFICER, at=RECEIVED)
    casework.edit_letter(
        letter.pk, parts={"done": "All stop."}, by=OFFICER, at=RECEIVED
    )
    approved = casework.approve_letter(letter.pk, by=COLLEAGUE, at=RECEIVED)
    assert (approved.state, approved.approved_by) == ("queued", "colleague")
    assert approved.pdf_sha256
    with refused("no longer possible"):
        casework.edit_letter(letter.pk, parts={"done": "x"}, by=OFFICER, at=RECEIVED)
    assert Ticket.objects.get().state == State.REPLY_PENDING
    casework.send_letters(at=RECEIVED)
    assert Ticket.objects.get().state == State.CLOSED


def test_a_reply_without_an_address_is_not_approved(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "marketing_opt_out")
    casework.propose(ticket.pk, outcome="no_data", by=OFFICER, at=RECEIVED)
    decide(ticket.pk)
    with refused("neither an e-mail nor a postal address"):
        casework.approve_letter(letter_of(ticket.case).pk, by=OFFICER, at=RECEIVED)


def test_a_letter_whose_worker_died_is_sent_after_its_lease(
    case: Case, mailoutbox: list[EmailMessage]
) -> None:
    assert Letter.objects.claim(RECEIVED) == letter_of(case)
    assert casework.send_letters(at=RECEIVED + LEASE / 2) == 0
    assert casework.send_letters(at=RECEIVED + LEASE) == 1
    assert len(mailoutbox) == 1
