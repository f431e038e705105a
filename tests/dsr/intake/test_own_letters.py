"""Mails about our own letters: not delivered, delayed, sent back, or answered."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from dsr import casework
from dsr.intake.mailbox.receive import Received, receive
from dsr.models import Case, Letter, Timer
from dsr.vocabulary import TimerKind
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    JEANNE,
    LUC,
    OFFICER,
    RECEIVED,
    WHY,
    events,
    everything,
    refused,
)
from tests.dsr.desk.conftest import _files, enter, officer, staff
from tests.dsr.intake import reports
from tests.dsr.intake.conftest import ACCESS, Take, case_of, mail

__all__ = ["_files", "enter", "officer", "staff"]
LATER = RECEIVED + DAY


@pytest.fixture
def letter(take: Take, mailoutbox: list[EmailMessage]) -> Letter:
    """Send Jeanne the acknowledgement of her request."""
    case = case_of(take(ACCESS))
    assert casework.send_letters(at=RECEIVED) == 1
    return case.letters.get()


def report(template: str, **given: str) -> Received:
    known = {"to": JEANNE, "code": "5.1.1", "action": "failed", "id": "<x@y.example>"}
    known |= {"kind": "message/rfc822", "subject": "", "text": ""}
    raw = template.format(**known | given).replace("\n", "\r\n").encode()
    return receive(raw, received_at=LATER, source="test", at=LATER)


@pytest.mark.parametrize(
    ("template", "given"),
    [
        (reports.DSN, {}),
        (reports.DSN, {"kind": "text/rfc822-headers", "to": "typo@demo.example"}),
        (reports.EXCHANGE, {}),
        (reports.QMAIL, {}),
        (reports.DSN, {"code": "4.4.7"}),
    ],
)
def test_a_report_that_quotes_the_mail_marks_the_letter(
    letter: Letter, template: str, given: dict[str, str]
) -> None:
    got = report(template, id=letter.message_id, **given)
    assert (got.arrival.result, got.arrival.case) == ("ignored", letter.case)
    assert got.arrival.reason == "A letter of ours could not be delivered."
    letter.refresh_from_db()
    assert letter.undelivered_at == LATER
    assert letter.undelivered_code == given.get("code", "5.1.1")
    assert (letter.state, letter.sent_at) == ("sent", RECEIVED)
    assert events(letter.case)[-1] == "letter.returned"


@pytest.mark.parametrize("template", [reports.DSN, reports.EXIM, reports.QMAIL])
def test_a_report_that_names_only_the_recipient_is_about_the_last_letter(
    letter: Letter, template: str
) -> None:
    report(template, to=JEANNE.upper())
    letter.refresh_from_db()
    assert letter.undelivered_at == LATER


@pytest.mark.parametrize(
    ("template", "given"),
    [
        (reports.DSN, {"action": "delayed", "code": "4.4.1"}),
        (reports.SAYS_NOTHING, {"subject": "Warning: could not send for 4 hours"}),
        (reports.SAYS_NOTHING, {"subject": "Verzögerte Zustellung"}),
    ],
)
def test_a_delay_is_noted_and_alarms_nobody(
    letter: Letter, template: str, given: dict[str, str]
) -> None:
    got = report(template, id=letter.message_id, **given)
    assert "goes on trying" in got.arrival.reason
    letter.refresh_from_db()
    assert (letter.delayed_at, letter.undelivered_at) == (LATER, None)
    assert not Letter.objects.returned().exists()
    report(reports.DSN, id=letter.message_id)
    letter.refresh_from_db()
    assert letter.undelivered_at == LATER


@pytest.mark.parametrize(
    ("template", "given"),
    [
        (reports.DSN, {"action": "delivered", "code": "2.0.0"}),
        (reports.DSN, {"action": "relayed", "code": "2.0.0"}),
        (reports.SAYS_NOTHING, {"subject": "Your account"}),
        (reports.ABSENT, {"subject": "Out of office", "text": "I am on leave."}),
        (
            reports.ABSENT,
            {"subject": "Absence du bureau", "text": "Je suis absente, en congé."},
        ),
        (
            reports.ABSENT,
            {"subject": "Automatisch antwoord", "text": "Ik ben met vakantie."},
        ),
        (
            reports.ABSENT,
            {"subject": "Abwesenheitsnotiz", "text": "Ich bin im Urlaub."},
        ),
    ],
)
def test_a_machine_that_reports_no_failure_changes_nothing(
    letter: Letter, template: str, given: dict[str, str]
) -> None:
    before = all_but_the_mails()
    got = report(template, id=letter.message_id, **given)
    assert (got.arrival.result, got.arrival.case) == ("ignored", None)
    assert all_but_the_mails() == before


def all_but_the_mails() -> dict[str, Any]:
    found: dict[str, Any] = everything()
    del found["dsr.Arrival"]
    return found


def test_a_report_of_somebody_elses_mail_marks_nothing(letter: Letter) -> None:
    got = report(reports.DSN, to=LUC)
    assert got.arrival.case is None
    assert not Letter.objects.returned().exists()


def test_told_twice_it_counts_once(letter: Letter) -> None:
    report(reports.DSN, id=letter.message_id)
    before = events(letter.case)
    report(reports.QMAIL, id=letter.message_id)
    assert events(letter.case) == before


def alarms(case: Case) -> set[str]:
    fired = Timer.objects.filter(ticket__case=case, fired_at__isnull=False)
    return set(fired.values_list("kind", flat=True))


def test_an_acknowledgement_that_came_back_is_none(letter: Letter) -> None:
    report(reports.DSN, id=letter.message_id)
    casework.fire_timers(at=LATER)
    assert alarms(letter.case) == {TimerKind.ACKNOWLEDGE_DUE}


def test_the_officer_is_alerted_until_somebody_looked_after_it(letter: Letter) -> None:
    case = letter.case
    casework.take_in_hand(case.tickets.get().pk, by=OFFICER, at=RECEIVED)
    report(reports.DSN, id=letter.message_id)
    casework.fire_timers(at=LATER)
    assert TimerKind.LETTER_RETURNED in alarms(case)
    assert list(Letter.objects.returned()) == [letter]
    casework.look_after_letter(letter.pk, done=WHY, by=OFFICER, at=LATER)
    assert TimerKind.LETTER_RETURNED not in alarms(case)
    assert not Letter.objects.returned().exists()
    assert WHY in case.messages.get().text
    assert events(case)[-1] == "letter.looked_after"


def test_what_looking_after_refuses(letter: Letter) -> None:
    with refused("No mail server returned"):
        casework.look_after_letter(letter.pk, done=WHY, by=OFFICER, at=LATER)
    report(reports.DSN, id=letter.message_id)
    with refused("role of handler"):
        casework.look_after_letter(letter.pk, done=WHY, by=AUDITOR, at=LATER)
    with refused("at least 30"):
        casework.look_after_letter(letter.pk, done="phoned", by=OFFICER, at=LATER)
    casework.look_after_letter(letter.pk, done=WHY, by=OFFICER, at=LATER)
    with refused("somebody looked after"):
        casework.look_after_letter(letter.pk, done=WHY, by=OFFICER, at=LATER)


def test_our_own_letter_that_comes_back_is_no_request(
    letter: Letter, mailoutbox: list[EmailMessage]
) -> None:
    sent = mailoutbox[0].message().as_bytes()
    got = receive(sent, received_at=LATER, source="test", at=LATER)
    assert got.arrival.result == "ignored"
    assert Case.objects.count() == 1
    reply = mail(
        ACCESS, sender=str(mailoutbox[0].from_email), Message_ID=letter.message_id
    )
    got = receive(reply, received_at=LATER, source="test", at=LATER)
    assert (got.arrival.result, got.arrival.reason) == (
        "ignored",
        "It is a letter of ours.",
    )


def test_the_desk_shows_what_did_not_arrive(letter: Letter, officer: Client) -> None:
    report(reports.DSN, id=letter.message_id)
    assert "letters that did not arrive" in officer.get("/desk/").content.decode()
    shown = officer.get("/desk/dsr/letter/?way=returned").content.decode()
    assert letter.case.reference in shown
    page = officer.get(f"/desk/dsr/letter/{letter.pk}/change/").content.decode()
    assert "This letter did not arrive." in page
    assert "5.1.1" in page
    act = f"/desk/letter/{letter.pk}/look_after/"
    assert act in page
    assert officer.post(act, {"done": "x"}).status_code == 400
    assert officer.post(act, {"done": WHY}).status_code == 302
    page = officer.get(f"/desk/dsr/letter/{letter.pk}/change/").content.decode()
    assert "This letter did not arrive." not in page
    assert "looked after" in page


def test_the_desk_sends_it_again(letter: Letter, officer: Client) -> None:
    report(reports.DSN, id=letter.message_id)
    act = f"/desk/letter/{letter.pk}/send_again/"
    assert (
        act in officer.get(f"/desk/dsr/case/{letter.case_id}/change/").content.decode()
    )
    assert f"By e-mail to {JEANNE}" in officer.get(act).content.decode()
    assert officer.post(act, {"way": "post"}).status_code == 400
    assert officer.post(act, {"way": "mail"}).status_code == 302
    (repeat,) = letter.repeats.all()
    case_page = f"/desk/dsr/case/{letter.case_id}/change/"
    assert act not in officer.get(case_page).content.decode()
    page = officer.get(f"/desk/dsr/letter/{letter.pk}/change/").content.decode()
    assert f"/desk/dsr/letter/{repeat.pk}/change/" in page
    assert act not in page
    refused = officer.post(act, {"way": "mail"})
    assert refused.status_code == 409
    assert "being sent again already" in refused.content.decode()
    page = officer.get(f"/desk/dsr/letter/{repeat.pk}/change/").content.decode()
    assert "the letter that came back" in page
