"""What a mail is: request, follow-up, neither, a machine's, or for a human to say.

Deterministic and offline; every right comes with the words of the letter it rests on.
No database, no settings, no clock.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dsr.intake.mailbox.enclosed.kinds import could_be_a_letter
from dsr.intake.mailbox.language import detect, fold
from dsr.intake.mailbox.machines import (
    is_from_machine,
    is_machine_header,
    is_machine_subject,
)
from dsr.intake.mailbox.own_reference import own_reference
from dsr.intake.mailbox.parsed import Forwarded, ParsedMail
from dsr.intake.mailbox.particulars import deadline, identifiers, scope
from dsr.intake.mailbox.people import (
    is_agent,
    is_internal,
    is_own_mailbox,
    own_address,
    represented_address,
)
from dsr.intake.mailbox.rules import RIGHTS, Rules, rules_for
from dsr.intake.mailbox.wishes import HINT, SURE, Read, Wish, contradicts, read

CASE_REFERENCE = re.compile(r"\bDSR-\d{4}-\d{4,8}-[A-Z0-9]{2}\b", re.IGNORECASE)
REPLY = re.compile(
    r"\s*(?:re|aw|antw?|r[eé]p|ref|sv)\s*(?:\[\d+\])?\s*:", re.IGNORECASE
)
OTHER_MATTERS = ("commercial", "survey", "scam")
LIST_WEIGHT = 2  # a mailing list is as telling as two phrases of advertising
ASKS_NOTHING = 0.06  # probability below which a mail asks for no right
MAY_ASK = 0.4  # probability of a mail that a human must see before it is put aside
LIKELY = 0.6  # probability of a sentence that continues an earlier request
COVER_NOTE = 200  # characters of a mail that may only lead to its file
READ = 20_000  # characters of a letter that are classified


@dataclass(frozen=True)
class Evidence:
    """A right, and the words of the letter it rests on."""

    right: str
    quote: str


@dataclass(frozen=True)
class Classification:
    """The proposal for one mail.

    `kind` is new_request, follow_up, not_a_request, auto_generated or review;
    `reason` says in one phrase why; `urgent` marks a supervisory authority, an
    ombudsman or a court, whose letters must reach a human at once. `identifiers` are
    the customer, policy, claim and telephone numbers named; `scope` is the sentence
    that limits the wish, `deadline` the words that set one, `own_reference` the
    reference by which the writer knows the matter.
    """

    kind: str
    rights: tuple[str, ...]
    language: str
    subject_email: str | None
    requester_is_agent: bool
    case_reference: str | None
    evidence: tuple[Evidence, ...]
    reason: str
    urgent: bool
    identifiers: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""
    deadline: str = ""
    own_reference: str = ""


@dataclass(frozen=True)
class _Reading:
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


def classify(mail: ParsedMail) -> Classification:
    """Read a parsed mail as a careful officer would, and say what it is."""
    reading = _read(mail)
    if mail.is_unread:
        return _result(reading, "review", mail.problems[0])
    if is_from_machine(mail, reading.rules):
        speaks = reading.wishes or reading.reference
        if speaks and not is_machine_header(mail) and not is_machine_subject(mail):
            return _result(reading, "review", "looks automatic, but speaks to us")
        return _result(reading, "auto_generated", "sent by a machine")
    for reason, found in _obstacles(mail, reading):
        if found:
            return _result(reading, "review", reason)
    return _person(reading)


def _read(mail: ParsedMail) -> _Reading:
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
    return _Reading(
        mail=mail,
        text=text,
        language=language,
        rules=rules,
        read=found,
        reference=match[0].upper() if match else None,
        forwarded=forwarded,
    )


def _obstacles(mail: ParsedMail, reading: _Reading) -> tuple[tuple[str, bool], ...]:
    nothing = not (mail.text or mail.subject or mail.forwarded)
    unread = [problem for problem in mail.problems if "not read" in problem]
    return (
        ("no e-mail", any("no e-mail" in problem for problem in mail.problems)),
        (mail.why_encrypted, mail.encrypted),
        ("nobody to answer: no sender", not mail.sender.address),
        ("claims to come from our own mailbox", is_own_mailbox(mail)),
        ("nothing to read", nothing),
        ("; ".join(unread)[:250], bool(unread) and not reading.wishes),
    )


def _person(reading: _Reading) -> Classification:
    if reading.marked("authority_acts") and _is_authority(reading):
        return _result(reading, "not_a_request", "from an authority", urgent=True)
    if _is_follow_up(reading):
        return _result(reading, "follow_up", "about a request already made")
    others = sum(reading.marked(name) for name in OTHER_MATTERS)
    others += LIST_WEIGHT * reading.mail.machine.is_list
    if reading.wishes and others < LIST_WEIGHT + len(reading.wishes):
        if reading.read.request < ASKS_NOTHING and reading.read.is_doubtful:
            return _result(reading, "not_a_request", "about another matter")
        if reading.read.is_doubtful:
            return _result(reading, "review", "asks for a right, or for another matter")
        return _result(reading, "new_request", "asks for its rights")
    kind, reason = _without_wish(reading, others=others)
    return _result(reading, kind, reason)


def _without_wish(reading: _Reading, *, others: int) -> tuple[str, str]:
    """Tell another matter from an unclear wish, which a human must see."""
    other = reading.read.hints.get("other", 0.0)
    asks = reading.read.request + reading.read.follow
    nothing = asks < ASKS_NOTHING and reading.read.hint < HINT
    if nothing and not _may_be_letter(reading):
        return "not_a_request", "about another matter"
    if others < LIST_WEIGHT and reading.read.hint >= max(HINT, other / 2):
        return "review", "names a right, asks for nothing clear"
    if _may_be_letter(reading) and not others:
        return "review", "little is said, and the file asks for nothing clear"
    marked = others or reading.marked("internal") or reading.marked("claims")
    least = HINT if marked else SURE
    unclear = other < least or (reading.marked("data_words") and not marked)
    if unclear or asks >= MAY_ASK:
        return "review", "nothing clear is said, of a right or another matter"
    return "not_a_request", "about another matter"


def _may_be_letter(reading: _Reading) -> bool:
    """Say whether few words lead to a file that nobody could make sense of."""
    mail = reading.mail
    letters = any(could_be_a_letter(file) for file in mail.attachments)
    return letters and len(mail.text) < COVER_NOTE and not reading.marked("claims")


def _is_authority(reading: _Reading) -> bool:
    who = fold(f"{reading.mail.sender.name} {reading.mail.sender.address}")
    ends = fold(reading.text[-400:] + " " + reading.mail.subject)
    mark = reading.rules["authority"]
    return bool(mark.search(who) or mark.search(ends))


def _is_follow_up(reading: _Reading) -> bool:
    mail = reading.mail
    answers = bool(mail.in_reply_to or mail.references)
    answers = answers or bool(mail.quoted and not reading.wishes)
    # A reply that quotes no case of ours, and asks, may answer a newsletter.
    anew = reading.read.starts_anew and not CASE_REFERENCE.search(mail.quoted)
    answers = answers and bool(REPLY.match(mail.subject)) and not anew
    if reading.reference or answers or reading.marked("withdrawn"):
        return True
    hints = reading.read.hints
    continues = hints.get("follow", 0.0)
    if reading.marked("past") and (reading.marked("reminder") or not reading.wishes):
        told = reading.marked("data_words") or reading.marked("reminder")
        return bool(told and (continues >= LIKELY or not reading.wishes))
    if reading.wishes:
        return False
    if continues >= LIKELY and continues > hints["other"]:
        return True
    return bool(reading.marked("answer") and REPLY.match(mail.subject))


def _new_wishes(reading: _Reading) -> list[Wish]:
    """Keep what a follow-up asks besides the request it is about."""
    if reading.marked("withdrawn"):
        return [wish for wish in reading.wishes if wish.adds]
    repeats = reading.marked("reminder") or reading.marked("answer")
    repeats = repeats or reading.marked("past")
    return [wish for wish in reading.wishes if wish.adds or not repeats]


def _result(
    reading: _Reading, kind: str, reason: str, *, urgent: bool = False
) -> Classification:
    found = reading.wishes if kind in ("new_request", "review") else []
    if kind == "follow_up":
        found = _new_wishes(reading)
    agent = _speaks_for_another(reading) if kind in ("new_request", "review") else False
    quotes = {wish.right: wish.quote for wish in reversed(found)}
    rights = tuple(right for right in RIGHTS if right in quotes)
    mail = reading.mail
    whole = f"{mail.subject}\n{reading.text}\n{mail.footer}"[:READ]
    return Classification(
        kind=kind,
        rights=rights,
        language=reading.language,
        subject_email=_subject_email(reading, kind, agent=agent),
        requester_is_agent=agent,
        case_reference=reading.reference,
        evidence=tuple(Evidence(right, quotes[right]) for right in rights),
        reason=reason,
        urgent=urgent,
        identifiers=identifiers(whole, with_phone=not agent),
        scope=scope(tuple(quotes[right] for right in rights)),
        deadline=deadline(reading.text),
        own_reference=own_reference(
            mail.subject, mail.text, reading.text, mail.footer, mail.enclosed
        ),
    )


def _speaks_for_another(reading: _Reading) -> bool:
    if reading.forwarded and is_internal(reading.mail):
        return is_agent(fold(reading.text), reading.rules)
    if reading.forwarded:
        return True
    return is_agent(reading.folded, reading.rules)


def _subject_email(reading: _Reading, kind: str, *, agent: bool) -> str | None:
    if kind in ("not_a_request", "auto_generated") or is_own_mailbox(reading.mail):
        return None
    if reading.forwarded:
        return reading.forwarded.sender.address or None
    if agent:
        return represented_address(reading.mail)
    return own_address(reading.mail) or None
