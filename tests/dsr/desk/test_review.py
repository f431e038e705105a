"""The review of what was found: filtered, opened, taken out, as the person gets it."""

import base64
import sqlite3
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from weasyprint import HTML

from dsr import casework
from dsr.models import SearchTask, Ticket, Withholding
from dsr.models.search import EVERY_ROW
from subjects.models import Identifier, Subject
from tests.dsr.desk.conftest import NOW, OFFICER

BALANCED = "Names her brother, whose privacy weighs more than this remark."
LETTER = HTML(string="<p>Ann Example came with Bob Other yesterday").write_pdf()
LONG = "She asked again. " * 40

pytestmark = pytest.mark.django_db

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
          - name: name
            data_categories: [user.name]
          - name: remark
            data_categories: [user]
          - name: partner
            data_categories: [user.unique_id]
            fides_meta: {identity: customer_number}
          - name: letter
            data_categories: [user]
          - name: illness
            data_categories: [user.health_and_medical]
"""


@pytest.fixture
def found(system: Path, ticket: Ticket) -> SearchTask:
    """Search a system that holds 5,000 records of Ann, some with others in them."""
    (system.parent / "crm.yml").write_text(DATASET, "utf-8")
    ann = ("ann@example.org", "Ann Example")
    special: dict[int, tuple[Any, ...]] = {
        1: (*ann, LONG, None, None, None),
        2: (*ann, "Bob Other is her brother", None, None, None),
        3: (*ann, "called", "K-200002", LETTER, "a broken arm"),
        4: ("ann@example.org", "Carl Else", "called", None, None, None),
        5000: (*ann, "the last one", None, None, None),
    }
    with sqlite3.connect(system) as rows:
        rows.execute("drop table customer")
        rows.execute(
            "create table customer"
            " (id integer primary key, email, name, remark, partner, letter, illness)"
        )
        rows.executemany(
            "insert into customer values (?, ?, ?, ?, ?, ?, ?)",
            [
                (number, *special.get(number, (*ann, "called", None, None, None)))
                for number in range(1, 5001)
            ],
        )
    rows.close()
    other = Subject.objects.create(name="Bob Other", created_at=NOW)
    Identifier.objects.create(
        subject=other,
        kind="customer_number",
        value="K-200002",
        normalized="K-200002",
        verified_at=NOW,
        verified_by="officer",
    )
    identifier = ticket.case.subject.identifiers.get(kind="email")
    casework.establish_identity(
        ticket.pk, method="call back", identifiers=[identifier.pk], by=OFFICER, at=NOW
    )
    casework.take_in_hand(ticket.pk, by=OFFICER, at=NOW)
    casework.search_systems(at=NOW)
    return ticket.searches.get()


def read(browser: Client, search: SearchTask, **asked: Any) -> str:
    url = reverse("admin:findings", args=[search.pk])
    return browser.get(url, {"collection": "crm:customer", **asked}).content.decode()


def withhold(browser: Client, search: SearchTask, row: int, **said: str) -> int:
    url = reverse("admin:withhold", args=[search.pk, row])
    given = {"ground": "others_rights", "note": BALANCED} | said
    return browser.post(f"{url}?collection=crm:customer", given).status_code


def shown_rows(text: str) -> int:
    return text.count("withhold from row")


def test_5000_records_are_reviewed(
    officer: Client, enter: Callable[[str], Client], found: SearchTask
) -> None:
    text = read(officer, found)
    assert "5000 records" in text
    assert shown_rows(text) == 100
    assert LONG not in text
    assert "read on" in text
    assert (
        LONG.strip()
        in officer.get(
            reverse("admin:withhold", args=[found.pk, 1]) + "?collection=crm:customer"
        ).content.decode()
    )
    assert "the last one" in read(officer, found, page="50")
    assert "the last one" in read(officer, found, page="99")

    only = read(officer, found, says="LAST  one", field="remark")
    assert shown_rows(only) == 1
    assert "No record is like that" in read(officer, found, says="last one", field="id")
    # What is in the envelope is found by nobody who may not open it.
    assert "No record is like that" in read(officer, found, says="broken arm")
    assert "a broken arm" not in text

    others = read(officer, found, show="others")
    assert shown_rows(others) == 3
    for hint in ("Bob Other", "shared with another person: K-200002", "Carl Else"):
        assert hint in others

    _columns_rules_and_words(officer, found)
    _a_document(officer, enter("medic"), found)


def _columns_rules_and_words(officer: Client, found: SearchTask) -> None:
    """Take out a column, records by a rule, and words; see what is left."""
    assert withhold(officer, found, 0, field="partner") == 302
    rule = {"field": "", "where_field": "name", "where_text": "carl else"}
    assert withhold(officer, found, 0, **rule) == 409  # it has health data, too
    rule["field"] = "name"
    assert withhold(officer, found, 0, **rule) == 302
    assert withhold(officer, found, 2, field="remark", passages="Bob Others") == 409
    assert withhold(officer, found, 2, field="remark", passages="bob other\n") == 302
    assert withhold(officer, found, 0, field="remark", where_text="nowhere") == 409
    silent = {"ground": "silent_exclusion", "passages": "called"}
    assert withhold(officer, found, 5, field="remark", **silent) == 409

    text = read(officer, found, show="withheld")
    assert "5000 records" in text  # the column
    assert "where name says “carl else”" in text
    given = read(officer, found, show="given")
    assert "█████ is her brother" in given
    assert "Carl Else" not in given
    assert '<th scope="col">partner' not in given
    column = Withholding.objects.get(field="partner")
    assert (column.row, column.where_text) == (EVERY_ROW, "")
    release = reverse("admin:release", args=[column.pk])
    assert officer.post(release).status_code == 302
    assert '<th scope="col">partner' in read(officer, found, show="given")


def _a_document(officer: Client, medic: Client, found: SearchTask) -> None:
    """Open a letter, black words out of it, and open what is left."""
    url = reverse("admin:finding_document", args=[found.pk, 3])
    asked = {"collection": "crm:customer", "field": "letter"}
    page = reverse("admin:withhold", args=[found.pk, 3])
    record = officer.get(f"{page}?collection=crm:customer&field=letter")
    assert "<mark>Bob Other</mark>" in record.content.decode()
    opened = officer.get(url, asked)
    assert opened["Content-Type"] == "application/pdf"
    assert b"".join(opened) == LETTER
    assert medic.get(url, asked).status_code == 403
    assert officer.get(url, asked | {"field": "illness"}).status_code == 403
    assert officer.get(url, asked | {"field": "remark"}).status_code == 404
    assert withhold(officer, found, 3, field="letter", passages="Bob Other") == 302
    left = b"".join(officer.get(url, asked | {"given": "1"}))
    assert [one.extract_text() for one in PdfReader(BytesIO(left)).pages] == [""]
    given = [
        one["record"] for one in casework.released_findings(found) if one["row"] == 3
    ]
    assert base64.b64decode(given[0]["letter"].partition(",")[2])[:5] == b"%PDF-"
    assert found.withheld.count() == 3
