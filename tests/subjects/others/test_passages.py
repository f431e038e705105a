"""Words taken out of texts and documents: they are gone, and nothing else is."""

import base64
import io
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader
from weasyprint import HTML

from subjects.others.passages import BLACK, Passages
from subjects.others.pdfs import DPI, UnreadableError, text_of_pdf

BOB = Passages(["Bob Other", "+32 470 12 34 56"])

TEXTS: list[tuple[Any, Any]] = [
    ("Ann, and BOB  other.", f"Ann, and {BLACK}."),
    ("bob\nother", BLACK),
    ("Bobby Others, Bob Otherwise", "Bobby Others, Bob Otherwise"),
    ("call +32 470 12 34 56!", f"call {BLACK}!"),
    (["Bob Other", 7, None, True], [BLACK, 7, None, True]),
    ({"who": {"name": "Bob Other"}}, {"who": {"name": BLACK}}),
]


@pytest.mark.parametrize(("value", "left"), TEXTS)
def test_words_are_blacked_out_wherever_they_stand(value: Any, left: Any) -> None:
    assert BOB.blackened(value) == left
    assert BOB.stand_in(value) == (left != value)


def test_without_words_nothing_is_found() -> None:
    assert not Passages(["", "  "]).stand_in("anything")


def as_document(content: bytes) -> str:
    return f"data:;base64,{base64.b64encode(content).decode()}"


def bytes_in(document: str) -> bytes:
    return base64.b64decode(document.partition(",")[2])


def test_a_text_file_loses_them_too() -> None:
    left = BOB.blackened(as_document("Bob Other über alles".encode()))
    assert bytes_in(left).decode() == f"{BLACK} über alles"


@pytest.fixture(scope="module")
def letter() -> bytes:
    """Make a PDF of two pages that names Bob: in words, a broken word, a tag."""
    pdf: bytes = HTML(
        string="<html lang=en><title>Bob Other</title>"
        "<p style='height:40px'>Ann Example and Bob Other"
        "<p style='width:20px;hyphens:manual'>Bob Oth&shy;er"
        "<p style='page-break-before:always'>Nothing of him"
    ).write_pdf()
    return pdf


@pytest.mark.parametrize("turned", [0, 90])
def test_a_pdf_loses_the_words_and_not_only_their_look(
    letter: bytes, turned: int
) -> None:
    from_paper = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        pdf.pages[0].rotate(turned, relative=True)
        pdf.save(from_paper)
    assert "Bob Other" in text_of_pdf(from_paper.getvalue())

    left = bytes_in(BOB.blackened(as_document(from_paper.getvalue())))

    assert BOB.blackened(as_document(from_paper.getvalue())) == as_document(left)
    assert PdfReader(io.BytesIO(left)).metadata in (None, {})
    pages = PdfReader(io.BytesIO(left)).pages
    assert [page.extract_text() for page in pages] == ["", ""]
    assert b"Bob" not in left
    assert b"Other" not in left
    picture = pages[0].images[0].image
    assert picture is not None
    upright = picture.rotate(turned, expand=True).convert("L")
    assert abs(upright.width - 210 / 25.4 * DPI) <= 1
    black = upright.point(lambda light: 255 if light < 20 else 0).getbbox()
    assert black is not None
    # The first name and the broken one are covered by bars as high as a line.
    dark = sum(upright.histogram()[:20])
    assert dark > 5_000
    other = pages[1].images[0].image
    assert other is not None
    assert sum(other.convert("L").histogram()[:20]) < dark / 2


def test_a_pdf_without_the_words_stays_as_it_is(letter: bytes) -> None:
    document = as_document(letter)
    assert Passages(["Carl"]).blackened(document) == document


def test_what_cannot_be_read_is_not_given_as_if_it_were(letter: bytes) -> None:
    picture = bytes_in(BOB.blackened(as_document(letter)))
    for content in (picture, letter[:400], b"%PDF-1.4 nothing", b"\xff\xd8\xff"):
        with pytest.raises(UnreadableError):
            BOB.stand_in(as_document(content))
