"""A scan waits until an officer settles it; then it is one thing, and its copy goes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from dsr.casework import NewCase
from dsr.intake.post import scans
from dsr.intake.post.reading import ReadScan
from dsr.models import DESK, LedgerEntry, MessageKind, Scan
from dsr.vocabulary import Channel
from tests.dsr.conftest import AUDITOR, DAY, OFFICER, RECEIVED, Open, events, refused

PAPER = b"\x89PNG\r\n\x1a\n a letter"
WHO: dict[str, Any] = {"by": OFFICER, "at": RECEIVED + DAY}
NEW = NewCase(
    channel=Channel.POST, received_at=RECEIVED, language="nl", rights=["access"]
)


@pytest.fixture(autouse=True)
def _read(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read without OCR; that it reads is tried elsewhere."""
    read = ReadScan("Graag mijn gegevens.", "", ())
    monkeypatch.setattr(scans, "read_scan", lambda *_given: read)


@pytest.fixture
def scan() -> Scan:
    return scans.add_scan(PAPER, name="brief.png", content_type="image/png", **WHO)


def settled() -> dict[str, Any]:
    line = LedgerEntry.objects.filter(event="scan.settled").latest("number")
    return {"reference": line.reference, **line.facts}


def test_a_scan_opens_a_case_and_becomes_its_original(
    scan: Scan,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    number = scan.pk
    with django_capture_on_commit_callbacks(execute=True):
        case = scans.open_from_scan(scan.pk, NEW, **WHO)
    document = case.documents.get()
    assert (document.kind, document.sha256) == ("original", scan.sha256)
    with document.file.open("rb") as kept:
        assert kept.read() == PAPER
    assert not Scan.objects.exists()
    assert not default_storage.exists(str(scan.file.name))
    assert settled() == {
        "reference": case.reference,
        "scan": number,
        "result": "opened",
    }


def test_a_scan_joins_its_case_with_its_words_and_what_it_asks_newly(
    scan: Scan, open_case: Open
) -> None:
    case = open_case("access")
    scans.join_from_scan(
        scan.pk,
        reference=f" {case.reference.lower()} ",
        kind="attachment",
        received_at=RECEIVED,
        text="Wis ook alles.",
        rights=["erasure"],
        **WHO,
    )
    message = case.messages.get()
    assert (message.kind, message.text) == (MessageKind.RECEIVED, "Wis ook alles.")
    assert case.documents.get().kind == "attachment"
    assert case.tickets.get(right_code="erasure").received_at == RECEIVED
    assert "scan.settled" in events(case)


def test_the_words_of_a_proof_of_identity_are_not_kept(
    scan: Scan, open_case: Open
) -> None:
    case = open_case("access")
    scans.join_from_scan(
        scan.pk,
        reference=case.reference,
        kind="proof",
        received_at=RECEIVED,
        text="IDENTITY CARD 592-1234567-89",
        **WHO,
    )
    assert case.documents.get().kind == "proof"
    assert not case.messages.exists()


def test_what_is_no_request_is_deleted_and_the_ledger_says_why(scan: Scan) -> None:
    scans.discard_scan(scan.pk, why="advertising", **WHO)
    assert not Scan.objects.exists()
    assert settled() == {
        "reference": DESK,
        "scan": scan.pk,
        "result": "nothing",
        "why": "advertising",
    }


@pytest.mark.parametrize(
    "settle",
    [
        lambda pk: scans.open_from_scan(pk, NEW, **WHO),
        lambda pk: scans.discard_scan(pk, why="advertising", **WHO),
        lambda pk: scans.join_from_scan(
            pk, reference="x", kind="attachment", received_at=RECEIVED, **WHO
        ),
    ],
)
def test_a_scan_is_settled_once(scan: Scan, settle: Callable[[int], Any]) -> None:
    scans.discard_scan(scan.pk, why="bad_scan", **WHO)
    with refused("settled already"):
        settle(scan.pk)


def test_the_same_bytes_wait_or_lie_with_a_case_once(scan: Scan) -> None:
    again: dict[str, Any] = {"name": "x.png", "content_type": "image/png", **WHO}
    with refused("waits below already"):
        scans.add_scan(PAPER, **again)
    case = scans.open_from_scan(scan.pk, NEW, **WHO)
    with refused(f"lies with {case.reference} already"):
        scans.add_scan(PAPER, **again)


def test_a_scan_that_is_refused_stays(scan: Scan) -> None:
    with refused("no case with this reference"):
        scans.join_from_scan(
            scan.pk, reference="?", kind="original", received_at=RECEIVED, **WHO
        )
    with refused("Say why"):
        scans.discard_scan(scan.pk, why="because", **WHO)
    with refused("takes the role of"):
        scans.discard_scan(scan.pk, why="bad_scan", by=AUDITOR, at=RECEIVED)
    with refused("takes the role of"):
        scans.add_scan(b"x", name="x", content_type="", by=AUDITOR, at=RECEIVED)
    assert Scan.objects.get() == scan
    assert default_storage.exists(str(scan.file.name))
