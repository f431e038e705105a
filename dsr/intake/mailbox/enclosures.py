"""The files of a mail that its case keeps, and those that nobody may keep unasked."""

import binascii
import re
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from dsr import casework
from dsr.intake.identity_papers import is_identity_paper
from dsr.intake.mailbox.parsed import Attachment, ParsedMail
from dsr.models import Arrival, Case, DocumentKind, LedgerEntry
from dsr.vocabulary import SYSTEM, Event, MailFlag, State

BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")
HEAD = re.compile(rb".*?\r?\n\r?\n", re.DOTALL)
BEGINNING = 30  # bytes of a file by which its base64 is found; a multiple of three
INSTEAD = b"\r\n(an identity document that nobody asked for; it was not kept)\r\n"


def enclosed(mail: ParsedMail, *, by_agent: bool) -> list[casework.NewFile]:
    """Return the files to keep of a mail that opens a case."""
    dropped = [] if by_agent else _papers(mail)
    return [
        _file(one, DocumentKind.ATTACHMENT)
        for one in mail.attachments
        if one not in dropped
    ]


def added(mail: ParsedMail, case: Case) -> list[casework.NewFile]:
    """Return the files to keep of a mail that joins a case.

    What a person sends while proof of identity is awaited is that proof.
    """
    dropped = uninvited(mail, case)
    proof = _awaits_proof(case) and not case.is_by_agent
    kind = DocumentKind.PROOF if proof else DocumentKind.ATTACHMENT
    return [_file(one, kind) for one in mail.attachments if one not in dropped]


def uninvited(mail: ParsedMail, case: Case) -> list[Attachment]:
    """Return the copies of identity documents that nobody asked for.

    Who acts for another may show whom by one.
    """
    papers = _papers(mail)
    return [] if not papers or case.is_by_agent or _awaits_proof(case) else papers


def drop_uninvited(
    arrival: Arrival, mail: ParsedMail, case: Case, *, at: datetime
) -> None:
    """Cut such copies out of the mail as it is kept, and say so; the digest stays.

    Who was sent one looks at the case and asks for what is needed, if anything is.
    Call it in the transaction that opened or joined the case.
    """
    papers = uninvited(mail, case)
    if not papers:
        return
    with arrival.raw.open("rb") as file:
        raw = file.read()
    head = HEAD.match(raw)
    if mail.decrypted and head:  # nothing can be cut out of what is encrypted
        raw = head[0] + INSTEAD
    for paper in papers:
        raw = _without(raw, paper.content)
    old, storage = str(arrival.raw.name), arrival.raw.storage
    arrival.raw.save("mail", ContentFile(raw), save=False)
    transaction.on_commit(partial(storage.delete, old))
    arrival.flags = [*arrival.flags, str(MailFlag.PAPER_DROPPED.value)]
    arrival.save(update_fields=["raw", "flags"])
    LedgerEntry.objects.append(
        case.reference,
        Event.PAPER_DROPPED,
        by=SYSTEM.name,
        at=at,
        mail=arrival.pk,
        count=len(papers),
    )


def _awaits_proof(case: Case) -> bool:
    return case.tickets.filter(state=State.AWAITING_IDENTITY).exists()


def _papers(mail: ParsedMail) -> list[Attachment]:
    return [one for one in mail.attachments if is_identity_paper(one.filename)]


def _file(attachment: Attachment, kind: DocumentKind) -> casework.NewFile:
    return casework.NewFile(
        kind, attachment.filename, attachment.content_type, attachment.content
    )


def _without(raw: bytes, content: bytes) -> bytes:
    """Cut a file out of a mail, in whichever way it was encoded."""
    beginning = binascii.b2a_base64(content[:BEGINNING], newline=False).rstrip(b"=")
    start = raw.find(beginning) if content else -1
    if start >= 0:
        encoded = BASE64.match(raw, start)
        end = encoded.end() if encoded else start
        return raw[:start] + INSTEAD + raw[end:]
    return raw.replace(content, INSTEAD) if content else raw
