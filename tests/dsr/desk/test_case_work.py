"""Cases typed in, files, messages, letters and what was found."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from dsr import casework
from dsr.models import Case, LedgerEntry, Letter, Ticket, Withholding
from tests.dsr.desk.conftest import DPO, NOW, OFFICER, open_case

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n rest"
LONG = "It was stopped in every list that we use for this."


def typed(**changes: object) -> dict[str, object]:
    said: dict[str, object] = {
        "channel": "post",
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


def test_a_letter_is_typed_in_with_its_scan(officer: Client) -> None:
    scan = SimpleUploadedFile("brief.exe", PNG, content_type="text/html")
    answer = officer.post(reverse("admin:typed_in"), typed(scan=scan))
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
    document = case.documents.get()
    assert (document.kind, document.content_type) == ("original", "image/png")
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
        ({"channel": "web"}, "channel"),
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


@pytest.fixture
def reply(staff: object) -> Letter:
    """Bring a marketing objection to its reply."""
    ticket = open_case("marketing_opt_out").tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=NOW)
    casework.propose(ticket.pk, outcome="granted", by=OFFICER, at=NOW)
    casework.decide(ticket.pk, by=OFFICER, at=NOW)
    casework.complete(ticket.pk, done=LONG, by=OFFICER, at=NOW)
    return ticket.letters.get(kind="reply")


def letter_url(letter: Letter, name: str) -> str:
    return reverse("admin:letter_act", args=[letter.pk, name])


def test_a_reply_is_previewed_edited_and_approved(
    officer: Client, reply: Letter
) -> None:
    pdf = officer.get(reverse("admin:letter_pdf", args=[reply.pk]))
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"].startswith("inline")
    edited = officer.post(letter_url(reply, "edit"), {"done": f"{LONG} Truly."})
    assert edited.status_code == 302
    assert officer.post(letter_url(reply, "approve")).status_code == 302
    reply.refresh_from_db()
    assert (reply.state, reply.approved_by) == ("queued", "officer")
    assert reply.parts["done"].endswith("Truly.")
    fixed = officer.get(reverse("admin:letter_pdf", args=[reply.pk]))
    with reply.pdf.open("rb") as kept:
        assert fixed.content == kept.read()


def test_an_approved_letter_is_not_edited(officer: Client, reply: Letter) -> None:
    casework.approve_letter(reply.pk, by=OFFICER, at=NOW)
    answer = officer.post(letter_url(reply, "edit"), {"done": "Something else."})
    assert answer.status_code == 409
    reply.refresh_from_db()
    assert reply.parts["done"] == LONG


def test_an_auditor_reads_the_facts_of_letters_only(
    enter: Callable[[str], Client], reply: Letter
) -> None:
    auditor = enter("auditor")
    text = auditor.get(reverse("admin:dsr_letter_changelist")).content.decode()
    assert "reply" in text
    assert auditor.post(letter_url(reply, "approve")).status_code == 403
    reply.refresh_from_db()
    assert reply.state == "draft"


def findings(ticket: Ticket) -> str:
    return reverse("admin:findings", args=[ticket.searches.get().pk])


def withhold_url(ticket: Ticket, row: int) -> str:
    pk = ticket.searches.get().pk
    url = reverse("admin:withhold", args=[pk, row])
    return f"{url}?collection=crm:customer"


def test_what_was_found_is_shown_and_a_field_is_withheld(
    officer: Client, found: Ticket
) -> None:
    text = officer.get(findings(found)).content.decode()
    assert "Bob Other is her brother" in text
    assert "pays late" not in text
    said = {"field": "remark", "ground": "others_rights", "note": "names her brother"}
    assert officer.post(withhold_url(found, 2), said).status_code == 302
    item = Withholding.objects.get()
    assert (item.row, item.field, item.added_by) == (2, "remark", "officer")
    assert (
        "It would harm the rights of other people"
        in officer.get(findings(found)).content.decode()
    )
    assert officer.post(reverse("admin:release", args=[item.pk])).status_code == 302
    assert not Withholding.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"field": "remark", "ground": "too_much_work", "note": "x"},
        {"field": "password", "ground": "others_rights", "note": "x"},
        {"field": "remark", "ground": "others_rights"},
    ],
)
def test_nothing_is_withheld_without_ground_and_note(
    officer: Client, found: Ticket, said: dict[str, str]
) -> None:
    assert officer.post(withhold_url(found, 1), said).status_code == 400
    assert not Withholding.objects.exists()


def test_a_record_that_was_not_found_cannot_be_withheld(
    officer: Client, found: Ticket
) -> None:
    assert officer.get(withhold_url(found, 9)).status_code == 404


def test_after_the_proposal_nothing_is_withheld(officer: Client, found: Ticket) -> None:
    casework.propose(found.pk, outcome="granted", by=OFFICER, at=NOW)
    said = {"field": "", "ground": "others_rights", "note": "a whole record"}
    assert officer.post(withhold_url(found, 1), said).status_code == 409
    assert not Withholding.objects.exists()


def test_a_system_that_does_not_answer_is_excused_with_a_reason(
    officer: Client, ticket: Ticket, system: Path
) -> None:
    identifier = ticket.case.subject.identifiers.get()
    casework.establish_identity(
        ticket.pk, method="call", identifiers=[identifier.pk], by=OFFICER, at=NOW
    )
    casework.take_in_hand(ticket.pk, by=OFFICER, at=NOW)
    search = ticket.searches.get()
    url = reverse("admin:excuse", args=[search.pk])
    assert officer.post(url, {"excuse": "down"}).status_code == 400
    reason = "The system was switched off in June; its data were moved to the CRM."
    assert officer.post(url, {"excuse": reason}).status_code == 302
    search.refresh_from_db()
    assert (search.state, search.excused_by) == ("excused", "officer")


def test_the_ledger_is_filtered_and_said_in_words(
    enter: Callable[[str], Client], found: Ticket
) -> None:
    auditor = enter("auditor")
    reference = found.case.reference
    url = reverse("admin:dsr_ledgerentry_changelist")
    text = auditor.get(f"{url}?q={reference}").content.decode()
    assert (
        text.count(reference) >= LedgerEntry.objects.filter(reference=reference).count()
    )
    only = auditor.get(f"{url}?event__exact=ticket.taken").context["cl"]
    assert only.result_count == 1


def test_the_timeline_names_who_did_what(dpo: Client, found: Ticket) -> None:
    url = reverse("admin:dsr_case_change", args=[found.case_id])
    text = dpo.get(url).content.decode()
    assert "Taken in hand" in text
    assert "officer" in text
    assert DPO.name in text


def test_a_fee_is_written_of_only_where_one_is_asked(
    officer: Client, reply: Letter
) -> None:
    page = officer.get(letter_url(reply, "edit"))
    assert list(page.context["form"].fields) == ["done", "reasons"]


def test_an_item_is_not_withheld_because_the_request_is_excessive(
    officer: Client, found: Ticket
) -> None:
    page = officer.get(withhold_url(found, 1)).content.decode()
    assert "GDPR Art. 15(4)" in page
    assert "GDPR Art. 12(5)" not in page


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
