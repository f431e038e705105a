"""Letters at the desk: previewed, completed, approved; auditors read their facts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dsr import casework
from dsr.models import LedgerEntry, Letter, Ticket
from tests.dsr.desk.conftest import DPO, NOW, OFFICER, open_case
from tests.dsr.steps import decide

pytestmark = pytest.mark.django_db
LONG = "It was stopped in every list that we use for this."


@pytest.fixture
def reply(staff: object) -> Letter:
    """Bring a request to the reply that nobody could be identified."""
    ticket = open_case().tickets.get()
    casework.ask_identity(ticket.pk, doubts=LONG, items="a letter", by=OFFICER, at=NOW)
    proposal: dict[str, Any] = {
        "outcome": "not_identified",
        "grounds": ["not_identified"],
        "reasons": LONG,
    }
    casework.propose(ticket.pk, **proposal, by=OFFICER, at=NOW)
    decide(ticket.pk, by=DPO, at=NOW)
    return ticket.letters.get(kind="reply")


def letter_url(letter: Letter, name: str) -> str:
    return reverse("admin:letter_act", args=[letter.pk, name])


def test_a_reply_is_previewed_edited_and_approved(
    officer: Client, reply: Letter
) -> None:
    pdf = officer.get(reverse("admin:letter_pdf", args=[reply.pk]))
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"].startswith("inline")
    typed = {"reasons": LONG, "done": f"{LONG} Truly."}
    edited = officer.post(letter_url(reply, "edit"), typed)
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
    typed = {"reasons": LONG, "done": "Something else."}
    answer = officer.post(letter_url(reply, "edit"), typed)
    assert answer.status_code == 409
    reply.refresh_from_db()
    assert "done" not in reply.parts


def test_an_auditor_reads_the_facts_of_letters_only(
    enter: Callable[[str], Client], reply: Letter
) -> None:
    auditor = enter("auditor")
    text = auditor.get(reverse("admin:dsr_letter_changelist")).content.decode()
    assert "reply" in text
    assert auditor.post(letter_url(reply, "approve")).status_code == 403
    reply.refresh_from_db()
    assert reply.state == "draft"


def test_a_fee_is_written_of_only_where_one_is_asked(
    officer: Client, reply: Letter
) -> None:
    page = officer.get(letter_url(reply, "edit"))
    assert list(page.context["form"].fields) == ["reasons", "done"]


def test_a_draft_is_shown_beside_its_form_with_what_is_typed(
    officer: Client, reply: Letter
) -> None:
    page = officer.get(letter_url(reply, "edit"))
    text = page.content.decode()
    preview = reverse("admin:letter_preview", args=[reply.pk])
    assert f'src="{preview}"' in text
    assert f'formaction="{preview}"' in text
    assert 'sandbox="allow-same-origin"' in text
    assert "script-src" not in page["Content-Security-Policy"]
    typed = officer.post(preview, {"reasons": "CANARY <script>alert(1)</script>"})
    shown = typed.content.decode()
    assert "CANARY &lt;script&gt;" in shown
    assert "<script" not in shown
    reply.refresh_from_db()
    assert "done" not in reply.parts


def test_the_preview_may_fetch_and_run_nothing_and_only_the_desk_frames_it(
    officer: Client, reply: Letter
) -> None:
    shown = officer.get(reverse("admin:letter_preview", args=[reply.pk]))
    policy = shown["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox allow-same-origin" in policy
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert LONG in shown.content.decode()


def test_the_preview_is_of_drafts_and_for_those_who_see_cases(
    enter: Callable[[str], Client], reply: Letter
) -> None:
    preview = reverse("admin:letter_preview", args=[reply.pk])
    assert enter("auditor").get(preview).status_code == 403
    assert enter("superuser").post(preview).status_code == 403
    casework.approve_letter(reply.pk, by=OFFICER, at=NOW)
    assert enter("officer").get(preview).status_code == 404


def test_the_page_says_what_the_law_wants_and_whose_it_is(
    officer: Client, reply: Letter
) -> None:
    page = officer.get(letter_url(reply, "edit"))
    demands = {one.label: one for one in page.context["preview"].demands}
    assert demands["complaint and judicial remedy"].is_there
    assert not demands["complaint and judicial remedy"].is_theirs
    assert page.context["preview"].lacks == ()


def test_a_required_text_cannot_be_emptied(dpo: Client, reply: Letter) -> None:
    page = dpo.post(letter_url(reply, "edit"), {"reasons": "  "})
    assert page.status_code == 400
    assert "The law wants “Reasons” in this letter" in page.content.decode()
    assert page.context["preview"].demands
    reply.refresh_from_db()
    assert reply.parts["reasons"] == LONG


def test_a_late_letter_asks_for_a_tick(officer: Client, reply: Letter) -> None:
    Ticket.objects.filter(letters=reply.pk).update(due="2026-01-05")
    shown = officer.get(reverse("admin:dsr_letter_change", args=[reply.pk]))
    assert "This letter is late." in shown.content.decode()
    refused = officer.post(letter_url(reply, "approve"))
    assert refused.status_code == 400
    assert "Tick it to send the letter all the same." in refused.content.decode()
    sent = officer.post(letter_url(reply, "approve"), {"although_late": "on"})
    assert sent.status_code == 302
    line = LedgerEntry.objects.filter(event="letter.approved").latest("number")
    assert line.facts["late_after"] == "2026-01-05"
