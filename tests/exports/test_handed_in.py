"""Documents that a system's owner handed in lie in the package, unless withheld."""

import json
import zipfile
from pathlib import Path
from typing import Any

from dsr import casework
from dsr.casework import errand_answers
from dsr.models import Ticket
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


def handed_in(settings: Any, tmp_path: Path) -> Ticket:
    settings.SYSTEMS_FILE = tmp_path / "systems.toml"
    settings.SYSTEMS_FILE.write_text(LISTED, "utf-8")
    ticket = searched_one(RightCode.ACCESS)
    files = (
        casework.NewFile("attachment", "scan.pdf", "application/pdf", SCAN),
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
