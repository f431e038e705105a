"""The health envelope at the desk: only a medical adviser sees what is inside."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from dsr import casework
from dsr.casework import NewFile
from dsr.models import (
    Arrival,
    ArrivalResult,
    Case,
    Document,
    HealthClearance,
    LedgerEntry,
    SearchTask,
    Ticket,
    Withholding,
)
from tests.dsr.conftest import events
from tests.dsr.desk.conftest import NOW, OFFICER

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]
BALANCED = "Names the therapist of her brother, whose privacy weighs more."
SECRET, PLAIN = "broken wrist", "called on Monday"
DATASET = """
dataset:
  - fides_key: crm
    name: CRM
    collections:
      - name: customer
        fields:
          - name: id
            fides_meta: {primary_key: true}
          - name: email
            data_categories: [user.contact.email]
            fides_meta: {identity: email}
          - name: remark
            data_categories: [user]
          - name: diagnosis
            data_categories: [user.health_and_medical]
      - name: certificate
        data_categories: [user.health_and_medical]
        fields:
          - name: email
            data_categories: [user.contact.email]
            fides_meta: {identity: email}
          - name: words
            data_categories: [user.content]
"""


@pytest.fixture
def system(system: Path) -> Path:
    """Let the system know a diagnosis, and a certificate."""
    with sqlite3.connect(system) as rows:
        rows.execute("alter table customer add column diagnosis")
        rows.execute("update customer set diagnosis = ? where id = 1", [SECRET])
        rows.execute("create table certificate (email, words)")
        rows.execute("insert into certificate values ('ann@example.org', 'unfit')")
    rows.close()
    system.with_name("crm.yml").write_text(DATASET, "utf-8")
    return system


@pytest.fixture
def medic(enter: Enter, staff: dict[str, User]) -> Client:
    """Return the medical adviser's browser."""
    return enter("medic")


@pytest.fixture
def search(found: Ticket) -> SearchTask:
    """Return the search that found health data."""
    return found.searches.get()


def page(search: SearchTask, collection: str = "crm:customer") -> str:
    url = reverse("admin:findings", args=[search.pk])
    return f"{url}?collection={collection}"


def withhold(search: SearchTask, collection: str = "crm:customer") -> str:
    url = reverse("admin:withhold", args=[search.pk, 1])
    return f"{url}?collection={collection}"


def test_others_see_that_there_are_health_data_and_how_many(
    officer: Client, dpo: Client, search: SearchTask
) -> None:
    for client in (officer, dpo):
        text = client.get(page(search)).content.decode()
        assert SECRET not in text
        assert PLAIN in text
        assert "health data" in text
        certificates = client.get(page(search, "crm:certificate")).content.decode()
        assert "unfit" not in certificates
        assert SECRET not in client.get(withhold(search)).content.decode()
        url = reverse("admin:dsr_case_change", args=[search.ticket.case_id])
        assert "Records: 2, fields: 3" in client.get(url).content.decode()


def test_the_medical_adviser_sees_the_health_data_and_nothing_else(
    medic: Client, search: SearchTask
) -> None:
    listed = medic.get(reverse("admin:health")).content.decode()
    assert search.ticket.case.reference in listed
    assert "Ann Example" not in listed
    text = medic.get(page(search)).content.decode()
    assert SECRET in text
    assert PLAIN not in text
    assert "ann@example.org" not in text
    assert reverse("admin:dsr_case_change", args=[search.ticket.case_id]) not in text
    form = medic.get(withhold(search)).content.decode()
    assert SECRET in form
    assert PLAIN not in form
    assert "the whole record" not in form
    assert "unfit" in medic.get(page(search, "crm:certificate")).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "dsr_case_change", "dsr_case_changelist", "act", "case_act",
        "dsr_ticket_changelist", "dsr_ledgerentry_changelist", "excuse",
        "dsr_letter_changelist", "dsr_searchtask_changelist", "reviews",
    ],
)  # fmt: skip
def test_the_medical_adviser_enters_no_other_page(
    medic: Client, search: SearchTask, address: str
) -> None:
    ticket = search.ticket
    numbers: dict[str, list[object]] = {
        "dsr_case_change": [ticket.case_id],
        "act": [ticket.pk, "clear_health"],
        "case_act": [ticket.case_id, "note"],
        "excuse": [search.pk],
    }
    url = reverse(f"admin:{address}", args=numbers.get(address, []))
    assert medic.get(url).status_code == 403


def test_who_opens_the_envelope_stands_in_the_ledger(
    officer: Client, medic: Client, search: SearchTask
) -> None:
    officer.get(page(search))
    assert "case.health_seen" not in events(search.ticket.case)
    medic.get(page(search))
    line = LedgerEntry.objects.order_by("pk").last()
    assert line is not None
    assert (line.event, line.by) == ("case.health_seen", "medic")
    assert line.facts == {"search": search.pk}


