"""The answer to one person with the copy of another: by design, or by accident."""

from pathlib import Path

import time_machine
from django.test import Client
from django.urls import reverse

from dsr.models import Case, LedgerEntry, Ticket
from exports.building import build_packages
from exports.models import Package
from tests.exports.conftest import DAY, NOW, answer, decide_one, propose_one
from tests.exports.test_delivery import come_in, fetch

FETCHED = NOW + 2 * DAY
GONE, NOT_FOUND = 410, 404


def answered(person: int) -> Ticket:
    """Answer one of the demo people; person 0 is Jeanne, 1 is Luc."""
    ticket = decide_one(person=person)
    build_packages(at=NOW)
    return answer(ticket)


def let_in(case: Case) -> Client:
    """Open a case in a browser of its own."""
    client = Client()
    come_in(client, case, FETCHED)
    return client


def asked_for_by_another() -> str:
    """Ask for her package, her letters and her page with his own code."""
    hers, his = answered(0), answered(1)
    with time_machine.travel(FETCHED):
        luc = let_in(his.case)
        assert fetch(luc, hers).status_code == NOT_FOUND
        for letter in hers.case.letters.all():
            for case in (hers.case, his.case):
                path = reverse("portal:letter", args=[case.reference, letter.pk])
                said = b"".join(luc.get(path, follow=True))
                assert b"%PDF" not in said
                assert letter.text.encode() not in said
    assert not LedgerEntry.objects.filter(event="package.fetched").exists()
    return "not found"


def file_in_the_place_of_his() -> str:
    """Let the storage mix up two files: hers lies where his should be."""
    hers, his = answered(0), answered(1)
    mine, other = (Package.objects.get(ticket=one) for one in (his, hers))
    Path(mine.file.path).write_bytes(Path(other.file.path).read_bytes())
    return _refused(his)


def row_that_names_hers() -> str:
    """Let a hand in the database point his package at her file, with its list."""
    hers, his = answered(0), answered(1)
    other = Package.objects.get(ticket=hers)
    changed = {"file": str(other.file), "manifest": other.manifest}
    Package.objects.filter(ticket=his).update(**changed, sha256=other.sha256)
    return _refused(his)


def _refused(his: Ticket) -> str:
    """Fetch it, twice; say what the officer reads in the ledger of his case."""
    with time_machine.travel(FETCHED):
        luc = let_in(his.case)
        for _time in range(2):
            assert fetch(luc, his).status_code == GONE
    assert not LedgerEntry.objects.filter(event="package.fetched").exists()
    line = LedgerEntry.objects.get(event="package.failed")
    assert line.reference == his.case.reference
    package = Package.objects.get(ticket=his)
    assert (package.state, package.last_error) == ("failed", line.facts["reason"])
    return package.last_error


def findings_in_the_place_of_his() -> str:
    """Let what was found about her lie where his findings should, before the copy."""
    hers, his = propose_one(person=0), propose_one(person=1)
    for search in his.searches.exclude(findings=""):
        other = hers.searches.get(system=search.system)
        content = Path(other.findings.path).read_bytes()
        Path(search.findings.path).write_bytes(content)
        search.counts = other.counts
        search.save()
    build_packages(at=NOW)
    package = Package.objects.get(ticket=his)
    assert package.state == "failed"
    assert not Path(package.file.path).exists()
    assert Package.objects.get(ticket=hers).state == "ready"
    return package.last_error
