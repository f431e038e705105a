"""The two reports read back: what they say, what is inside, what they leave out."""

import hashlib
import io
import json
from typing import Any

import pikepdf
import pytest
from django.db import connection
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from dsr.models import Deletion
from dsr.policy import PolicyError
from dsr.vocabulary import SYSTEM, Actor
from exports.building import build_packages
from exports.reports.digest import data_digest
from exports.reports.making import Made, make_audit, make_bundle, zone
from exports.reports.pdf import make_report
from exports.reports.period import Period, read_period
from exports.reports.retention import retention
from exports.reports.verify import bundle_faults, read_bundle
from subjects.demo.company import DEMO_PEOPLE
from tests.exports.conftest import DAY, NOW, Decided, answer

AFTER = NOW + 2 * DAY
NAMES = [
    word
    for person in DEMO_PEOPLE
    for word in (person.last_name, person.email, person.customer_number)
]


def november() -> Period:
    return read_period("2026-11-01", "2026-11-30", zone())


@pytest.fixture
def bundle(decided: Decided) -> Made:
    """Answer Jeanne's request in part, and make the file of her case."""
    ticket = decided(withheld=("crm:customers", "email"))
    build_packages(at=NOW)
    ticket = answer(ticket)
    return make_bundle(ticket.case, language="en", by=SYSTEM, at=AFTER)


