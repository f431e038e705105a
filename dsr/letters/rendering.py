"""Turns a letter's context into its mail and its HTML; reads no row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from dsr.letters.catalogue import CATALOGUE, required_contents, required_parts
from dsr.letters.content_labels import content_label
from dsr.letters.contents import IncompleteLetterError, check_contents
from dsr.letters.context import LetterContext
from dsr.letters.typography import set_apart
from dsr.letters.words import words

BLANK_LINES = re.compile(r"\n{3,}")
# Pasted text may hold signs that no font can draw; tabs and line ends stay.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter as text: the mail, and the HTML of its PDF if it has one."""

    subject: str
    mail_text: str
    html: str | None


def render(context: LetterContext, *, on_paper: bool = True) -> Composed:
    """Write the mail and, `on_paper`, the letter in the context's language."""
    said = words(context.language)
    title = set_apart(said["subject"][context.kind], context.language)
    received = said["frame"]["we_received"].format(day=context.received)
    scope = {
        "letter": context,
        "words": said,
        "title": title,
        "received": received,
        "arrived": said["forwarding"]["received"].format(day=context.received),
        "on_behalf": said["frame"]["on_behalf"].format(name=context.concerning),
        "told": _mail_of(context, said).format(
            code=context.code,
            minutes=context.code_minutes,
            portal=context.portal,
            received=context.received,
            until=context.until,
            into=context.into,
        ),
    }
    with translation.override(context.language):
        entry = CATALOGUE[context.kind]
        mail = "notice_mail.txt" if entry.to_recipient else "mail.txt"
        mail_text = ""
        if not entry.paper_only:
            mail_text = render_to_string(f"letters/{mail}", scope)
        html = None
        if entry.has_pdf and on_paper:
            folder = "" if entry.to_recipient else f"{context.language}/"
            path = f"letters/{folder}{context.kind}.html"
            html = CONTROLS.sub("", render_to_string(path, scope))
            html = set_apart(html, context.language)
    subject = set_apart(f"{title} – {context.reference}", context.language)
    mail_text = BLANK_LINES.sub("\n\n", mail_text).strip() + "\n"
    return Composed(subject, set_apart(mail_text, context.language), html)


def _mail_of(context: LetterContext, said: Mapping[str, Any]) -> str:
    """Return what the mail says; what was told us is read back behind a code."""
    mail = said["read_back"] if context.told_us else said["mail"]
    text: str = mail["mail" if context.told_us else context.kind]
    return text


def check(context: LetterContext, composed: Composed) -> None:
    """Refuse a letter that does not say what the law wants in it.

    Raises:
        IncompleteLetterError: a text that an officer owes, or a required content,
            is missing; the sentence names it.

    """
    owed = required_parts(context.kind, context.outcome)
    missing = [name for name in owed if not context.parts.get(name, "").strip()]
    if missing:
        raise IncompleteLetterError(
            _("The letter still lacks: %(missing)s. Write it before it goes out.")
            % {"missing": ", ".join(content_label(name) for name in missing)}
        )
    if composed.html is not None:
        required = required_contents(
            context.kind,
            context.right,
            context.outcome,
            reviewed=bool(context.review and context.review.result),
        )
        check_contents(composed.html, required)
