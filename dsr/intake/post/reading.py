"""Reads a scanned letter: its own text layer, else its picture by OCR."""

from dataclasses import dataclass

from dsr.controller import current
from dsr.intake.ocr import (
    ScanUnreadableError,
    first_page,
    text_layer,
    text_of_scan,
)
from dsr.intake.post.codes import qr_codes_in
from dsr.reference import find_references

FEWEST_LETTERS = 40  # a text layer with fewer holds a stamp or a page number


@dataclass(frozen=True, slots=True)
class ReadScan:
    """What was read: its words, or the sentence that says why there are none.

    `references` are our own, from the QR code of a cover sheet on the first page.
    """

    text: str
    problem: str
    references: tuple[str, ...]


def read_scan(content: bytes, content_type: str) -> ReadScan:
    """Read a PDF, TIFF, JPEG or PNG; whatever it is, there is an answer."""
    references = _on_the_cover(content)
    first = 2 if references else 1  # the sheet's own words are not the person's
    text, problem = text_layer(content, first=first), ""
    if sum(sign.isalpha() for sign in text) < FEWEST_LETTERS:
        try:
            languages = current().identity.languages
            text = text_of_scan(content, content_type, languages, first=first)
        except ScanUnreadableError as error:
            text, problem = "", str(error)
    return ReadScan(text.strip(), problem, references)


def _on_the_cover(content: bytes) -> tuple[str, ...]:
    picture = first_page(content)
    found = qr_codes_in(picture) if picture else []
    return tuple(find_references("\n".join(found)))
