"""Sends one letter as one mail. Sent again, it is the same mail: same Message-ID.

A notice goes to the recipient's program instead, where they have one.
"""

import re
from datetime import UTC, datetime
from email.utils import format_datetime, formataddr
from smtplib import SMTPException

from django.core.mail import EmailMessage

from dsr.controller import current
from dsr.letters.catalogue import CATALOGUE
from dsr.letters.compose import compose
from dsr.letters.errand_mail import errand_link
from dsr.letters.notice_http import post_notice, program_of
from dsr.letters.typography import set_apart
from dsr.letters.words import words
from dsr.models import Errand, Letter

# What may stand in References; the id comes from a stranger's mail.
SAFE_ID = re.compile(r"<[!-;=?-~]{1,240}>", re.ASCII)


class UnsendableError(SMTPException):
    """A letter that cannot be put into a mail; trying again helps only when changed."""


def send(letter: Letter, *, at: datetime) -> str:
    """Hand the letter's mail over, and return the proof of dispatch.

    Raises:
        SMTPException, OSError: it was not handed over; try again later.

    """
    program = program_of(letter)
    if program is not None:
        return post_notice(letter, program, at=at)
    if not letter.to_email:
        raise UnsendableError(f"letter {letter.pk} goes by post; record its posting")
    try:
        message_for(letter, at=at).send()
    except ValueError as error:  # Django's answer to a line break in a header
        raise UnsendableError(f"letter {letter.pk} has a broken header") from error
    stamp = at.astimezone(UTC).isoformat(timespec="seconds")
    return f"handed to the mail server {stamp}, Message-ID {letter.message_id}"


def message_for(letter: Letter, *, at: datetime) -> EmailMessage:
    """Return the mail: plain text, no attachment.

    Nothing in it is personal, except by what a recipient of data finds the person.
    """
    dpo = current().dpo
    text = (letter.text or compose(letter).mail_text) + _link(letter)
    return EmailMessage(
        subject=" ".join(letter.subject.split()),
        body=text,
        from_email=formataddr((dpo.mailbox_from, dpo.mail)),
        to=[letter.to_email],
        headers={"Date": format_datetime(at.astimezone(UTC)), **_headers(letter)},
    )


def _link(letter: Letter) -> str:
    """Return the lines with a recipient's link; it is computed, never stored."""
    errand = Errand.objects.asked().filter(notice__letter=letter).first()
    if errand is None:
        return ""
    said = words(letter.language)["notice"]["by_link"]
    return f"\n{set_apart(said, letter.language)}\n{errand_link(errand)}\n"


def _headers(letter: Letter) -> dict[str, str]:
    headers = {"Message-ID": letter.message_id, "Content-Language": letter.language}
    if CATALOGUE[letter.kind].to_recipient:  # answers nobody; RFC 3834, section 5
        return headers | {"Auto-Submitted": "auto-generated"}
    if CATALOGUE[letter.kind].automatic:
        headers["Auto-Submitted"] = "auto-replied"  # RFC 3834, section 5
        headers["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # Exchange's own word
    if SAFE_ID.fullmatch(letter.case.message_id):
        headers["In-Reply-To"] = headers["References"] = letter.case.message_id
    return headers
