"""The sheet laid before a letter on paper, so that the paper finds its case."""

from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from dsr.intake.post.codes import qr_code
from dsr.letters.pdf import make_pdf


def cover_sheet(reference: str, *, received_on: date) -> bytes:
    """Return the PDF: the reference, large and as QR code, and the day of receipt.

    Nothing else: the sheet lies open on desks. It speaks the language of the desk.
    """
    scope = {
        "reference": reference,
        "received_on": received_on,
        "language": get_language() or "en",
        # Drawn by ourselves from nothing but a reference of ours.
        "code": mark_safe(qr_code(reference)),  # noqa: S308
    }
    return make_pdf(render_to_string("post/cover_sheet.html", scope))
