"""The words of a PDF: what stands on its pages, and what was typed into its form."""

import io
import time
from collections.abc import Iterator

import pypdf

from dsr.intake.mailbox.enclosed.errors import UnreadableError

PAGES = 20  # pypdf itself limits what a stream unpacks to, and the depth of the tree


def pdf_text(content: bytes, deadline: float) -> Iterator[str]:
    """Give the words page by page, until the deadline (of `time.process_time`)."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("a PDF with a password was not read")
    typed = reader.get_form_text_fields() or {}
    yield "\n".join(str(value) for value in typed.values() if value)
    for number in range(PAGES):
        if time.process_time() > deadline:
            raise UnreadableError("a long PDF was not read to its end")
        try:
            page = reader.pages[number]
        except IndexError:
            return
        yield page.extract_text()
    if len(reader.pages) > PAGES:
        raise UnreadableError("a long PDF was not read to its end")
