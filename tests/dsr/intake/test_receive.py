"""What becomes of a mail: a case, part of one, the tray, or nothing; and only once."""

from datetime import UTC, date, datetime

import pytest

from dsr import casework, tasks
from dsr.intake.mailbox.receive import receive
from dsr.intake.mailbox.stored import mail_of
from dsr.models import Case, Letter
from subjects.models import is_suppressed
from tests.dsr.conftest import (
    DAY,
    JEANNE,
    LUC,
    RECEIVED,
    events,
    everything,
    letters,
)
from tests.dsr.intake.conftest import (
    ACCESS,
    ERASURE,
    MARKETING,
    Take,
    case_of,
    mail,
    rights_of,
)
from tests.dsr.telling import answer_for_everyone


def test_the_writers_own_reference_is_kept_for_our_letters(take: Take) -> None:
    case = case_of(take(f"N/Réf. : JV-2026-4\n\n{ACCESS}"))
    assert case.own_reference == "JV-2026-4"


def test_a_request_opens_a_case_and_is_acknowledged(take: Take) -> None:
    received = take(ACCESS)
    assert (received.arrival.result, received.repeated) == ("opened", False)
    case = case_of(received)
    assert (case.channel, case.contact_email, case.subject.name) == (
        "mail",
        JEANNE,
        "Jeanne Peeters",
    )
    assert (case.language, case.text, rights_of(case)) == ("en", ACCESS, ["access"])
    assert letters(case) == [("acknowledgement", "queued")]
    assert case.contact_confirmed_at is None
    assert not case.subject.identifiers.verified().exists()


def test_a_mail_against_advertising_takes_effect_and_is_acknowledged(
    take: Take, mailoutbox: list[object]
) -> None:
    case = case_of(take(MARKETING))
    assert is_suppressed("email", JEANNE)
    tasks.send_letters()
    assert len(mailoutbox) == case.letters.filter(state="sent").count()
    assert ("acknowledgement", "sent") in letters(case)
    assert [ticket.state for ticket in case.tickets.all()] == ["propagating"]
    answer_for_everyone(case.tickets.get().pk)
    tasks.send_letters()
    assert ("reply", "sent") in letters(case)
    assert [ticket.state for ticket in case.tickets.all()] == ["closed"]


def test_the_same_bytes_twice_change_nothing(take: Take) -> None:
    first = take(ACCESS, Message_ID="<same@home.example>")
    before = everything()
    again = take(ACCESS, at=RECEIVED + DAY, Message_ID="<same@home.example>")
    assert again.repeated
    assert again.arrival == first.arrival
    assert everything() == before


def test_the_bytes_are_kept_as_they_came(take: Take) -> None:
    arrival = take(ACCESS).arrival
    with arrival.raw.open("rb") as raw:
        assert raw.read() == mail(ACCESS, Message_ID="<mail1@home.example>")
    assert mail_of(arrival).sender.address == JEANNE
    assert arrival.proposal["rights"] == ["access"]


def test_a_mail_that_asks_for_nothing_is_ignored_with_its_reason(take: Take) -> None:
    arrival = take("Your invoice is attached. Kind regards", subject="Invoice").arrival
    assert (arrival.result, arrival.case) == ("ignored", None)
    assert arrival.reason
    assert not Case.objects.exists()


def test_a_machines_mail_is_ignored(take: Take) -> None:
    arrival = take("I am out of office.", Auto_Submitted="auto-replied").arrival
    assert arrival.result == "ignored"


def test_a_doubtful_mail_waits_in_the_tray(take: Take) -> None:
    arrival = take("I have a question about my personal data.").arrival
    assert arrival.result == "tray"


def test_bytes_that_are_no_mail_wait_in_the_tray(house: object) -> None:
    for raw in (b"", b"\x00\xff" * 50, b"no mail at all"):
        got = receive(raw, received_at=None, source="test", at=RECEIVED)
        assert got.arrival.result == "tray"


def test_an_answer_to_our_letter_joins_its_case(take: Take) -> None:
    case = case_of(take(ACCESS))
    letter = case.letters.get()
    got = take(
        "Thank you. My number is K-100001.",
        subject="Re: hello",
        In_Reply_To=letter.message_id,
    )
    assert got.arrival.result == "threaded"
    assert case_of(got) == case
    assert "K-100001" in case.messages.get().text
    assert case.subject.identifiers.count() == 1


def test_an_answer_to_her_own_mail_joins_its_case(take: Take) -> None:
    case = case_of(take(ACCESS, Message_ID="<first@home.example>"))
    assert case.message_id == "<first@home.example>"
    got = take("Did it arrive?", subject="Re: x", References="<first@home.example>")
    assert case_of(got) == case


def test_our_answer_names_the_mail_it_answers(
    take: Take, mailoutbox: list[object]
) -> None:
    take(ACCESS, Message_ID="<first@home.example>")
    casework.send_letters(at=RECEIVED)
    sent = mailoutbox[0]
    headers = getattr(sent, "extra_headers", {})
    assert headers["In-Reply-To"] == "<first@home.example>"


def test_a_reference_in_the_subject_joins_the_case(take: Take) -> None:
    case = case_of(take(ACCESS))
    got = take("Any news?", subject=f"Re: {case.reference.lower()}")
    assert case_of(got) == case
    assert case.tickets.count() == 1


