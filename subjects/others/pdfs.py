"""PDFs without some of their words: the text is gone, not only out of sight.

Each page is drawn as a picture, the words are painted over in it, and a new PDF is
made of the pictures. So no text, no layer beneath, no attachment, no form, no
earlier version and no metadata of the old one is left in the new.
"""

import io
import re
import unicodedata
from collections.abc import Iterator
from threading import Lock
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

PDF = b"%PDF-"
DPI = 150
MOST_PAGES = 300
MOST_PIXELS = 20_000_000  # of a page: one of A2 at this resolution
MARGIN = 2  # pixels painted around a sign
# Where a line ends in a word: \x02 is pdfium's word for a hyphen that only breaks it.
_BREAK = re.compile(r"(?:[\x02\ufffe]|[-\xad\u2010](?=\r?\n))\s*")
_one_at_a_time = Lock()  # pdfium knows no threads


class Reading(NamedTuple):
    """The words of a page, and of each letter which sign of the page it is."""

    text: str
    places: list[int]


class UnreadableError(ValueError):
    """A document's words cannot be told, so they cannot be taken out of it."""


def text_of_pdf(content: bytes) -> str:
    """Return the words of a PDF.

    Raises:
        UnreadableError: it is damaged, locked or too long, or a page is a picture.

    """
    with _one_at_a_time:
        pages = _pages(content)
        return "\n".join(one.text for *_page, readings in pages for one in readings)


def blackened_pdf(content: bytes, pattern: re.Pattern[str]) -> bytes:
    """Return a PDF without what `pattern` finds in it; unchanged where it is nowhere.

    Raises:
        UnreadableError: it is damaged, locked or too long, or a page is a picture.

    """
    pictures: list[Image.Image] = []
    found = False
    with _one_at_a_time:
        for page, turned, readings in _pages(content):
            spots = {
                place
                for one in readings
                for match in pattern.finditer(one.text)
                for place in one.places[match.start() : match.end()]
            }
            found = found or bool(spots)
            pictures.append(_picture(page, spots).rotate(-turned, expand=True))
    return _bound(pictures) if found else content


def _pages(content: bytes) -> Iterator[tuple[Any, int, list[Reading]]]:
    """Yield each page, upright, how it is turned, and how its words may be read."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise UnreadableError("the PDF is damaged or locked") from error
    try:
        if len(document) > MOST_PAGES:
            raise UnreadableError(f"the PDF has more than {MOST_PAGES} pages")
        document.init_forms()  # what was typed into fields is drawn as well
        for page in document:
            turned = page.get_rotation()
            page.set_rotation(0)  # of a turned page, the lines are read backwards
            yield page, turned, _read(page)
    except pdfium.PdfiumError as error:
        raise UnreadableError("the PDF is damaged or locked") from error
    finally:
        document.close()


def _read(page: Any) -> list[Reading]:
    """Return the words of a page, with the hyphens at line ends, and without."""
    signs = page.get_textpage()
    letters = [
        (letter, at)
        for at in range(signs.count_chars())
        for letter in unicodedata.normalize("NFKC", signs.get_text_range(at, 1))
    ]
    text = "".join(letter for letter, _at in letters)
    if not text.strip() and any(page.get_objects()):
        raise UnreadableError("a page of the PDF is a picture, without words")
    breaks = list(_BREAK.finditer(text))
    joined = {at for one in breaks for at in range(*one.span())}
    hyphened = {at for one in breaks for at in range(one.start() + 1, one.end())}
    gone = [joined, hyphened] if breaks else [joined]
    return [_reading(letters, without) for without in gone]


def _reading(letters: list[tuple[str, int]], without: set[int]) -> Reading:
    kept = [one for at, one in enumerate(letters) if at not in without]
    return Reading(
        "".join("-" if letter == "\x02" else letter for letter, _at in kept),
        [at for _letter, at in kept],
    )


def _picture(page: Any, places: set[int]) -> Image.Image:
    """Draw a page, and paint over the signs at these places."""
    width, height = page.get_size()
    scale = min(DPI / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    drawn = page.render(scale=scale, may_draw_forms=True)
    where = drawn.get_posconv(page)  # pages may be cropped
    picture: Image.Image = drawn.to_pil().convert("L")
    brush, signs = ImageDraw.Draw(picture), page.get_textpage()
    for place in places:
        left, bottom, right, top = signs.get_charbox(place, loose=True)
        corners = [where.to_bitmap(left, bottom), where.to_bitmap(right, top)]
        (one, other), (upper, lower) = map(sorted, zip(*corners, strict=True))
        brush.rectangle(
            (one - MARGIN, upper - MARGIN, other + MARGIN, lower + MARGIN), fill=0
        )
    return picture


def _bound(pictures: list[Image.Image]) -> bytes:
    out = io.BytesIO()
    pictures[0].save(
        out,
        "PDF",
        resolution=DPI,
        save_all=True,
        append_images=pictures[1:],
        creationDate=None,  # the same words gone, the same bytes
        modDate=None,
    )
    return out.getvalue()
