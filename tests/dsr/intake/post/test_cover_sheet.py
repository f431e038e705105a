"""The cover sheet: printed, scanned askew, and read back to the same case."""

import io
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader

from dsr.intake.ocr import first_page
from dsr.intake.post.codes import qr_codes_in
from dsr.intake.post.cover_sheet import cover_sheet
from dsr.intake.post.reading import read_scan
from dsr.models import YearNumber
from tests.dsr.intake.post.papers import page, scanned

REFERENCE = "DSR-2026-000123-K7"


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return cover_sheet(REFERENCE, received_on=date(2026, 3, 5))


@pytest.fixture(scope="module")
def printed(sheet: bytes) -> Image.Image:
    picture = first_page(sheet)
    assert picture is not None
    return Image.open(io.BytesIO(picture)).convert("L")


def test_the_sheet_says_the_reference_and_the_day_alone(sheet: bytes) -> None:
    words = PdfReader(io.BytesIO(sheet)).pages[0].extract_text()
    assert REFERENCE in words
    assert "5 March 2026" in words
    assert len(words.split()) < 30
    assert qr_codes_in(first_page(sheet) or b"") == [REFERENCE]


@pytest.mark.parametrize("kind", ["PDF", "TIFF", "JPEG", "PNG"])
def test_the_code_is_read_in_whatever_the_scanner_makes(
    printed: Image.Image, kind: str
) -> None:
    askew = printed.rotate(2.5, fillcolor=255).resize((1654, 2339))
    picture = first_page(scanned([askew], kind))
    assert qr_codes_in(picture or b"") == [REFERENCE]


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"no picture",
        b"\x89PNG\r\n\x1a\n",
        scanned([page()], "PNG")[:-200],
        scanned([Image.new("1", (9000, 9000))], "PNG"),
    ],
)
def test_what_is_no_picture_bears_no_code(picture: bytes) -> None:
    assert qr_codes_in(picture) == []


@pytest.mark.django_db
def test_a_scan_whose_words_cannot_be_read_still_finds_its_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reference = YearNumber.next_reference(2026)
    paper = first_page(cover_sheet(reference, received_on=date(2026, 3, 5)))
    assert paper is not None
    tiff = scanned([Image.open(io.BytesIO(paper)), page("Hello")], "TIFF")
    monkeypatch.setattr("dsr.intake.ocr.shutil.which", lambda _name: None)
    read = read_scan(tiff, "image/tiff")
    assert read.references == (reference,)
    assert read.text == ""
    assert read.problem == "Scans cannot be read here: tesseract is not installed."
