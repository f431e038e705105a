"""What the law forbids even to mention leaves no trace in anything that goes out.

Source: Belgian Act of 30 July 2018, Arts. 11-17.
"""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import yaml

from dsr import casework
from dsr.letters.compose import compose
from dsr.models import Letter, Ticket, Withholding
from dsr.models.search import EVERY_ROW
from dsr.vocabulary import RightCode
from exports.building import build_packages
from exports.models import Package
from tests.dsr.steps import decide
from tests.exports.conftest import DPO, HANDLER, NOW, propose_again, searched_one


def document(archive: zipfile.ZipFile) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(archive.read("data.json"))
    return whole


def test_a_silent_exclusion_leaves_no_trace_in_any_file(desk: None) -> None:
    plain = document_of(searched_one(RightCode.ACCESS, person=3))
    ticket = searched_one(RightCode.ACCESS, person=3)
    hide_silently(ticket, "crm:customers", 1, "email")
    hide_silently(ticket, "claims:claims", 1, "")

    propose_again(ticket)
    build_packages(at=NOW)
    package = Package.objects.get(ticket=ticket)
    archive = zipfile.ZipFile(package.file.path)

    whole = document(archive)
    assert whole["withheld"] == []
    counts = sum(len(records) for records in records_of(whole).values())
    assert counts == sum(len(records) for records in records_of(plain).values()) - 1
    assert package.manifest["records"] == counts
    first = records_of(whole)["crm:customers"][0]
    assert first.keys() == records_of(plain)["crm:customers"][0].keys()
    assert first["email"] is None
    for path in archive.namelist():
        text = archive.read(path).decode().lower()
        assert "silent" not in text
        assert "police" not in text
    assert ticket.outcome == ""


def document_of(ticket: Ticket) -> dict[str, Any]:
    propose_again(ticket)
    build_packages(at=NOW)
    package = Package.objects.get(ticket=ticket)
    return document(zipfile.ZipFile(package.file.path))


def records_of(whole: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {
        part["collection"]: part["records"]
        for system in whole["systems"]
        for part in system["collections"]
    }


def hide_silently(ticket: Ticket, collection: str, row: int, field: str) -> None:
    search = next(one for one in ticket.searches.all() if collection in one.counts)
    casework.withhold(
        search.pk,
        collection=collection,
        row=row,
        field=field,
        ground="silent_exclusion",
        note="Art. 12: came from the police.",
        by=HANDLER,
        at=NOW,
    )


def test_the_letter_says_nothing_of_it_either(desk: None) -> None:
    ticket = searched_one(RightCode.ACCESS, person=3, language="en")
    hide_silently(ticket, "crm:customers", 1, "email")
    propose_again(ticket)
    build_packages(at=NOW)
    decide(ticket.pk, by=DPO, at=NOW)

    letter = compose(Letter.objects.get(ticket=ticket.pk, kind="reply"))

    said = f"{letter.mail_text} {letter.html}".lower()
    assert "granted your request." in said
    for word in ("silent", "police", "withheld", "30 july 2018"):
        assert word not in said


def test_what_is_described_as_silent_is_as_if_it_were_not_there(
    desk: None, settings: Any, tmp_path: Path, company: Path
) -> None:
    folder = tmp_path / "company"
    shutil.copytree(company, folder)
    settings.SYSTEMS_FILE = folder / "systems.toml"
    described = yaml.safe_load((folder / "crm.yml").read_text("utf-8"))
    of_name = {one["name"]: one for one in described["dataset"][0]["collections"]}
    score = next(
        field
        for field in of_name["customers"]["fields"]
        if field["name"] == "loyalty_score"
    )
    score.setdefault("rightsdesk", {})["silent"] = True
    of_name["interactions"].setdefault("rightsdesk", {})["silent"] = True
    (folder / "crm.yml").write_text(yaml.safe_dump(described), "utf-8")

    for right in (RightCode.ACCESS, RightCode.PORTABILITY):
        ticket = searched_one(right, person=3)
        whole = document_of(ticket)
        records = records_of(whole)
        assert records["crm:policies"]
        assert "crm:interactions" not in records
        assert all("loyalty_score" not in one for one in records["crm:customers"])
        assert whole["withheld"] == []
        assert "likelihood that you stay" not in json.dumps(whole)
        kept = Withholding.objects.filter(search__ticket=ticket)
        places = kept.values_list("collection", "field", "row", "added_by")
        assert set(places) == {
            ("crm:customers", "loyalty_score", EVERY_ROW, "system"),
            ("crm:interactions", "", EVERY_ROW, "system"),
        }
