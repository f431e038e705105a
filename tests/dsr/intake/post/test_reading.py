"""Scanned letters read: a text layer as it stands, a picture by the real tesseract."""

import io
from datetime import date

import pytest
from PIL import Image

from dsr.intake.ocr import first_page
from dsr.intake.post.addresses import OwnAddress
from dsr.intake.post.cover_sheet import cover_sheet
from dsr.intake.post.proposal import propose
from dsr.intake.post.reading import read_scan
from dsr.letters.pdf import make_pdf
from dsr.reference import make_reference
from tests.dsr.intake.post.papers import page, scanned
from tests.dsr.intake.post.test_proposal import FRENCH

OWN = OwnAddress("Inter Partner Assistance", "Avenue Louise 166 bte 1", "1050")
WORDS = "Je souhaite recevoir une copie de toutes mes données personnelles."


def test_a_letter_that_was_typed_is_read_from_its_own_words() -> None:
    read = read_scan(make_pdf(f"<html lang=fr><title>x</title><p>{WORDS}"), "")
    assert read.text == WORDS
    assert (read.problem, read.references) == ("", ())


def test_a_scanned_letter_is_read_and_proposes_its_rights() -> None:
    read = read_scan(scanned([page(FRENCH, tilt=0.6)], "TIFF"), "image/tiff")
    assert read.problem == ""
    proposal = propose(read.text, own=OWN)
    assert proposal.found.rights == ("access", "erasure")
    assert proposal.found.language == "fr"
    assert proposal.postal_address == "Rue de la Station 12 bte 3\nB-4000 Liège"


@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_the_words_of_a_cover_sheet_are_not_the_persons(kind: str) -> None:
    reference = make_reference(2026, 123)
    drawn = first_page(cover_sheet(reference, received_on=date(2026, 3, 5)))
    cover = Image.open(io.BytesIO(drawn or b"")).convert("L")
    read = read_scan(scanned([cover, page("Voici ma procuration.")], kind), "")
    assert read.references == (reference,)
    assert read.text == "Voici ma procuration."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (scanned([page()], "PNG"), "No words could be read in this scan."),
        (b"\x89PNG\r\n\x1a\n broken", "No words could be read in this scan."),
        (b"%PDF-1.4 broken", "No words could be read in this scan."),
    ],
)
def test_a_scan_without_words_says_so(content: bytes, sentence: str) -> None:
    read = read_scan(content, "image/png")
    assert (read.text, read.problem) == ("", sentence)