def test_each_withholds_only_what_they_see(
    officer: Client, medic: Client, search: SearchTask
) -> None:
    said = {"ground": "others_rights", "note": BALANCED}
    url = withhold(search)
    assert officer.post(url, said | {"field": "diagnosis"}).status_code == 400
    assert medic.post(url, said | {"field": "remark"}).status_code == 400
    mixed = officer.post(url, said | {"field": ""})
    assert mixed.status_code == 409
    assert "withhold its other fields one by one" in mixed.content.decode()
    silent = said | {"ground": "silent_exclusion", "field": ""}
    assert officer.post(url, silent).status_code == 302
    assert SECRET not in medic.get(page(search)).content.decode()
    item = Withholding.objects.get()
    assert medic.post(reverse("admin:release", args=[item.pk])).status_code == 409
    assert officer.post(reverse("admin:release", args=[item.pk])).status_code == 302
    assert medic.post(url, said | {"field": "diagnosis"}).status_code == 302
    whole = withhold(search, "crm:certificate")
    assert officer.post(whole, said | {"field": ""}).status_code == 409
    assert medic.post(whole, said | {"field": ""}).status_code == 302
    item = Withholding.objects.get(field="diagnosis")
    release = reverse("admin:release", args=[item.pk])
    assert release not in officer.get(page(search)).content.decode()
    assert release in medic.get(page(search)).content.decode()
    assert officer.post(release).status_code == 409
    assert medic.post(release).status_code == 302


def answer_list(ticket: Ticket) -> None:
    """Answer what is open on the list of Art. 15."""
    for one in ticket.information.filter(state="open"):
        said = {"item": one.item, "state": "given", "because": BALANCED}
        casework.answer_information(ticket.pk, **said, by=OFFICER, at=NOW)


def test_the_envelope_is_looked_at_before_it_is_given(
    officer: Client, medic: Client, search: SearchTask
) -> None:
    ticket = search.ticket
    url = reverse("admin:act", args=[ticket.pk, "propose"])
    answer_list(ticket)
    answer = officer.post(url, {"outcome": "granted"})
    assert answer.status_code == 409
    assert "a medical adviser has to look at them first" in answer.content.decode()
    clear = reverse("admin:clear_health", args=[ticket.pk])
    assert officer.post(clear).status_code == 403
    assert medic.post(clear).status_code == 302
    assert medic.post(clear, follow=True).content.decode().count("already") == 1
    clearance = HealthClearance.objects.get()
    assert (clearance.ticket_id, clearance.cleared_by) == (ticket.pk, "medic")
    assert events(ticket.case)[-1] == "search.health_cleared"
    assert officer.post(url, {"outcome": "granted"}).status_code == 302
    assert Ticket.objects.get(pk=ticket.pk).state == "packaging"


def test_what_a_later_search_finds_is_looked_at_anew(
    medic: Client, search: SearchTask
) -> None:
    medic.post(reverse("admin:clear_health", args=[search.ticket_id]))
    SearchTask.objects.filter(pk=search.pk).update(sha256="1" * 64)
    text = medic.get(reverse("admin:health")).content.decode()
    assert reverse("admin:clear_health", args=[search.ticket_id]) in text


def test_a_closed_case_is_out_of_reach(medic: Client, search: SearchTask) -> None:
    casework.withdraw(search.ticket_id, by=OFFICER, at=NOW)
    assert medic.get(page(search)).status_code == 403
    empty = medic.get(reverse("admin:health")).content.decode()
    assert "No open case holds health data." in empty


@pytest.fixture
def scan(case: Case) -> Document:
    """Return a file of a case."""
    new = NewFile("attachment", "scan.pdf", "application/pdf", b"%PDF-1.7")
    return casework.add_document(case.pk, new, by=OFFICER, at=NOW)


def status_of(client: Client, document: Document) -> int:
    answer = client.get(reverse("admin:document", args=[document.pk]))
    list(answer)  # a file is closed when it has been read
    return int(answer.status_code)


def test_a_document_in_the_envelope_is_the_medical_advisers(
    officer: Client, dpo: Client, medic: Client, scan: Document
) -> None:
    seal = reverse("admin:seal", args=[scan.pk])
    assert [status_of(one, scan) for one in (officer, dpo, medic)] == [200, 200, 403]
    assert dpo.post(seal, {"is_health": "on"}).status_code == 403
    assert officer.post(seal, {"is_health": "on"}).status_code == 302
    assert [status_of(one, scan) for one in (officer, dpo, medic)] == [403, 403, 200]
    address = reverse("admin:document", args=[scan.pk])
    assert address in medic.get(reverse("admin:health")).content.decode()
    case = reverse("admin:dsr_case_change", args=[scan.case_id])
    text = officer.get(case).content.decode()
    assert "scan.pdf" not in text
    assert f'href="{address}"' not in text
    again = officer.post(seal, {"is_health": "on"}, follow=True).content.decode()
    assert "The document is marked so already." in again
    assert officer.post(seal).status_code == 302
    assert [status_of(one, scan) for one in (officer, dpo, medic)] == [200, 200, 403]
    lines = LedgerEntry.objects.filter(event__contains="sealed").order_by("pk")
    assert [(one.event, one.by, one.facts) for one in lines] == [
        ("case.document_sealed", "officer", {"document": scan.pk}),
        ("case.document_unsealed", "officer", {"document": scan.pk}),
    ]


def test_the_mail_that_a_sealed_document_came_with_is_closed_too(
    officer: Client, medic: Client, scan: Document
) -> None:
    mail = Arrival(sha256="0" * 64, received_at=NOW, result=ArrivalResult.OPENED)
    mail.case = scan.case
    mail.raw.save("mail", ContentFile(b"Subject: hello\n\nHello\n"))
    casework.seal_document(scan.pk, is_health=True, by=OFFICER, at=NOW)
    url = reverse("admin:mail", args=[mail.pk])
    assert officer.get(url).status_code == 403
    assert medic.get(url).status_code == 403


def test_who_is_handler_and_medical_adviser_sees_both(
    officer: Client, staff: dict[str, User], search: SearchTask
) -> None:
    staff["officer"].groups.add(Group.objects.get(name="medical_adviser"))
    text = officer.get(page(search)).content.decode()
    assert SECRET in text
    assert PLAIN in text
