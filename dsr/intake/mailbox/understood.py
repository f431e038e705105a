"""One mail with all that was found in it: its words, its language and its wishes."""

import re
from dataclasses import dataclass
from functools import cached_property

from dsr.intake.mailbox.language import detect, fold
from dsr.intake.mailbox.parsed import Forwarded, ParsedMail
from dsr.intake.mailbox.rules import Rules, rules_for
from dsr.intake.mailbox.wishes import Read, Wish, contradicts, read

CASE_REFERENCE = re.compile(r"\bDSR-\d{4}-\d{4,8}-[A-Z0-9]{2}\b", re.IGNORECASE)
REPLY = re.compile(
    r"\s*(?:re|aw|antw?|r[eé]p|ref|sv)\s*(?:\[\d+\])?\s*:", re.IGNORECASE
)
LIKELY = 0.6  # probability of a sentence that continues an earlier request
COVER_NOTE = 200  # characters of a mail that may only lead to its file
READ = 20_000  # characters of a letter that are classified


@dataclass(frozen=True)
class Understood:
    """One mail with what was found in it, handed from step to step."""

    mail: ParsedMail
    text: str
    language: str
    rules: Rules
    read: Read
    reference: str | None
    forwarded: Forwarded | None = None

    @property
    def wishes(self) -> list[Wish]:
        """Give the rights found, each with its sentence."""
        return self.read.wishes

    @cached_property
    def folded(self) -> str:
        """Give subject and text as the rules compare them."""
        return fold(f"{self.mail.subject}\n{self.text}")

    def marked(self, name: str) -> int:
        """Count the different phrases of a kind in subject and text."""
        return len({hit.group() for hit in self.rules[name].finditer(self.folded)})


def understood(mail: ParsedMail) -> Understood:
    """Read a parsed mail: its own words first, then what it brings with it."""
    text, forwarded = mail.text[:READ], None
    language = detect(text, mail.subject, mail.forwarded.text if mail.forwarded else "")
    rules = rules_for(language)
    found = read(text, language, mail.subject)
    if mail.forwarded and not found.wishes:
        inner_text, subject = mail.forwarded.text[:READ], mail.forwarded.subject
        inner_language = detect(inner_text, subject)
        inner = read(inner_text, inner_language, subject)
        inner = inner if inner.wishes else read(subject, inner_language)
        if inner.wishes:
            text, forwarded, found = inner_text, mail.forwarded, inner
            language, rules = inner_language, rules_for(inner_language)
    if mail.enclosed and (not found.wishes or len(text) < COVER_NOTE):
        inner_language = detect(mail.enclosed[:READ], mail.subject)
        inner = read(mail.enclosed[:READ], inner_language)
        if inner.wishes:
            inner.wishes += found.wishes
            text, found = f"{text}\n\n{mail.enclosed}"[:READ], inner
            language, rules = inner_language, rules_for(inner_language)
    if not found.wishes and not REPLY.match(mail.subject) and not forwarded:
        in_subject = read(mail.subject, language)
        continues = found.hints.get("follow", 0.0) >= LIKELY
        if not continues and not contradicts(text, mail.subject, language):
            found = in_subject if in_subject.wishes else found
    match = CASE_REFERENCE.search(f"{mail.subject}\n{mail.text}")
    return Understood(
        mail=mail,
        text=text,
        language=language,
        rules=rules,
        read=found,
        reference=match[0].upper() if match else None,
        forwarded=forwarded,
    )
