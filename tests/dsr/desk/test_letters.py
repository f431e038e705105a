"""Letters at the desk: previewed, completed, approved; auditors read their facts."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from dsr import casework
from dsr.models import Letter
from tests.dsr.desk.conftest import NOW, OFFICER, open_case

pytestmark = pytest.mark.django_db
LONG = "It was stopped in every list that we use for this."


@pytest.fixture
def reply(staff: object) -> Letter:
    """Bring a marketing objection to its reply."""
    ticket = open_case("marketing_opt_out").tickets.get()
    casework.confirm(ticket.pk, done=LONG, by=OFFICER, at=NOW)
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


def test_a_fee_is_written_of_only_where_one_is_asked(
    officer: Client, reply: Letter
) -> None:
    page = officer.get(letter_url(reply, "edit"))
    assert list(page.context["form"].fields) == ["done", "reasons"]