def test_a_stranger_who_names_a_case_waits_in_the_tray(take: Take) -> None:
    case = case_of(take(ACCESS))
    letter = case.letters.get()
    for given in (
        {"subject": f"Re: {case.reference}"},
        {"subject": "Re: x", "In_Reply_To": letter.message_id},
    ):
        got = take("Send it to me instead.", sender=f"Luc <{LUC}>", **given)
        assert got.arrival.result == "tray"
        assert got.arrival.case is None
    assert not case.messages.exists()


def test_a_reminder_starts_no_new_clock(take: Take) -> None:
    case = case_of(take(ACCESS))
    got = take(ACCESS, at=RECEIVED + 10 * DAY, subject="My data, again")
    assert got.arrival.result == "threaded"
    assert case_of(got) == case
    assert case.tickets.get().due == date(2026, 4, 7)


def test_a_right_added_in_a_follow_up_has_a_clock_of_its_own(take: Take) -> None:
    case = case_of(take(ACCESS))
    later = RECEIVED + 5 * DAY
    take(ERASURE, at=later, subject=f"Re: {case.reference}")
    assert rights_of(case) == ["access", "erasure"]
    assert case.tickets.get(right_code="erasure").received_at == later
    assert case.tickets.get(right_code="erasure").due == date(2026, 4, 10)
    assert "case.right_added" in events(case)


def test_another_right_without_reference_opens_another_case(take: Take) -> None:
    first = case_of(take(ACCESS))
    second = case_of(take(MARKETING, subject="Advertising"))
    assert first != second
    assert rights_of(second) == ["marketing_opt_out"]


LAWYER = "Maître Dupont <dupont@law.example>"
MANDATE = (
    "I act on behalf of my client {0}, as their lawyer; a mandate is attached. {1}"
)


def test_an_agent_is_answered_and_proves_nothing_of_the_client(take: Take) -> None:
    text = MANDATE.format("Jeanne Peeters, " + JEANNE, ACCESS)
    case = case_of(take(text, sender=LAWYER))
    assert case.is_by_agent
    assert case.contact_email == "dupont@law.example"
    assert case.subject.name == ""
    assert not case.subject.identifiers.verified().exists()


def test_an_agents_clients_each_have_a_case(take: Take) -> None:
    cases = {
        case_of(take(MANDATE.format(client, ACCESS), sender=LAWYER)).pk
        for client in ("Jeanne Peeters", "Luc Janssens")
    }
    assert len(cases) == 2


def test_an_agents_own_request_joins_no_clients_case(take: Take) -> None:
    client = case_of(take(MANDATE.format("Jeanne Peeters", ACCESS), sender=LAWYER))
    own = case_of(take(ACCESS, sender=LAWYER))
    assert own != client
    assert not own.is_by_agent


def test_an_enclosed_file_is_kept(house: object) -> None:
    raw = (
        b"From: jeanne.peeters@demo.example\r\nTo: dpo.bnl@company.example\r\n"
        b"Subject: My data\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/plain\r\n\r\n" + ACCESS.encode() + b"\r\n--b\r\n"
        b"Content-Type: application/pdf\r\n"
        b'Content-Disposition: attachment; filename="../../Peeters.pdf"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b--\r\n"
    )
    got = receive(raw, received_at=RECEIVED, source="test", at=RECEIVED)
    document = case_of(got).documents.get()
    with document.file.open("rb") as file:
        assert (document.kind, file.read()) == ("attachment", b"%PDF")
    assert "eeters" not in str(document.file.name)


HEADER = "from home.example by mx.company.example; Thu, 05 Mar 2026 {0} +0100"


@pytest.mark.parametrize(
    ("headers", "received"),
    [
        ([HEADER.format("09:00:00"), HEADER.format("08:00:00")], (2026, 3, 5, 8)),
        ([], (2026, 3, 9, 10)),
        (["by mx; Mon, 01 Jan 2035 00:00:00 +0000"], (2026, 3, 9, 10)),
        (["by mx; no date at all"], (2026, 3, 9, 10)),
        (["by mx; Thu, 01 Jan 1970 00:00:00 +0000"], (2026, 3, 9, 10)),
    ],
)
def test_the_clock_runs_from_our_own_server_and_from_no_absurd_day(
    house: object, headers: list[str], received: tuple[int, int, int, int]
) -> None:
    head = "".join(f"Received: {one}\r\n" for one in headers).encode()
    at = RECEIVED + 4 * DAY
    got = receive(head + mail(ACCESS), received_at=None, source="test", at=at)
    assert got.arrival.received_at == datetime(*received, tzinfo=UTC)
    assert case_of(got).received_at == got.arrival.received_at


def test_an_address_too_long_for_the_books_is_taken_in(take: Take) -> None:
    got = take(ACCESS, sender=f"{'a' * 300}@example.org")
    assert got.arrival.result in ("opened", "tray")


def test_no_letter_goes_to_a_machine_or_to_the_tray(take: Take) -> None:
    take("I am out of office.", Auto_Submitted="auto-replied")
    take("I have a question about my personal data.")
    assert not Letter.objects.exists()
