"""What was found: shown, withheld with a ground, excused; and the ledger of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from dsr import casework
from dsr.models import LedgerEntry, Ticket, Withholding
from tests.dsr.desk.conftest import DPO, NOW, OFFICER
from tests.dsr.steps import inform

BALANCED = "Names her brother, whose privacy weighs more than this remark."

pytestmark = pytest.mark.django_db


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
    said = {"field": "remark", "ground": "others_rights", "note": BALANCED}
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


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"ground": "others_rights", "note": "x"}, "The balancing needs at least 30"),
        ({"ground": "legal_restriction", "note": BALANCED}, "Name the article of the"),
    ],
)
def test_what_is_withheld_is_weighed_and_names_its_law(
    officer: Client, found: Ticket, said: dict[str, str], sentence: str
) -> None:
    answer = officer.post(withhold_url(found, 1), {"field": "remark", **said})
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert not Withholding.objects.exists()


def test_a_silent_exclusion_is_offered_with_its_law(
    officer: Client, found: Ticket
) -> None:
    page = officer.get(withhold_url(found, 1)).content.decode()
    assert "Belgian Act of 30 July 2018 Arts. 11-17" in page
    said = {"field": "remark", "ground": "silent_exclusion", "note": "Art. 12: police"}
    assert officer.post(withhold_url(found, 2), said).status_code == 302
    assert "silent exclusion" in officer.get(findings(found)).content.decode()


def test_a_record_that_was_not_found_cannot_be_withheld(
    officer: Client, found: Ticket
) -> None:
    assert officer.get(withhold_url(found, 9)).status_code == 404


def test_after_the_proposal_nothing_is_withheld(officer: Client, found: Ticket) -> None:
    inform(found.pk)
    casework.propose(found.pk, outcome="granted", by=OFFICER, at=NOW)
    said = {"field": "", "ground": "others_rights", "note": BALANCED}
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


def test_an_item_is_not_withheld_because_the_request_is_excessive(
    officer: Client, found: Ticket
) -> None:
    page = officer.get(withhold_url(found, 1)).content.decode()
    assert "GDPR Art. 15(4)" in page
    assert "GDPR Art. 12(5)" not in page
