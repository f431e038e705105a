"""Letters by post at the desk: scanned, read, confirmed; the paper finds its case."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dsr.desk import scans as page
from dsr.intake.post import scans
from dsr.intake.post.reading import ReadScan
from dsr.models import Case, DeskMail, Scan
from tests.dsr.desk.conftest import NOW
from tests.dsr.intake.post.test_proposal import FRENCH

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n rest"


def add(officer: Client, content: bytes = PNG) -> Any:
    file = SimpleUploadedFile("brief.exe", content, content_type="text/html")
    return officer.post(reverse("admin:new_case"), {"scan": file})


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what the reader will have read; change it before a scan is added."""
    read: dict[str, Any] = {"text": FRENCH, "problem": "", "references": ()}
    monkeypatch.setattr(scans, "read_scan", lambda *_given: ReadScan(**read))
    return read


def settle(officer: Client, name: str, said: dict[str, Any]) -> Any:
    number = Scan.objects.get().pk
    return officer.post(reverse("admin:settle_scan", args=[number, name]), said)


def test_a_scan_is_read_confirmed_and_opens_a_case(
    officer: Client, reads: dict[str, Any]
) -> None:
    shown = officer.get(add(officer)["Location"])
    text = shown.content.decode()
    assert "caractère personnel que vous détenez" in text
    form = shown.context["open_form"]
    proposed = {field.name: field.value() for field in form}
    assert proposed["rights"] == ["access", "erasure"]
    assert proposed["language"] == "fr"
    assert proposed["name"] == "Marie Lambert"
    assert proposed["own_reference"] == "ML/2026/77"
    assert proposed["policy_number"] == "4711-22"
    assert proposed["received_on"] is None
    said = {name: value for name, value in proposed.items() if value}
    answer = settle(officer, "open", {**said, "received_on": "2026-10-05"})
    case = Case.objects.get()
    assert answer["Location"] == reverse("admin:dsr_case_change", args=[case.pk])
    assert case.channel == "post"
    assert case.text.split() == FRENCH.split()
    assert case.postal_address.splitlines()[1] == "B-4000 Liège"
    document = case.documents.get()
    assert (document.kind, document.content_type) == ("original", "image/png")
    assert case.letters.get(kind="acknowledgement").to_address == case.postal_address


def test_without_a_reader_one_sentence_says_so_and_the_officer_types(
    officer: Client, reads: dict[str, Any]
) -> None:
    why = "Scans cannot be read here: tesseract is not installed."
    reads.update(text="", problem=why)
    text = officer.get(add(officer)["Location"]).content.decode()
    assert f"{why} Type what it says." in text
    said = {"rights": ["access"], "language": "nl", "received_on": "2026-10-05"}
    assert settle(officer, "open", said).status_code == 302
    assert Case.objects.get().text == ""


def test_a_cover_sheet_leads_the_paper_to_its_case(
    officer: Client, case: Case, reads: dict[str, Any]
) -> None:
    reads.update(references=(case.reference,))
    shown = officer.get(add(officer)["Location"])
    assert "Its cover sheet leads to a case:" in shown.content.decode()
    form = shown.context["join_form"]
    proposed = {field.name: field.value() for field in form}
    assert proposed["reference"] == case.reference
    assert proposed["kind"] == "original"
    said = {name: value for name, value in proposed.items() if value}
    said["received_on"] = case.received_at.date().isoformat()
    assert settle(officer, "join", said).status_code == 302
    assert case.documents.get().kind == "original"
    assert not case.messages.exists()


def test_a_letter_that_names_a_case_joins_its_thread(
    officer: Client, case: Case, reads: dict[str, Any]
) -> None:
    reads.update(text=f"Votre réf. : {case.reference}\n\nVoici ma procuration.")
    shown = officer.get(add(officer)["Location"])
    assert "It names a case:" in shown.content.decode()
    said = {
        "reference": case.reference,
        "kind": "attachment",
        "received_on": "2026-10-05",
        "text": "Voici ma procuration.",
    }
    assert settle(officer, "join", said).status_code == 302
    assert case.messages.get().text == "Voici ma procuration."


def test_what_is_no_request_goes(officer: Client, reads: dict[str, Any]) -> None:
    add(officer)
    assert settle(officer, "discard", {}).status_code == 400
    assert settle(officer, "discard", {"why": "advertising"}).status_code == 302
    assert not Scan.objects.exists()


