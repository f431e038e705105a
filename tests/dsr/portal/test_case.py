"""Behind the door: where each right stands, the thread, the letters, taking back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from dsr import casework
from dsr.models import Case, Ticket
from dsr.portal.calendar_file import calendar_file
from dsr.portal.progress import lines
from dsr.vocabulary import State
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED, send_reply
from tests.dsr.machines import access
from tests.dsr.portal.conftest import LANGUAGES, Visitor, text_of

PDF = b"%PDF-1.7 a paper"
OPEN = [
    state for state in access.PATHS if state in State.OPEN and state != State.RECEIVED
]


@pytest.fixture
def case(jeanne: Visitor) -> Case:
    """Open a case by the form, and its page in Jeanne's browser."""
    case = jeanne.send("access", "erasure")
    jeanne.enter(case)
    return case


def page_of(visitor: Visitor, case: Case) -> Any:
    return visitor.see(f"status/{case.reference}/")


def enter(visitor: Visitor, case: Case) -> None:
    visitor.give("status/", reference=case.reference)
    assert visitor.enter(case).status_code == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_case_and_its_receipt_in_a_language(
    language: str, jeanne: Visitor, case: Case
) -> None:
    jeanne.language = language

    for page in (page_of(jeanne, case), jeanne.see("receipt/")):
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert "Peeters" not in page.content.decode().split("</title>")[0]


def test_the_receipt_says_until_when_and_why(jeanne: Visitor, case: Case) -> None:
    receipt = text_of(jeanne.see("receipt/"))

    deadline = casework.deadline_of(case.tickets.order_by("pk")[0])
    assert case.reference in receipt
    assert "We must answer by" in receipt
    for step in deadline.steps:
        assert step.text("en") in receipt
        assert step.source.text("en") in receipt
    assert "See the data you have about me" in receipt
    assert "Everything since 2019, please." in receipt


def test_the_calendar_file_holds_the_day_and_nobody(
    jeanne: Visitor, case: Case
) -> None:
    response = jeanne.see("receipt/answer-due.ics")

    due = max(ticket.due for ticket in case.tickets.all() if ticket.due)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"DTSTART;VALUE=DATE:{due:%Y%m%d}" in response.content.decode()
    assert "Peeters" not in response.content.decode()


def test_a_calendar_line_is_at_most_75_octets() -> None:
    at = datetime(2026, 3, 5, tzinfo=UTC)

    text = calendar_file("é" * 60, date(2026, 4, 7), at=at)

    rows = text.split("\r\n")
    assert max(len(row.encode()) for row in rows) <= 75
    assert "é" * 60 in text.replace("\r\n ", "")
    assert rows[-1] == ""


@pytest.mark.parametrize("state", OPEN)
def test_an_open_right_shows_its_place_and_its_day(
    state: State, walk: Callable[..., Ticket], jeanne: Visitor
) -> None:
    ticket = walk(state, email=JEANNE)
    enter(jeanne, ticket.case)

    (line,) = page_of(jeanne, ticket.case).context["lines"]

    waits = state in State.WAITING
    assert [stage.place for stage in line.stages].count("now") == 1
    assert bool(line.pause) == waits
    assert line.due_strict
    assert line.steps


@pytest.mark.parametrize("right", ["marketing_opt_out", "consent_withdrawal"])
def test_what_took_effect_at_once_shows_its_place(
    right: str, open_case: Callable[..., Case], jeanne: Visitor
) -> None:
    case = open_case(right, email=JEANNE)
    enter(jeanne, case)

    (line,) = page_of(jeanne, case).context["lines"]

    assert [stage.place for stage in line.stages].count("now") == 1


@pytest.mark.parametrize(
    ("state", "places"),
    [
        (State.RECEIVED, "now later later later"),
        (State.TRIAGE, "done now later later"),
        (State.IN_PROGRESS, "done done now later"),
        (State.CLOSED, "done done done done"),
        (State.WITHDRAWN, "done later later later"),
    ],
)
def test_a_right_stands_where_its_ticket_stands(
    state: State, places: str, walk: Callable[..., Ticket]
) -> None:
    ticket = walk(state, email=JEANNE)

    (line,) = lines(ticket.case, "nl")

    assert [stage.place for stage in line.stages] == places.split()
    assert line.stages[0].on == "donderdag 5 maart 2026"
    assert bool(line.ended) == (state in (State.CLOSED, State.WITHDRAWN))


def test_an_outcome_is_not_told_before_the_letter(walk: Callable[..., Ticket]) -> None:
    ticket = walk(State.REPLY_PENDING, email=JEANNE)

    (line,) = lines(ticket.case, "en")

    assert ticket.outcome
    assert line.ended == ""