def words(made: Made) -> str:
    pages = PdfReader(io.BytesIO(made.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_period_report_says_what_its_data_hold(decided: Decided) -> None:
    ticket = decided(withheld=("crm:customers", "email"))
    build_packages(at=NOW)
    answer(ticket)

    made = make_audit(november(), language="en", by=SYSTEM, at=AFTER)

    text, data = words(made), json.loads(made.json)
    assert "Inter Partner Assistance" in text
    assert "dpo.bnl@ipa.example" in text
    assert made.digest in text
    assert ticket.case.reference in text
    assert "It is whole." in text
    assert data["figures"]["on_time_strict"] == {
        "part": 1,
        "whole": 1,
        "percent": 100.0,
    }
    assert data["refusals"][0]["grounds"] == ["others_rights"]


def test_the_period_report_says_what_was_deleted(decided: Decided) -> None:
    ticket = decided()
    Deletion.objects.create(
        tier="T0",
        reference=ticket.case.reference,
        kind="proof",
        count=2,
        job="dsr.delete_expired",
        deleted_at=NOW,
    )
    assert retention(november()) == {
        "deleted": [{"tier": "T0", "kind": "proof", "count": 2}],
        "identity_documents_stored": 0,
        "legal_holds": 0,
        "register_totals": [],
    }


def test_the_period_report_names_no_person(decided: Decided) -> None:
    decided()

    made = make_audit(november(), language="fr", by=SYSTEM, at=AFTER)

    said = words(made) + made.json.decode()
    for name in (*NAMES, "olivia", "dirk"):
        assert name not in said


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_both_reports_are_tagged_archives_in_their_language(
    decided: Decided, language: str
) -> None:
    case = decided().case

    for made in (
        make_audit(november(), language=language, by=SYSTEM, at=AFTER),
        make_bundle(case, language=language, by=SYSTEM, at=AFTER),
    ):
        with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
            meta = pdf.open_metadata()
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
            assert str(pdf.Root.Lang) == language
            assert pdf.Root.MarkInfo.Marked
            assert "/StructTreeRoot" in pdf.Root
            assert not pdf.is_encrypted
            for page in pdf.pages:
                fonts = page.Resources.Font
                assert all(_is_embedded(font) for _name, font in fonts.items())
            info = str(dict(pdf.docinfo)) + str(meta)
            assert not any(name in info for name in NAMES)


def _is_embedded(font: Any) -> bool:
    descriptor = font.DescendantFonts[0].FontDescriptor
    return "/ToUnicode" in font and any(
        key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def test_every_page_shows_its_number_and_the_digest(decided: Decided) -> None:
    decided()

    made = make_audit(november(), language="en", by=SYSTEM, at=AFTER)

    pages = PdfReader(io.BytesIO(made.pdf)).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"{number} / {len(pages)}" in text
        assert made.digest in text


def test_the_data_travel_inside_with_a_digest_that_fits(bundle: Made) -> None:
    inside = PdfReader(io.BytesIO(bundle.pdf)).attachments

    data = json.loads(inside["case.json"][0])
    bare = {k: v for k, v in data.items() if k not in {"generated_at", "data_sha256"}}
    assert inside["case.json"][0] == bundle.json
    assert data_digest(bare) == data["data_sha256"] == bundle.digest
    letters = {
        f"letter-{one['number']}.pdf": one["pdf_sha256"]
        for one in data["letters"]
        if one["pdf_sha256"]
    }
    assert letters
    for name, digest in letters.items():
        assert hashlib.sha256(inside[name][0]).hexdigest() == digest


def test_the_file_of_a_case_holds_what_an_auditor_asks_for(bundle: Made) -> None:
    data, text = json.loads(bundle.json), words(bundle)

    ticket = data["tickets"][0]
    assert [one["system"] for one in ticket["searches"]] == ["claims", "crm"]
    assert ticket["withheld"][0]["field"] == "email"
    assert (ticket["decision"]["proposed_by"], ticket["decision"]["decided_by"]) == (
        "olivia",
        "dirk",
    )
    assert ticket["clock"]["on_time_strict"] is True
    assert ticket["clock"]["on_time"] is True
    assert len(ticket["clock"]["steps"]) >= 2
    assert ticket["package"]["sha256"] in text
    assert all(one["proof"] for one in data["letters"])
    assert [line["number"] for line in data["ledger"]] == list(
        range(1, len(data["ledger"]) + 1)
    )
    assert "How the legal day was reached" in text


def test_the_same_case_gives_the_same_bytes(decided: Decided) -> None:
    decided()
    first = make_audit(november(), language="en", by=SYSTEM, at=AFTER)

    again = make_report("<html lang=en><title>x</title><p>x", [], at=AFTER)
    twice = make_report("<html lang=en><title>x</title><p>x", [], at=AFTER)

    assert first.pdf[:5] == b"%PDF-"
    assert again == twice


def test_a_report_fetches_nothing() -> None:
    with pytest.raises(FatalURLFetchingError):
        make_report('<p><a rel=attachment href="file:///etc/passwd">x</a>', [], at=NOW)
    with pytest.raises(FatalURLFetchingError):
        make_report('<img src="data:text/html,x">', [], at=NOW)


def test_only_auditor_and_officer_may_make_one(decided: Decided) -> None:
    case = decided().case
    handler = Actor("olivia", frozenset({"handler"}))

    with pytest.raises(PolicyError):
        make_bundle(case, language="en", by=handler, at=AFTER)
    with pytest.raises(PolicyError):
        make_audit(november(), language="en", by=handler, at=AFTER)


def test_a_whole_file_of_a_case_has_no_fault(bundle: Made) -> None:
    assert list(bundle_faults(read_bundle(bundle.json))) == []


def _edit(data: dict[str, Any]) -> None:
    data["ledger"][2]["by"] = "somebody else"


def _cut(data: dict[str, Any]) -> None:
    data["ledger"].pop()


def _leave_out(data: dict[str, Any]) -> None:
    del data["ledger"][1]


def _exchange(data: dict[str, Any]) -> None:
    lines = data["ledger"]
    lines[1], lines[2] = lines[2], lines[1]


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (_edit, "line 3 was changed"),
        (_cut, "is missing: the chain ends before its head"),
        (_leave_out, "line 2 is missing"),
        (_exchange, "line 2 is missing"),
    ],
)
def test_a_tampered_file_of_a_case_is_found_at_its_line(
    bundle: Made, tamper: Any, says: str
) -> None:
    data = read_bundle(bundle.json)

    tamper(data)

    faults = list(bundle_faults(data))
    assert "the data were changed" in faults[0]
    assert says in faults[1]


def test_a_broken_ledger_stands_in_the_period_report(decided: Decided) -> None:
    reference = decided().case.reference
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER ledger_no_update")
        else:
            cursor.execute("ALTER TABLE dsr_ledgerentry DISABLE TRIGGER ALL")
        cursor.execute(
            "UPDATE dsr_ledgerentry SET by = 'x' WHERE reference = %s AND number = 2",
            [reference],
        )

    made = make_audit(november(), language="en", by=SYSTEM, at=AFTER)

    assert "It is broken:" in words(made)
    assert f"{reference}: line 2 was changed" in words(made)
