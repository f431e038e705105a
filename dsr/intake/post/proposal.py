"""What a letter on paper seems to ask, by the reader that reads the mails.

No database, no settings, no clock.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from dsr.intake.mailbox.classify import Classification, classify
from dsr.intake.mailbox.own_reference import own_reference
from dsr.intake.mailbox.parsed import NOBODY, Address, Machine, ParsedMail
from dsr.intake.numbers import numbers_in
from dsr.intake.post.addresses import OwnAddress, sender_block
from dsr.reference import find_references

# A letter has no sender's address; who must be answered, the officer says.
ON_PAPER = Address("", "letter@on-paper.invalid")  # RFC 2606: nobody's, ever
SMALL = r"[a-zß-öø-ÿ]"
HYPHENATED = re.compile(rf"(?<=[^\W\d_])[-\u00ad]\n[ \t]*(?={SMALL})")
# OCR sees a paragraph where a line stands a little lower.
TORN = re.compile(rf"(?<=[^\W\d_])\n\s*\n[ \t]*(?={SMALL})")


@dataclass(frozen=True, slots=True)
class LetterProposal:
    """What the reader proposes; the officer confirms or corrects it.

    `found` names the rights with the words they rest on; `name` and
    `postal_address` are the sender's, `numbers` by kind what finds them with us
    (`IdentifierKind`), `references` those of our cases.
    """

    found: Classification
    own_reference: str
    name: str
    postal_address: str
    numbers: Mapping[str, str]
    references: tuple[str, ...]


def propose(text: str, *, own: OwnAddress) -> LetterProposal:
    """Read the text of a letter that came to the controller at this address."""
    block = sender_block(text, own=own)
    return LetterProposal(
        found=classify(_as_mail(_mended(text))),
        own_reference=own_reference(text),
        name=block.name,
        postal_address=block.address,
        numbers=numbers_in(text),
        references=tuple(find_references(text)),
    )


def seems_urgent(text: str) -> bool:
    """Say whether an authority, an ombudsman or a court seems to write."""
    return classify(_as_mail(_mended(text))).urgent


def _mended(text: str) -> str:
    """Join what the end of a line tore apart: words, and sentences."""
    return TORN.sub("\n", HYPHENATED.sub("", text))


def _as_mail(text: str) -> ParsedMail:
    """Return the letter as a mail with nothing but words."""
    return ParsedMail(
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        size=len(text),
        message_id="",
        in_reply_to=(),
        references=(),
        sender=ON_PAPER,
        reply_to=NOBODY,
        to=(),
        cc=(),
        subject="",
        date=None,
        received_at=None,
        content_type="text/plain",
        machine=Machine(),
        text=text,
        quoted="",
        footer="",
        forwarded=None,
        attachments=(),
        encrypted=False,
        calendar=False,
        problems=(),
    )
