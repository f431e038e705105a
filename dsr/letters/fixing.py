"""Fixes a letter: from here on its mail and its PDF stay as they are."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile

from dsr.letters.catalogue import CATALOGUE
from dsr.letters.compose import Asked, compose, context_of
from dsr.letters.pdf import make_pdf
from dsr.letters.rendering import check, render
from dsr.models import Letter


def fix(letter: Letter, *, asked: Asked | None = None, at: datetime) -> None:
    """Write mail and PDF into the row; the caller saves it.

    A mail with a code keeps no text: the code is a secret, computed when it is
    sent. The letter is dated `at`; `asked` is what it is about, if that is known.

    Raises:
        IncompleteLetterError: the letter lacks what the law wants in it.

    """
    context = context_of(letter, asked=asked, at=at)
    mailed = CATALOGUE[letter.kind].mail_suffices and bool(letter.to_email)
    mailed = mailed and not context.told_us  # what was noted stands in no mail
    composed = render(context, on_paper=not mailed)
    check(context, composed)
    letter.subject = composed.subject
    if not CATALOGUE[letter.kind].holds_code:
        letter.text = composed.mail_text
    if composed.html is not None:
        pdf = make_pdf(composed.html)
        letter.pdf_sha256 = hashlib.sha256(pdf).hexdigest()
        letter.pdf.save("letter.pdf", ContentFile(pdf), save=False)


def preview(letter: Letter) -> bytes | None:
    """Return the PDF as it would be now, gaps and all; None if there is no PDF."""
    html = compose(letter).html
    return None if html is None else make_pdf(html)
