"""Requests by word of mouth: a short form, and a letter that reads them back."""

import pytest
from django.test import Client
from django.urls import reverse

from dsr import casework
from dsr.models import Case, LedgerEntry
from tests.dsr.desk.conftest import NOW, OFFICER

pytestmark = pytest.mark.django_db


def said(**changes: object) -> dict[str, object]:
    given: dict[str, object] = {
        "channel": "phone",
        "received_on": "2026-10-05",
        "language": "nl",
        "rights": ["access"],
        "text": "Hij wil weten wat wij van hem hebben.",
        "name": "Jan Peeters",
        "answer_by": "post",
        "postal_address": "Kerkstraat 1\n2000 Antwerpen",
    }
    return {key: value for key, value in {**given, **changes}.items() if value != ""}


@pytest.mark.parametrize("channel", ["phone", "counter"])
def test_what_was_said_is_read_back_by_letter(officer: Client, channel: str) -> None:
    answer = officer.post(reverse("admin:oral"), said(channel=channel))
    case = Case.objects.get()
    assert answer["Location"] == reverse("admin:dsr_case_change", args=[case.pk])
    assert case.channel == channel
    letter = case.letters.get(kind="acknowledgement")
    assert letter.to_address == "Kerkstraat 1\n2000 Antwerpen"
    assert letter.pdf
    page = officer.get(answer["Location"]).content.decode()
    assert "Next: print its acknowledgement, and post it." in page
    assert "Give no data that way" in page


def test_by_mail_if_they_prefer(officer: Client) -> None:
    mail = {"answer_by": "email", "email": "jan@example.be", "postal_address": ""}
    officer.post(reverse("admin:oral"), said(**mail))
    letter = Case.objects.get().letters.get()
    assert (letter.to_email, letter.to_address) == ("jan@example.be", "")


def test_by_post_the_mail_address_only_finds_the_person(officer: Client) -> None:
    officer.post(reverse("admin:oral"), said(email="jan@example.be"))
    case = Case.objects.get()
    assert case.contact_email == ""
    found = case.subject.identifiers.get(kind="email")
    assert (found.value, found.verified_at) == ("jan@example.be", None)


def test_the_officer_is_told_to_say_nothing_by_word_of_mouth(officer: Client) -> None:
    text = officer.get(reverse("admin:oral")).content.decode()
    assert "Give no data by word of mouth" in text
    assert "reads it back" in text


@pytest.mark.parametrize("field", ["text", "channel", "rights", "received_on"])
def test_what_is_missing_is_asked_for(officer: Client, field: str) -> None:
    answer = officer.post(reverse("admin:oral"), said(**{field: ""}))
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not Case.objects.exists()


def test_an_address_learned_later_sends_what_waited(officer: Client) -> None:
    officer.post(reverse("admin:oral"), said(postal_address="", answer_by=""))
    case = Case.objects.get()
    assert not case.letters.exists()
    for street in ("Kerkstraat 1", "Kerkstraat 2"):
        casework.set_address(
            case.pk, email="", postal_address=street, by=OFFICER, at=NOW
        )
    assert case.letters.get().kind == "acknowledgement"


def test_a_letter_is_printed_and_marked_as_posted(officer: Client) -> None:
    officer.post(reverse("admin:oral"), said())
    letter = Case.objects.get().letters.get()
    url = reverse("admin:letter_act", args=[letter.pk, "posted"])
    asked = officer.get(url).content.decode()
    assert 'name="posted_on" value="' in asked
    refused = officer.post(url, {"posted_on": "2026-01-01"})
    assert refused.status_code == 409
    assert "cannot have been posted before" in refused.content.decode()
    assert officer.post(url, {"proof": "RR 123 456 BE"}).status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.proof) == ("sent", "RR 123 456 BE")
    shown = officer.get(reverse("admin:dsr_letter_change", args=[letter.pk]))
    assert "posted on" in shown.content.decode()
    assert LedgerEntry.objects.filter(event="letter.sent").exists()
