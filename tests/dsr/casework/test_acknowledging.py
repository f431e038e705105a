"""One acknowledgement an hour to an address; no receipt goes without one."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from dsr import casework
from dsr.casework.acknowledging import APART
from dsr.models import Case, Letter
from dsr.vocabulary import Channel
from tests.dsr.conftest import JEANNE, LUC, OFFICER, RECEIVED, Open, letters
from tests.dsr.intake.conftest import ACCESS, ERASURE, MARKETING, Take, case_of, take

__all__ = ["take"]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def by_mail(open_case: Open) -> Open:
    """Return a function that opens a case of Jeanne by mail."""

    def by_mail(*rights: str, minutes: int = 0, email: str = JEANNE) -> Case:
        at = RECEIVED + minutes * MINUTE
        given = {"channel": Channel.MAIL, "email": email, "received_at": at}
        return open_case(*rights, **given)

    return by_mail


def sent_by(minutes: int) -> list[str]:
    """Send what is due then; return to whom, in order."""
    casework.send_letters(at=RECEIVED + minutes * MINUTE)
    sent = Letter.objects.filter(state="sent", kind="acknowledgement")
    return list(sent.order_by("sent_at", "pk").values_list("to_email", flat=True))


def test_the_second_within_the_hour_is_told_after_it(by_mail: Open) -> None:
    first, second = by_mail("access"), by_mail("erasure", minutes=10)
    assert letters(second) == [("acknowledgement", "queued")]
    assert sent_by(10) == [JEANNE]
    assert sent_by(59) == [JEANNE]
    assert not second.letters.filter(sent_at__isnull=False).exists()
    assert sent_by(71) == [JEANNE, JEANNE]
    assert {first.letters.get().state, second.letters.get().state} == {"sent"}


def test_each_of_many_has_its_turn(by_mail: Open) -> None:
    for minutes in range(4):
        by_mail("access", minutes=minutes)
    turns = Letter.objects.order_by("pk").values_list("next_attempt_at", flat=True)
    assert [turn and (turn - RECEIVED) // APART for turn in turns] == [0, 1, 2, 3]


def test_others_do_not_wait(by_mail: Open) -> None:
    by_mail("access")
    by_mail("access", email=LUC)
    by_mail("access", email=JEANNE.upper(), minutes=1)
    assert sent_by(2) == [JEANNE, LUC]


def test_after_an_hour_nobody_waits(by_mail: Open) -> None:
    by_mail("access")
    assert sent_by(0) == [JEANNE]
    by_mail("access", minutes=61)
    assert sent_by(61) == [JEANNE, JEANNE]


def test_a_right_added_soon_after_is_acknowledged_later(by_mail: Open) -> None:
    case = by_mail("access")
    casework.add_right(case.pk, right_code="erasure", by=OFFICER, at=RECEIVED + MINUTE)
    assert sent_by(2) == [JEANNE]
    assert sent_by(61) == [JEANNE, JEANNE]


def test_other_letters_do_not_wait(by_mail: Open, mailoutbox: list[object]) -> None:
    case = by_mail("access")
    casework.write_message(case.pk, text="Which one?", by=OFFICER, at=RECEIVED)
    casework.send_letters(at=RECEIVED)
    assert len(mailoutbox) == 2


BY_A_MACHINE = [
    {"Precedence": "bulk"},
    {"Precedence": "list"},
    {"List_Id": "<privacy.app.example>"},
    {"List_Unsubscribe": "<mailto:u@app.example>"},
    {"X_Auto_Response_Suppress": "All"},
    {"X_Loop": "app"},
]


@pytest.mark.parametrize("headers", BY_A_MACHINE)
def test_what_a_machine_may_have_sent_opens_but_a_person_answers_it(
    take: Take, mailoutbox: list[EmailMessage], headers: dict[str, str]
) -> None:
    case = case_of(take(ACCESS, **headers))
    assert letters(case) == [("acknowledgement", "draft")]
    assert casework.send_letters(at=RECEIVED) == 0
    letter = case.letters.get()
    casework.approve_letter(letter.pk, by=OFFICER, at=RECEIVED + MINUTE)
    assert sent_by(1) == [JEANNE]
    got = take(ERASURE, subject=f"Re: {case.reference}", **headers).arrival
    assert (got.result, got.reason) == (
        "tray",
        "It asks for something new, but a machine may have sent it.",
    )


def test_our_acknowledgement_says_that_a_machine_wrote_it_and_threads(
    take: Take, mailoutbox: list[EmailMessage]
) -> None:
    take(ACCESS, Message_ID="<first@home.example>", Cc=f"Luc <{LUC}>")
    casework.send_letters(at=RECEIVED)
    (sent,) = mailoutbox
    headers = sent.message()
    assert headers["Auto-Submitted"] == "auto-replied"
    assert headers["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert headers["In-Reply-To"] == headers["References"] == "<first@home.example>"
    assert headers["Message-ID"] == Letter.objects.get().message_id
    assert (sent.to, sent.cc, sent.bcc) == ([JEANNE], [], [])
    got = take("Thank you.", subject="Re: x", In_Reply_To=headers["Message-ID"])
    assert got.arrival.result == "threaded"


def test_nobody_in_cc_is_ever_written_to(
    take: Take, mailoutbox: list[EmailMessage]
) -> None:
    case = case_of(take(MARKETING, Cc=f"Luc <{LUC}>"))
    take("Any news?", subject=f"Re: {case.reference}", Cc=f"Luc <{LUC}>")
    casework.write_message(case.pk, text="Done.", by=OFFICER, at=RECEIVED)
    casework.send_letters(at=RECEIVED + 3 * APART)
    assert {address for sent in mailoutbox for address in sent.recipients()} <= {
        JEANNE,
        *Letter.objects.filter(kind="recipient_notice").values_list(
            "to_email", flat=True
        ),
    }
    assert LUC not in str([sent.recipients() for sent in mailoutbox])
