"""Documents that a system's owner handed in lie in the package, unless withheld."""

import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from weasyprint import HTML

from dsr import casework
from dsr.casework import errand_answers
from dsr.models import Ticket
from dsr.policy import PolicyError
from dsr.vocabulary import OWNER, RightCode
from exports.building import build_packages
from exports.models import Package
from subjects.systems.people import DOCUMENTS
from tests.exports.conftest import HANDLER, NOW, propose_again, searched_one

LISTED = """
[[system]]
key = "archive"
kind = "people"
name = "Archive"
owner = "archive@rightsdesk-demo.example"
"""
SCAN, LETTER = b"%PDF-1.7 scan", b"\xff\xd8\xff letter"


def handed_in(settings: Any, tmp_path: Path, scan: bytes = SCAN) -> Ticket:
    settings.SYSTEMS_FILE = tmp_path / "systems.toml"
    settings.SYSTEMS_FILE.write_text(LISTED, "utf-8")
    ticket = searched_one(RightCode.ACCESS)
    files = (
        casework.NewFile("attachment", "scan.pdf", "application/pdf", scan),
        casework.NewFile("attachment", "letter.jpg", "image/jpeg", LETTER),
    )
    answer = errand_answers.SearchAnswer(found=True, files=files)
    errand_answers.answer_search(ticket.errands.get().pk, answer, by=OWNER, at=NOW)
    return Ticket.objects.get(pk=ticket.pk)


def test_a_document_is_given_and_a_withheld_one_is_not(
    desk: None, settings: Any, tmp_path: Path
) -> None:
    ticket = handed_in(settings, tmp_path)
    search = ticket.searches.get()
    casework.withhold(
        search.pk,
        collection=f"archive:{DOCUMENTS}",
        row=2,
        field="",
        ground="others_rights",
        note="The letter is about a neighbour, who has a right to privacy.",
        by=HANDLER,
        at=NOW,
    )
    propose_again(ticket, "partial", ["others_rights"])
    build_packages(at=NOW)
    package = Package.objects.get()
    with zipfile.ZipFile(package.file.path) as archive:
        names = [one for one in archive.namelist() if one.startswith("documents/")]
        assert names == ["documents/archive/1.pdf"]
        assert archive.read(names[0]) == SCAN
        whole = json.loads(archive.read("data.json"))
        assert LETTER not in b"".join(map(archive.read, archive.namelist()))
    assert "documents/archive/1.pdf" in json.dumps(whole)
    assert any(one["path"] == names[0] for one in package.manifest["files"])


def test_a_document_that_was_changed_is_no_package(
    desk: None, settings: Any, tmp_path: Path
) -> None:
    ticket = handed_in(settings, tmp_path)
    found = ticket.searches.get().documents.get(row=1)
    Path(found.file.path).write_bytes(b"%PDF-1.7 another")
    propose_again(ticket)
    build_packages(at=NOW)
    assert "missing or damaged" in Package.objects.get().last_error


def test_words_are_gone_from_a_document_and_a_rule_keeps_another(
    desk: None, settings: Any, tmp_path: Path
) -> None:
    letter: bytes = HTML(string="<p>Jeanne Peeters and Bob Other").write_pdf()
    ticket = handed_in(settings, tmp_path, letter)
    search = ticket.searches.get()
    weighed: dict[str, Any] = {
        "collection": f"archive:{DOCUMENTS}",
        "ground": "others_rights",
        "note": "The letter is about a neighbour, who has a right to privacy.",
        "by": HANDLER,
        "at": NOW,
    }
    words: dict[str, Any] = {"field": "file", "passages": ["bob other"]}
    with pytest.raises(PolicyError, match="Its words cannot be read"):
        casework.withhold(search.pk, row=2, **words, **weighed)
    with pytest.raises(PolicyError, match="These words do not stand there"):
        casework.withhold(search.pk, row=1, **words | {"passages": ["Eve"]}, **weighed)
    casework.withhold(search.pk, row=1, **words, **weighed)
    rule: dict[str, Any] = {
        "row": 0,
        "field": "",
        "where_field": "name",
        "where_text": "letter.jpg",
    }
    casework.withhold(search.pk, **rule, **weighed)

    propose_again(ticket, "partial", ["others_rights"])
    build_packages(at=NOW)

    with zipfile.ZipFile(Package.objects.get().file.path) as archive:
        names = [one for one in archive.namelist() if one.startswith("documents/")]
        assert names == ["documents/archive/1.pdf"]
        given = archive.read(names[0])
        whole = json.loads(archive.read("data.json"))
    assert [page.extract_text() for page in PdfReader(BytesIO(given)).pages] == [""]
    record = whole["systems"][0]["collections"][0]["records"][0]
    assert record["sha256"] == hashlib.sha256(given).hexdigest()
    assert [
        (one["field"], one["in_part"], one["count"]) for one in whole["withheld"]
    ] == [
        ("", False, 1),
        ("Fichier dans ce paquet", True, 1),
    ]
