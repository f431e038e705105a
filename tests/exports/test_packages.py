"""What lies in a package, and that it is what its manifest says."""

import csv
import hashlib
import io
import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from dsr import casework
from dsr.controller import current
from dsr.rights.grounds import OTHERS_RIGHTS
from dsr.vocabulary import RightCode, State
from exports.building import build_packages
from exports.models import Package, PackageState
from exports.packages.described import Descriptions
from exports.packages.tables import unguard
from exports.packages.writing import write_package
from tests.exports.conftest import NOW, Decided


def built(package: Package | None = None) -> zipfile.ZipFile:
    build_packages(at=NOW)
    found = package or Package.objects.get()
    assert found.state == PackageState.READY, found.last_error
    return zipfile.ZipFile(found.file.path)


def document(archive: zipfile.ZipFile) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(archive.read("data.json"))
    return whole


def test_a_decided_access_request_ends_in_a_package(decided: Decided) -> None:
    ticket = decided()

    build_packages(at=NOW)

    package = Package.objects.get(ticket=ticket)
    ticket.refresh_from_db()
    content = Path(package.file.path).read_bytes()
    assert package.state == PackageState.READY
    assert package.sha256 == hashlib.sha256(content).hexdigest()
    assert package.size == len(content)
    assert ticket.state == State.REPLY_PENDING
    assert ticket.letters.filter(kind="reply", state="draft").count() == 1


def test_every_record_found_is_in_the_document_and_in_its_table(
    decided: Decided,
) -> None:
    ticket = decided()

    archive = built()

    found: dict[str, list[Any]] = {}
    for search in ticket.searches.all():
        for line in casework.read_findings(search):
            found.setdefault(line["collection"], []).append(line["record"])
    parts = [
        part
        for system in document(archive)["systems"]
        for part in system["collections"]
    ]
    assert {part["collection"]: part["records"] for part in parts} == found
    for part in parts:
        text = archive.read(part["table"]).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) == 1 + len(part["records"])


def test_a_table_gives_back_each_text_as_it_was(decided: Decided) -> None:
    decided()

    archive = built()

    for system in document(archive)["systems"]:
        for part in system["collections"]:
            text = archive.read(part["table"]).decode("utf-8-sig")
            rows = csv.DictReader(io.StringIO(text, newline=""))
            for row, record in zip(rows, part["records"], strict=True):
                texts = {k: v for k, v in record.items() if isinstance(v, str)}
                assert {k: unguard(row[k]) for k in texts} == texts


def test_the_manifest_holds_the_digest_size_and_count_of_every_file(
    decided: Decided,
) -> None:
    decided()

    archive = built()

    manifest = json.loads(archive.read("manifest.json"))
    listed = {one["path"]: one for one in manifest["files"]}
    assert set(listed) | {"manifest.json"} == set(archive.namelist())
    for path, one in listed.items():
        content = archive.read(path)
        assert one["sha256"] == hashlib.sha256(content).hexdigest()
        assert one["bytes"] == len(content)
    assert manifest == Package.objects.get().manifest
    assert archive.testzip() is None


def test_the_same_decision_gives_the_same_bytes(
    decided: Decided, tmp_path: Path, settings: Any
) -> None:
    ticket = decided()
    build_packages(at=NOW)
    descriptions = Descriptions(settings.SYSTEMS_FILE)

    written = write_package(
        ticket,
        current(),
        descriptions,
        tmp_path / "again",
        attempt=1,
        beat=lambda: None,
    )

    package = Package.objects.get()
    assert written.sha256 == package.sha256
    assert (tmp_path / "again").read_bytes() == Path(package.file.path).read_bytes()


def test_a_withheld_field_is_named_with_its_ground_and_is_nowhere_else(
    decided: Decided,
) -> None:
    ticket = decided(person=3, withheld=("crm:customers", "email"))

    archive = built()

    whole = document(archive)
    assert whole["withheld"] == [
        {
            "system": "Customer management",
            "collection": "Customer file",
            "field": "E-mail address",
            "in_part": False,
            "count": 1,
            "ground": str(OTHERS_RIGHTS.label),
            "source": "GDPR Art. 15(4)",
        }
    ]
    for path in archive.namelist():
        assert "Names a neighbour" not in archive.read(path).decode()
    records = next(
        part["records"]
        for system in whole["systems"]
        for part in system["collections"]
        if part["collection"] == "crm:customers"
    )
    assert all("email" not in record for record in records)
    assert ticket.outcome == "partial"


def test_a_withheld_record_is_left_out_whole(decided: Decided) -> None:
    ticket = decided(withheld=("claims:claims", ""))
    search = ticket.searches.get(system="claims")

    archive = built()

    parts = {
        part["collection"]: part
        for system in document(archive)["systems"]
        for part in system["collections"]
    }
    given = parts.get("claims:claims", {"records": []})["records"]
    assert len(given) == search.counts["claims:claims"] - 1


def test_portability_gives_only_what_the_person_provided(decided: Decided) -> None:
    decided(RightCode.PORTABILITY, person=3)

    archive = built()

    whole = document(archive)
    left = {one["collection"]: one["fields"] for one in whole["left_out"]}
    assert "Customer group assigned by us" in left["Customer file"]
    assert {one["reason"] for one in whole["left_out"]} <= {
        "We derived it; you did not provide it.",
        "We use it on another basis than consent or a contract.",
        "It is not known to come from you.",
    }
    fields = {
        (part["collection"], name)
        for system in whole["systems"]
        for part in system["collections"]
        for record in part["records"]
        for name in record
    }
    assert ("crm:customers", "email") in fields
    assert ("crm:customers", "segment") not in fields


@pytest.mark.parametrize(
    ("person", "language", "says"),
    [
        (0, "fr", "Délégué à la protection des données"),
        (1, "nl", "Functionaris voor gegevensbescherming"),
        (2, "de", "Datenschutzbeauftragter"),
        (3, "en", "Data Protection Officer"),
    ],
)
def test_the_page_speaks_the_persons_language(
    decided: Decided, person: int, language: str, says: str
) -> None:
    decided(person=person)

    page = built().read("index.html").decode()

    assert f'<html lang="{language}">' in page
    assert says in page


def test_the_page_is_well_formed_and_needs_nothing_from_outside(
    decided: Decided,
) -> None:
    decided()

    page = built().read("index.html").decode()

    checker = Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    assert checker.faults == []
    assert len(checker.ids) == len(set(checker.ids))
    assert {link[1:] for link in checker.links if link.startswith("#")} <= set(
        checker.ids
    )
    outside = [link for link in checker.links if ":" in link]
    assert all(link.startswith("mailto:") for link in outside)
    assert "<script" not in page
    assert "@import" not in page
    assert "url(" not in page


def test_every_link_of_the_page_leads_to_a_file_of_the_package(
    decided: Decided,
) -> None:
    decided()

    archive = built()

    checker = Checker()
    checker.feed(archive.read("index.html").decode())
    files = {link for link in checker.links if not link.startswith(("#", "mailto:"))}
    assert files == set(archive.namelist()) - {"index.html"}


VOID = {"meta", "br", "img", "hr", "input", "link"}


class Checker(HTMLParser):
    """Notes what is not closed, every id and every link."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [one for one in [given.get("id")] if one]
        self.links += [one for one in [given.get("href"), given.get("src")] if one]
        if tag not in VOID:
            self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")
