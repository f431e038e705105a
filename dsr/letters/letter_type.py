"""What the catalogue knows of one kind of letter."""

from dataclasses import dataclass

from dsr.vocabulary import LetterKind


@dataclass(frozen=True, slots=True)
class LetterType:
    """One kind of letter.

    `contents` is what it must hold whatever the case; `asks` are the free texts
    an officer must write, `may_ask` those they may; `automatic` that no person
    takes part (RFC 3834); `mail_suffices` that the mail says all of it, so that
    only paper needs a page; `holds_code` that its text is a secret never stored;
    `to_recipient` that it goes to one who received data, not to the person;
    `paper_only` that it never travels as a mail.
    """

    kind: LetterKind
    moment: str
    source: str
    contents: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    may_ask: tuple[str, ...] = ()
    has_pdf: bool = True
    automatic: bool = False
    mail_suffices: bool = False
    holds_code: bool = False
    to_recipient: bool = False
    paper_only: bool = False


ALWAYS = ("reference", "contact")
REMEDIES = "remedies"  # complaint and judicial remedy; GDPR Art. 12(4)
