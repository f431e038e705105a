"""What goes when, on the case page; a hold is the DPO's, by a page of its own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dsr import casework
from dsr.casework import NewFile
from dsr.models import Case, Document, LegalHold
from tests.dsr.desk.conftest import DPO, NOW, OFFICER

pytestmark = pytest.mark.django_db
WHY = "A complaint with the authority has been announced by the person."


def page(case: Case) -> str:
    return reverse("admin:dsr_case_change", args=[case.pk])


def act(case: Case, name: str) -> str:
    return reverse("admin:case_act", args=[case.pk, name])


def test_the_case_page_says_what_goes_when(officer: Client, case: Case) -> None:
    new = NewFile("proof", "card.pdf", "application/pdf", b"%PDF-1.4")
    casework.add_document(case.pk, new, by=OFFICER, at=NOW)
    text = officer.get(page(case)).content.decode()
    assert "What is deleted when" in text
    assert "Proof of identity" in text
    assert "not known while something is open or kept" in text
    assert act(case, "hold") not in text


def test_the_dpo_holds_a_case_and_lets_it_go(dpo: Client, case: Case) -> None:
    assert act(case, "hold") in dpo.get(page(case)).content.decode()
    day = (NOW + timedelta(days=90)).date().isoformat()
    said = {"reason": WHY, "review_on": day}
    assert dpo.post(act(case, "hold"), said).status_code == 302
    text = dpo.get(page(case)).content.decode()
    assert WHY in text
    assert act(case, "lift_hold") in text
    assert dpo.post(act(case, "lift_hold")).status_code == 302
    assert LegalHold.objects.get().lifted_by == "dpo"


def test_an_officer_holds_nothing(officer: Client, case: Case) -> None:
    assert officer.post(act(case, "hold"), {}).status_code == 409
    assert not LegalHold.objects.exists()


def test_a_hold_to_review_stands_on_the_home_page(dpo: Client, case: Case) -> None:
    day = timezone.localdate(NOW) + timedelta(days=2)  # it may be midnight soon
    casework.place_hold(case.pk, reason=WHY, review_on=day, by=DPO, at=NOW)
    home = reverse("admin:index")
    assert "with a legal hold to review" not in dpo.get(home).content.decode()
    LegalHold.objects.update(review_on=day - timedelta(days=3))
    assert "with a legal hold to review" in dpo.get(home).content.decode()


def test_a_file_whose_time_was_over_is_not_found(officer: Client, case: Case) -> None:
    new = NewFile("original", "letter.pdf", "application/pdf", b"%PDF-1.4")
    document = casework.add_document(case.pk, new, by=OFFICER, at=NOW)
    url = reverse("admin:document", args=[document.pk])
    before = officer.get(url)
    assert before.status_code == 200
    assert before.getvalue() == b"%PDF-1.4"
    Document.objects.update(file="", name="")
    assert officer.get(url).status_code == 404
    assert url not in officer.get(page(case)).content.decode()
