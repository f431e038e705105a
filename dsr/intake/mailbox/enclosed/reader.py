"""Reads the words of all files of a mail, as far as the time allows."""

import time
from collections.abc import Iterator

from dsr.intake.mailbox.charsets import clean, decode
from dsr.intake.mailbox.enclosed.errors import UnreadableError
from dsr.intake.mailbox.enclosed.kinds import kind_of
from dsr.intake.mailbox.enclosed.office import office_text
from dsr.intake.mailbox.enclosed.pdf import pdf_text
from dsr.intake.mailbox.enclosed.rich import rtf_words
from dsr.intake.mailbox.html_text import html_to_text
from dsr.intake.mailbox.parse import parse
from dsr.intake.mailbox.parsed import Attachment, Enclosed, ParsedMail

LONGEST = 100_000  # characters of one file
PLAIN = 500_000  # bytes of a text file
SECONDS = 0.5  # of processor time, after which nothing more is begun
NESTED = 3  # mails in mails whose files are read
NOT_READ = {
    "archive": "an archive was not opened: its files were not read",
    "old office": "a file of an old office program (doc, xls, ppt) was not read",
    "heic": "a photograph of a telephone (HEIC) was not read",
    "sealed": "an encrypted file was not read",
    "sound": "a recording was not read",
    "winmail": "a damaged file of Outlook was not read",
}


def read_enclosed(mail: ParsedMail) -> Enclosed:
    """Read each file; one that cannot be read says why and harms no other."""
    return _read_files(mail, time.process_time() + SECONDS, NESTED)


def _read_files(mail: ParsedMail, deadline: float, depth: int) -> Enclosed:
    texts, problems = [], []
    for file in mail.attachments:
        pieces: list[str] = []
        try:
            for piece in _pieces(file, deadline, depth):
                pieces.append(piece)  # noqa: PERF402 – what was read before it failed
        except UnreadableError as error:
            problems.append(str(error))
        except Exception:  # noqa: BLE001 – what reads strangers' files raises anything
            problems.append("a damaged file was not read")
        texts.append(clean("\n".join(pieces)).strip()[:LONGEST])
    return Enclosed(tuple(texts), tuple(dict.fromkeys(problems)))


def _pieces(file: Attachment, deadline: float, depth: int) -> Iterator[str]:
    """Give the words of one file piece by piece."""
    kind = kind_of(file)
    if kind in NOT_READ:
        raise UnreadableError(NOT_READ[kind])
    if time.process_time() > deadline:
        raise UnreadableError("too much to read: some files were not read")
    if kind == "pdf":
        yield from pdf_text(file.content, deadline)
    elif kind == "mail":
        yield from _mail_pieces(file.content, deadline, depth)
    elif kind == "zip":
        yield office_text(file.content)
    elif kind == "rtf":
        yield rtf_words(file.content)
    elif kind in ("html", "text"):
        text, _ = decode(file.content[:PLAIN], "")
        yield html_to_text(text) if kind == "html" else text


def _mail_pieces(content: bytes, deadline: float, depth: int) -> Iterator[str]:
    """Give the words of a mail that is a file of ours, and of its own files."""
    if not depth:
        raise UnreadableError("nested too deep, the inside was not read")
    inner = parse(content)
    yield f"{inner.subject}\n\n{inner.text}"
    found = _read_files(inner, deadline, depth - 1)
    yield from found.texts
    if found.problems:
        raise UnreadableError(found.problems[0])
