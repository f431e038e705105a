"""Cases typed in, and what is added to one: files, messages, rights."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from dsr.models import Case

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n rest"


def typed(**changes: object) -> dict[str, object]:
    said: dict[str, object] = {
        "received_on": "2026-10-05",
        "received_time": "09:30",
        "language": "nl",
        "rights": ["access", "erasure"],
        "text": "Graag al mijn gegevens.",
        "name": "Jan Peeters",
        "postal_address": "Kerkstraat 1, 2000 Antwerpen",
        "customer_number": "C-77",
    }
    return {key: value for key, value in {**said, **changes}.items() if value != ""}


def test_a_letter_is_typed_in_without_a_scan(officer: Client) -> None:
    answer = officer.post(reverse("admin:typed_in"), typed())
    case = Case.objects.get()
    assert answer["Location"] == reverse("admin:dsr_case_change", args=[case.pk])
    assert case.opened_by == "officer"
    assert case.channel == "post"
    assert (
        timezone.localtime(case.received_at).isoformat().startswith("2026-10-05T09:30")
    )
    assert sorted(case.tickets.values_list("right_code", flat=True)) == [
        "access",
        "erasure",
    ]
    assert not case.documents.exists()
    assert case.subject.identifiers.get(kind="customer_number").value == "C-77"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rights": []}, "rights"),
        ({"rights": ["a_tenth"]}, "rights"),
        ({"received_on": "yesterday"}, "received_on"),
        ({"received_time": "25:00"}, "received_time"),
        ({"received_on": ""}, "received_on"),
        ({"email": "no address"}, "email"),
        ({"text": ""}, "text"),
        ({"answer_by": "email"}, "email"),
        ({"answer_by": "pigeon"}, "answer_by"),
        (
            {"answer_by": "post", "email": "jan@example.be", "postal_address": ""},
            "postal_address",
        ),
    ],
)
def test_what_is_typed_wrong_is_told_per_field_and_kept(
    officer: Client, changes: dict[str, object], field: str
) -> None:
    answer = officer.post(reverse("admin:typed_in"), typed(**changes))
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert "Jan Peeters" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_receipt_in_the_future_is_refused(officer: Client) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = officer.post(reverse("admin:typed_in"), typed(received_on=tomorrow))
    assert answer.context["form"].errors["received_on"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html>hello</html>", "The file is no PDF, TIFF, JPEG or PNG"),
        (PNG + b"0" * 2000, "The file is larger than"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_no_scan_is_refused(
    officer: Client, case: Case, settings: Settings, content: bytes, sentence: str
) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    file = SimpleUploadedFile("scan.pdf", content, content_type="application/pdf")
    url = reverse("admin:case_act", args=[case.pk, "document"])
    answer = officer.post(url, {"kind": "attachment", "file": file})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not case.documents.exists()


def test_a_scan_is_kept_with_the_case(officer: Client, case: Case) -> None:
    url = reverse("admin:case_act", args=[case.pk, "document"])
    file = SimpleUploadedFile("mandate.pdf", b"%PDF-1.4 x")
    assert officer.post(url, {"kind": "mandate", "file": file}).status_code == 302
    assert case.documents.get().added_by == "officer"


def test_a_message_stands_in_the_thread(officer: Client, case: Case) -> None:
    url = reverse("admin:case_act", args=[case.pk, "message"])
    officer.post(url, {"text": "Which contract do you mean?"})
    page = officer.get(reverse("admin:dsr_case_change", args=[case.pk]))
    assert "Which contract do you mean?" in page.content.decode()
    assert officer.post(url, {"text": ""}).status_code == 400


def test_a_decider_who_is_no_handler_adds_no_file(dpo: Client, case: Case) -> None:
    url = reverse("admin:case_act", args=[case.pk, "document"])
    file = SimpleUploadedFile("scan.pdf", b"%PDF-1.4 x")
    assert dpo.post(url, {"kind": "mandate", "file": file}).status_code == 409
    assert not case.documents.exists()


def test_a_further_right_is_added_once(officer: Client, case: Case) -> None:
    url = reverse("admin:case_act", args=[case.pk, "right"])
    assert officer.post(url, {"right_code": "erasure"}).status_code == 302
    again = officer.post(url, {"right_code": "erasure"})
    assert again.status_code == 409
    assert "open ticket for this right already" in again.content.decode()
    assert case.tickets.count() == 2


def test_no_page_of_the_desk_needs_anything_from_elsewhere(
    officer: Client, case: Case
) -> None:
    page = officer.get(reverse("admin:dsr_case_change", args=[case.pk]))
    assert "default-src 'self'" in page["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]
    text = page.content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert "<script>" not in text
