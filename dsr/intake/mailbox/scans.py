"""Scanned letters that came with a mail: read when its own words ask for nothing.

Reading takes about a second a page, so it is done once, before the mail is taken in;
what was read is kept with the proposal. If the process dies meanwhile, the mail was not
taken in yet, and comes again.
"""

import time
from typing import Any, NamedTuple

from dsr.intake.identity_papers import is_identity_paper
from dsr.intake.mailbox.classify import Classification, classify
from dsr.intake.mailbox.enclosed.kinds import may_show_a_letter
from dsr.intake.mailbox.language import LANGUAGES
from dsr.intake.mailbox.parsed import Attachment, Enclosed, ParsedMail
from dsr.intake.ocr import SECONDS, ScanUnreadableError, text_of_scan

MOST = 3  # scans of one mail; a scan may have several pages
KEPT = "scans"  # where the proposal keeps what was read


class Looked(NamedTuple):
    """A mail with the words of its scans, what it is, and those words to be kept."""

    mail: ParsedMail
    found: Classification
    scans: list[str]


def look_at(mail: ParsedMail, found: Classification | None = None) -> Looked:
    """Say what a mail is; if it asks for nothing itself, its scans are read.

    `found` is what the mail without its scans is, where that is known already.
    """
    found = found or classify(mail)
    if found.rights or found.kind == "auto_generated" or mail.machine.is_list:
        return Looked(mail, found, [])
    if not _scans_of(mail):
        return Looked(mail, found, [])
    read = _read_scans(mail)
    mail = mail.enclosing(read)
    return Looked(mail, classify(mail), list(read.texts))


def with_kept_scans(mail: ParsedMail, proposal: dict[str, Any]) -> ParsedMail:
    """Give a mail that was read again the words of its scans from when it came."""
    texts = proposal.get(KEPT, [])
    if len(texts) != len(mail.attachments):
        return mail
    return mail.enclosing(Enclosed(tuple(texts), ()))


def _scans_of(mail: ParsedMail) -> list[Attachment]:
    """Leave copies of identity documents alone: nothing of them is to be kept."""
    files = [file for file in mail.attachments if may_show_a_letter(file)]
    return [file for file in files if not is_identity_paper(file.filename)]


def _read_scans(mail: ParsedMail) -> Enclosed:
    texts, problems, ends = [], [], time.monotonic() + SECONDS
    scans = _scans_of(mail)
    if len(scans) > MOST:
        problems.append("many scans: some were not read")
    for file in mail.attachments:
        text = ""
        if file in scans[:MOST]:
            try:
                text = text_of_scan(
                    file.content,
                    file.content_type,
                    LANGUAGES,
                    seconds=ends - time.monotonic(),
                )
            except ScanUnreadableError as error:
                problems.append(f"a scan was not read: {error}")
        texts.append(text)
    return Enclosed(tuple(texts), tuple(dict.fromkeys(problems)))