def test_words_and_a_file_reach_the_desk(jeanne: Visitor, case: Case) -> None:
    jeanne.client.post(
        f"/en/status/{case.reference}/write/",
        {"text": "My old address.", "file": SimpleUploadedFile("a.pdf", PDF)},
    )

    assert case.messages.get().text == "My old address."
    assert case.documents.get().kind == "attachment"
    assert "My old address." in text_of(page_of(jeanne, case))


def test_a_file_sent_while_we_wait_for_proof_is_kept_as_proof(
    walk: Callable[..., Ticket], jeanne: Visitor
) -> None:
    case = walk(State.AWAITING_IDENTITY, email=JEANNE).case
    enter(jeanne, case)

    jeanne.client.post(
        f"/en/status/{case.reference}/write/",
        {"file": SimpleUploadedFile("a.pdf", PDF)},
    )

    assert case.documents.get().kind == "proof"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"text": "\x00"}, "text"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ")}, "file"),
        ({"file": SimpleUploadedFile("a.pdf", PDF + b"." * 5000)}, "file"),
        ({"file": SimpleUploadedFile("a.pdf", PDF + b"." * 20_000)}, "file"),
    ],
)
def test_a_wrong_message_is_named(
    typed: dict[str, Any], field: str, jeanne: Visitor, case: Case, settings: Settings
) -> None:
    settings.UPLOAD_MAX_BYTES = 4096

    response = jeanne.client.post(f"/en/status/{case.reference}/write/", typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert f'href="/fr/status/{case.reference}/"' in response.content.decode()
    assert case.messages.count() == case.documents.count() == 0


def test_a_note_of_the_desk_is_not_shown(jeanne: Visitor, case: Case) -> None:
    at = case.received_at
    casework.write_message(case.pk, text="We look.", by=OFFICER, at=at)
    casework.write_note(case.pk, text="Odd person.", by=OFFICER, at=at)

    page = text_of(page_of(jeanne, case))

    assert "We look." in page
    assert "Odd person." not in page


def test_one_right_is_taken_back_and_the_other_goes_on(
    jeanne: Visitor, case: Case
) -> None:
    access, erasure = case.tickets.order_by("pk")

    jeanne.give(f"status/{case.reference}/withdraw/", tickets=[erasure.pk])

    states = list(case.tickets.order_by("pk").values_list("state", flat=True))
    assert states == [State.TRIAGE, State.WITHDRAWN]
    assert access.pk != erasure.pk


@pytest.mark.parametrize("chosen", [[], ["999999"], ["x"]])
def test_a_wrong_withdrawal_is_named(
    chosen: list[str], jeanne: Visitor, case: Case
) -> None:
    response = jeanne.give(f"status/{case.reference}/withdraw/", tickets=chosen)

    assert response.status_code == 422
    assert not case.tickets.filter(state=State.WITHDRAWN).exists()


def test_letters_are_fetched_by_their_person_only(
    walk: Callable[..., Ticket], jeanne: Visitor, luc: Visitor
) -> None:
    ticket = walk(State.REPLY_PENDING, email=JEANNE)
    letter = send_reply(ticket.pk)
    path = f"status/{ticket.case.reference}/letters/{letter.pk}/"
    enter(jeanne, ticket.case)

    mine = jeanne.see(path)
    other = luc.send("access")
    luc.enter(other)
    foreign = luc.see(f"status/{other.reference}/letters/{letter.pk}/")

    assert b"".join(mine.streaming_content).startswith(b"%PDF-")
    assert "no-store" in mine["Cache-Control"]
    assert foreign.status_code == 404


def test_a_letter_that_is_not_sent_cannot_be_fetched(
    walk: Callable[..., Ticket], jeanne: Visitor
) -> None:
    ticket = walk(State.REPLY_PENDING, email=JEANNE)
    draft = ticket.letters.get(kind="reply")
    enter(jeanne, ticket.case)

    response = jeanne.see(f"status/{ticket.case.reference}/letters/{draft.pk}/")

    assert response.status_code == 404


def test_without_an_address_by_mail_the_receipt_follows_at_once(
    jeanne: Visitor,
) -> None:
    jeanne.type_everything(email="", postal_address="Rue Haute 5\n1000 Bruxelles")

    response = jeanne.give("check/")

    assert response["Location"] == "/en/receipt/"
    assert "We write to you by post." in text_of(jeanne.see("receipt/"))


def test_advertising_is_stopped_from_the_preferences(jeanne: Visitor) -> None:
    assert 'value="marketing_opt_out"' in jeanne.see("preferences/").content.decode()

    case = jeanne.send("marketing_opt_out")

    assert case.tickets.get().right_code == "marketing_opt_out"
    assert case.received_at > RECEIVED
