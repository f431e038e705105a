"""The tray: a mail opens a case, joins one, or is no request."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from dsr.models import Arrival, ArrivalResult, Case
from tests.dsr.desk.conftest import NOW, open_case

pytestmark = pytest.mark.django_db
MAIL = """\
From: Ann Example <ann@example.org>
To: dpo@example.com
Subject: my data
Message-ID: <1@example.org>
Content-Type: text/plain; charset=utf-8

Could somebody look into <b>my file</b>, please?
"""
PERSON = {"email": "ann@example.org", "known_as": "ann@example.org", "language": "en"}
WHY = "It is about a claim and was passed on to the claims desk."


@pytest.fixture
def arrival(staff: object) -> Arrival:
    """Put a mail into the tray, as the mailbox does."""
    mail = Arrival(
        sha256="1" * 64,
        message_id="<1@example.org>",
        sender="ann@example.org",
        received_at=NOW,
        result=ArrivalResult.TRAY,
        reason="unclear wish",
        proposal={
            "kind": "review",
            "rights": ["access"],
            "language": "en",
            "subject_email": "ann@example.org",
            "requester_is_agent": False,
            "evidence": [{"right": "access", "quote": "look into my file"}],
        },
    )
    mail.raw.save("mail", ContentFile(MAIL.encode()))
    return mail


def settle(arrival: Arrival, name: str) -> str:
    return reverse("admin:settle", args=[arrival.pk, name])


def test_the_letter_is_shown_with_what_the_reader_made_of_it(
    officer: Client, arrival: Arrival
) -> None:
    assert (
        "unclear wish"
        in officer.get(reverse("admin:dsr_arrival_changelist")).content.decode()
    )
    page = officer.get(reverse("admin:dsr_arrival_change", args=[arrival.pk]))
    text = page.content.decode()
    assert "&lt;b&gt;my file&lt;/b&gt;" in text
    assert "look into my file" in text


def test_a_mail_opens_a_case_with_the_rights_chosen(
    officer: Client, arrival: Arrival
) -> None:
    said = {"rights": ["access", "erasure"], **PERSON, "name": "Ann Example"}
    answer = officer.post(settle(arrival, "open"), said)
    case = Case.objects.get()
    assert answer["Location"] == reverse("admin:dsr_case_change", args=[case.pk])
    assert case.tickets.count() == 2
    arrival.refresh_from_db()
    assert (arrival.result, arrival.settled_by) == ("opened", "officer")


def test_a_mail_joins_a_case(officer: Client, arrival: Arrival) -> None:
    case = open_case()
    said = {"reference": case.reference.lower()}
    assert officer.post(settle(arrival, "attach"), said).status_code == 302
    arrival.refresh_from_db()
    assert (arrival.case, arrival.result) == (case, "threaded")


def test_a_mail_is_no_request_for_a_reason(officer: Client, arrival: Arrival) -> None:
    assert officer.post(settle(arrival, "nothing"), {"why": "no"}).status_code == 400
    assert officer.post(settle(arrival, "nothing"), {"why": WHY}).status_code == 302
    arrival.refresh_from_db()
    assert (arrival.result, arrival.settled_by) == ("ignored", "officer")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("open", {"rights": [], **PERSON}),
        ("open", {"rights": ["a_tenth"], **PERSON}),
        ("open", {"rights": ["access"], **PERSON, "email": "nobody"}),
        ("open", {"rights": ["access"], **PERSON, "others": ["999"]}),
        ("hand-over", {"department": "sales"}),
        ("attach", {"reference": "DSR-2026-000001-00"}),
        ("attach", {"reference": "hello"}),
    ],
)
def test_what_does_not_fit_leaves_the_mail_in_the_tray(
    officer: Client, arrival: Arrival, name: str, said: dict[str, object]
) -> None:
    assert officer.post(settle(arrival, name), said).status_code == 400
    arrival.refresh_from_db()
    assert arrival.result == "tray"


def test_a_settled_mail_is_not_settled_again(officer: Client, arrival: Arrival) -> None:
    officer.post(settle(arrival, "nothing"), {"why": WHY})
    again = officer.post(settle(arrival, "open"), {"rights": ["access"], **PERSON})
    assert again.status_code == 409
    assert not Case.objects.exists()


def test_only_a_handler_settles(dpo: Client, arrival: Arrival) -> None:
    assert dpo.post(settle(arrival, "nothing"), {"why": WHY}).status_code == 409
    arrival.refresh_from_db()
    assert arrival.result == "tray"
