"""Letters on paper, drawn as a scanner gives them."""

import io
import textwrap
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

A4 = (1654, 2339)  # points at 200 dots per inch
MARGIN = 160
FONT = "DejaVuSans.ttf"


def page(text: str = "", *, tilt: float = 0.0) -> Image.Image:
    """Draw a page of type; `tilt` it as one lies askew on the glass, in degrees."""
    paper = Image.new("L", A4, 250)
    lines = [
        part for line in text.splitlines() for part in (textwrap.wrap(line, 70) or [""])
    ]
    font = ImageFont.truetype(FONT, 32)
    ImageDraw.Draw(paper).text((MARGIN, MARGIN), "\n".join(lines), 20, font, spacing=14)
    return paper.rotate(tilt, fillcolor=250)


def scanned(pages: Sequence[Image.Image], kind: str = "PDF") -> bytes:
    """Return pages in one file, as PDF, TIFF, JPEG or PNG."""
    file = io.BytesIO()
    first, *others = pages
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(file, kind, **more)
    return file.getvalue()
