"""Bytes to a `ParsedMail`: total and bounded, any bytes give a result.

No database, no settings, no clock. Never raises on account of what the bytes say:
what could not be read stands in `problems`.
"""

import hashlib
import re

from dsr.intake.mailbox.charsets import clean, clean_line, decode
from dsr.intake.mailbox.headers import (
    Headers,
    addresses,
    first_address,
    identifiers,
    instant,
    value_and_parameters,
)
from dsr.intake.mailbox.html_text import html_to_text
from dsr.intake.mailbox.mime import Part, Tree, read_tree
from dsr.intake.mailbox.parsed import (
    DEFAULT_LIMITS,
    NOBODY,
    Attachment,
    Forwarded,
    Limits,
    Machine,
    ParsedMail,
)
from dsr.intake.mailbox.quotes import Words, layers
from dsr.intake.mailbox.wrapped import PGP_TYPES

MAIL_HEADERS = ("from", "to", "subject", "date", "received", "message-id", "sender")
MARKS = (
    "x-autoreply",
    "x-autorespond",
    "x-auto-response-suppress",
    "x-failed-recipients",
    "x-loop",
    "x-list-administrivia",
    "feedback-id",
    "list-unsubscribe",
)
PGP_MESSAGE = "-----BEGIN PGP MESSAGE-----"
LONGEST_ENDING = 10  # characters after the dot of a file name
UNSAFE_IN_NAMES = re.compile(r'[/\\:*?"<>|]|\.{2,}')


def parse(
    raw: bytes, limits: Limits = DEFAULT_LIMITS, pgp_keys: bytes = b""
) -> ParsedMail:
    """Read one message (RFC 5322, MIME) within limits; with keys, also an encrypted."""
    tree = read_tree(raw, limits, pgp_keys)
    headers = tree.messages[0]
    if not any(headers.has(name) for name in MAIL_HEADERS):
        tree.note("this is no e-mail: no header of one was found")
    subject = headers.text("subject")[:1000]
    words = layers(_text(tree, 0, limits), subject)
    content_type = tree.types[0]
    return ParsedMail(
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        message_id="".join(identifiers(headers.raw("message-id"), limits)[:1]),
        in_reply_to=identifiers(headers.raw("in-reply-to"), limits),
        references=identifiers(headers.raw("references"), limits),
        sender=first_address(headers.raw("from"), limits),
        reply_to=first_address(headers.raw("reply-to"), limits),
        to=addresses(headers.raw("to"), limits),
        cc=addresses(headers.raw("cc"), limits),
        subject=subject,
        date=instant(headers.raw("date")),
        received_at=instant(headers.raw("received").rpartition(";")[2]),
        content_type=content_type,
        machine=_machine(headers),
        text="\n".join(words.own).strip(),
        quoted="\n".join(words.quoted).strip(),
        footer="\n".join(words.footer).strip(),
        forwarded=_forwarded(tree, words, limits),
        attachments=tuple(_attachments(tree, limits)),
        encrypted=_is_encrypted(tree, words),
        decrypted=tree.is_opened,
        calendar="text/calendar" in tree.types,
        problems=tuple(tree.problems),
        signature=tree.signature,
    )


def _machine(headers: Headers) -> Machine:
    return Machine(
        auto_submitted=headers.raw("auto-submitted").partition(";")[0].strip().lower(),
        precedence=headers.raw("precedence").lower(),
        is_list=headers.has("list-id") or headers.has("list-unsubscribe"),
        null_return_path=headers.raw("return-path").replace(" ", "") == "<>",
        marks=tuple(name for name in MARKS if headers.has(name)),
    )


def _text(tree: Tree, message: int, limits: Limits) -> str:
    """Put the readable parts of one message together, plain text before HTML."""
    pieces: list[str] = []
    size = 0
    shown = [part for part in tree.parts if part.message == message and _is_text(part)]
    for part in shown:
        if size >= limits.text or not _is_chosen(part, shown):
            continue
        content = part.content[: limits.text]
        if len(part.content) > limits.text:
            tree.note("text too long, its end was not read")
        text, trusted = decode(content, part.parameters.get("charset", ""))
        if not trusted:
            tree.note("text in an unreadable character set")
        if part.content_type == "text/html":
            text = html_to_text(text)
        pieces.append(clean(text).strip())
        size += len(content)
    return "\n\n".join(piece for piece in pieces if piece)


def _is_text(part: Part) -> bool:
    return (
        part.content_type in ("text/plain", "text/html", "text/enriched", "text")
        and not _filename(part)
        and not part.headers.raw("content-disposition").lower().startswith("attachment")
    )


def _is_chosen(part: Part, shown: list[Part]) -> bool:
    """Choose the plain one of alternatives, unless it is empty."""
    if not part.alternative:
        return True
    group = [other for other in shown if other.alternative == part.alternative]
    plain = [
        other
        for other in group
        if other.content_type == "text/plain" and other.content.strip()
    ]
    return part in plain if plain else True


def _filename(part: Part) -> str:
    disposition = value_and_parameters(part.headers.raw("content-disposition"))[1]
    return disposition.get("filename") or part.parameters.get("name", "")


def safe_name(name: str) -> str:
    """Give a file name that has no path, no control sign and at most 120 signs."""
    name = UNSAFE_IN_NAMES.sub("_", clean_line(name)).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= LONGEST_ENDING:
        return f"{stem[:109]}.{ending}"
    return name[:120] or "unnamed"


def _attachments(tree: Tree, limits: Limits) -> list[Attachment]:
    found = []
    for part in tree.parts:
        if part.message or _is_text(part):
            continue
        content = part.content
        if len(content) > limits.attachment:
            tree.note("an attachment too large was not kept whole")
            content = content[: limits.attachment]
        found.append(
            Attachment(
                filename=safe_name(_filename(part)),
                content_type=part.content_type[:100],
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
            )
        )
    return found


def _forwarded(tree: Tree, words: Words, limits: Limits) -> Forwarded | None:
    """Give the forwarded mail: an attached one before one quoted inline."""
    for number, headers in enumerate(tree.messages[1:], start=1):
        inner = layers(_text(tree, number, limits), headers.text("subject"))
        text = "\n".join(inner.own).strip()
        if text:
            sender = first_address(headers.raw("from"), limits)
            return Forwarded(sender, headers.text("subject")[:1000], text)
    text = "\n".join(words.forwarded).strip()
    if not text:
        return None
    sender = first_address(words.forwarded_from.replace("mailto:", ""), limits)
    return Forwarded(sender or NOBODY, words.forwarded_subject, text)


def _is_encrypted(tree: Tree, words: Words) -> bool:
    smime = any(
        part.content_type in ("application/pkcs7-mime", "application/x-pkcs7-mime")
        and part.message == 0
        for part in tree.parts
    )
    inline = any(line.startswith(PGP_MESSAGE) for line in words.own)
    closed = not tree.is_opened and any(kind in PGP_TYPES for kind in tree.types)
    return smime or inline or closed or tree.is_sealed