def test_what_is_wrong_is_told_and_what_was_typed_stays(
    officer: Client, reads: dict[str, Any]
) -> None:
    add(officer)
    wrong = settle(officer, "open", {"name": "Marie Changed", "rights": ["access"]})
    assert wrong.status_code == 400
    assert "received_on" in wrong.context["open_form"].errors
    assert "Marie Changed" in wrong.content.decode()
    said = {"reference": "x", "kind": "attachment", "received_on": "2026-10-05"}
    refused = settle(officer, "join", said)
    assert refused.status_code == 409
    assert "There is no case with this reference." in refused.content.decode()
    number = Scan.objects.get().pk
    assert settle(officer, "burn", {}).status_code == 404
    assert settle(officer, "discard", {"why": "bad_scan"}).status_code == 302
    gone = reverse("admin:settle_scan", args=[number, "discard"])
    answer = officer.post(gone, {"why": "bad_scan"}, follow=True)
    assert "settled already" in answer.content.decode()


@pytest.mark.parametrize("content", [b"<html>hello</html>", b""])
def test_a_file_that_is_no_scan_is_refused(officer: Client, content: bytes) -> None:
    assert add(officer, content).status_code == 400
    assert not Scan.objects.exists()


def test_the_same_scan_twice_is_refused_and_waiting_ones_are_listed(
    officer: Client, reads: dict[str, Any]
) -> None:
    add(officer)
    again = add(officer)
    assert again.status_code == 409
    text = again.content.decode()
    assert "waits below already" in text
    assert reverse("admin:scan", args=[Scan.objects.get().pk]) in text
    assert "scans to settle" in officer.get(reverse("admin:index")).content.decode()


def test_a_scan_is_handed_out_as_a_download(
    officer: Client, reads: dict[str, Any]
) -> None:
    add(officer)
    file = officer.get(reverse("admin:scan_file", args=[Scan.objects.get().pk]))
    assert b"".join(file) == PNG
    assert file["Content-Disposition"].startswith("attachment")
    assert "brief" not in file["Content-Disposition"]
    assert file["X-Content-Type-Options"] == "nosniff"


def test_the_words_of_a_letter_do_nothing_on_the_page(
    officer: Client, reads: dict[str, Any]
) -> None:
    reads["text"] = "<script>alert(1)</script> Please send me a copy of my data."
    text = officer.get(add(officer)["Location"]).content.decode()
    assert "<script>alert" not in text


def test_the_cover_sheet_of_a_case_is_printed(officer: Client, case: Case) -> None:
    shown = officer.get(reverse("admin:dsr_case_change", args=[case.pk]))
    url = reverse("admin:cover_sheet", args=[case.pk])
    assert url in shown.content.decode()
    sheet = officer.get(url)
    assert sheet.content.startswith(b"%PDF-")
    assert page.SETTLED.keys() == page.FORMS.keys()


AUTHORITY = (
    "Autorité de protection des données, Service d'inspection. Nous avons reçu une "
    "plainte de Mme Peeters. Notre référence : DOS-2026-1."
)


def test_a_letter_of_an_authority_is_shown_first_and_to_the_dpo(
    officer: Client, dpo: Client, reads: dict[str, Any]
) -> None:
    reads["text"] = AUTHORITY
    url = add(officer)["Location"]
    home = dpo.get("/desk/").content.decode()
    assert "letters on paper of an authority or a court" in home
    assert url in home
    for reader, may_settle in ((officer, True), (dpo, False)):
        page = reader.get(url).content.decode()
        assert "An authority or a court writes: read it now." in page
        assert ("It is no request" in page) == may_settle
    assert (
        "urgent: an authority"
        in officer.get(reverse("admin:new_case")).content.decode()
    )
    DeskMail.objects.update(failed_at=NOW, next_attempt_at=None)
    assert (
        "alerts about letters on paper that could not"
        in dpo.get("/desk/").content.decode()
    )
    assert (
        "Alerts about letters"
        in officer.get(reverse("admin:new_case")).content.decode()
    )
    retry = reverse("admin:paper_alerts")
    assert dpo.post(retry).status_code == 403
    assert officer.post(retry).status_code == 302
    assert DeskMail.objects.get().failed_at is None


def test_a_letter_of_an_authority_that_is_typed_in_says_so(officer: Client) -> None:
    said = {"rights": ["access"], "language": "fr", "received_on": "2026-10-05"}
    url = reverse("admin:typed_in")
    answer = officer.post(url, {**said, "text": AUTHORITY}, follow=True)
    assert "the data protection officer is told by mail" in answer.content.decode()
