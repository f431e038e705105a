"""What a mail is: request, follow-up, neither, a machine's, or for a human to say.

Deterministic and offline; every right comes with the words of the letter it rests on.
No database, no settings, no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dsr.intake.mailbox.enclosed.kinds import could_be_a_letter
from dsr.intake.mailbox.follow_ups import is_follow_up, new_wishes
from dsr.intake.mailbox.language import fold
from dsr.intake.mailbox.machines import (
    is_from_machine,
    is_machine_header,
    is_machine_subject,
    is_sent_to_many,
)
from dsr.intake.mailbox.own_reference import own_reference
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.intake.mailbox.particulars import deadline, identifiers, scope
from dsr.intake.mailbox.people import (
    is_agent,
    is_internal,
    is_own_mailbox,
    own_address,
    represented_address,
)
from dsr.intake.mailbox.rules import RIGHTS
from dsr.intake.mailbox.understood import (
    CASE_REFERENCE,
    COVER_NOTE,
    READ,
    Understood,
    understood,
)
from dsr.intake.mailbox.wishes import HINT, SURE

OTHER_MATTERS = ("commercial", "survey", "scam")
LIST_WEIGHT = 2  # a mailing list is as telling as two phrases of advertising
ASKS_NOTHING = 0.06  # probability below which a mail asks for no right
MAY_ASK = 0.4  # probability of a mail that a human must see before it is put aside


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


def classify(mail: ParsedMail) -> Classification:
    """Read a parsed mail as a careful officer would, and say what it is."""
    reading = understood(mail)
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
    if _is_circular(reading):
        written = mail.machine.is_list and not mail.machine.precedence
        kind = "not_a_request" if written else "auto_generated"
        return _result(reading, kind, "sent to many, or by a calendar")
    return _person(reading)


def _obstacles(mail: ParsedMail, reading: Understood) -> tuple[tuple[str, bool], ...]:
    nothing = not (mail.text or mail.subject or mail.forwarded)
    unread = [problem for problem in mail.problems if "not read" in problem]
    return (
        ("no e-mail", any("no e-mail" in problem for problem in mail.problems)),
        (mail.why_encrypted, mail.encrypted),
        ("nobody to answer: no sender", not mail.sender.address),
        ("claims to come from our own mailbox", is_own_mailbox(mail)),
        ("nothing to read", nothing),
        # What nobody could read may ask for more than a faint wish beside it.
        ("; ".join(unread)[:250], bool(unread) and not _is_plain(reading)),
    )


def _is_plain(reading: Understood) -> bool:
    """Say whether a right is asked for in words that leave little doubt."""
    return any(wish.strength >= SURE for wish in reading.wishes)


def _person(reading: Understood) -> Classification:
    if reading.marked("authority_acts") and _is_authority(reading):
        return _result(reading, "not_a_request", "from an authority", urgent=True)
    if is_follow_up(reading):
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


def _is_circular(reading: Understood) -> bool:
    """Say whether what went to many asks for nothing, and answers nobody."""
    mail = reading.mail
    answers = CASE_REFERENCE.search(mail.subject) or mail.in_reply_to
    speaks = reading.wishes or answers or reading.marked("authority_acts")
    return (
        is_sent_to_many(mail)
        and not speaks
        and not _may_be_letter(reading)
        and reading.read.request < MAY_ASK
    )


def _without_wish(reading: Understood, *, others: int) -> tuple[str, str]:
    """Tell another matter from an unclear wish, which a human must see."""
    other = reading.read.hints.get("other", 0.0)
    asks = reading.read.request + reading.read.follow
    speaks = _may_be_letter(reading) or (reading.marked("own_data") and not others)
    if reading.marked("recordings") and not others:  # what was recorded is data on them
        return "review", "speaks of a recording, asks for nothing clear"
    if reading.read.is_silent and not speaks:
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


def _may_be_letter(reading: Understood) -> bool:
    """Say whether few words lead to a file that nobody could make sense of."""
    mail = reading.mail
    letters = any(could_be_a_letter(file) for file in mail.attachments)
    return letters and len(mail.text) < COVER_NOTE and not reading.marked("claims")


def _is_authority(reading: Understood) -> bool:
    """Say whether an authority writes; who asks for rights may only speak of one."""
    who = fold(f"{reading.mail.sender.name} {reading.mail.sender.address}")
    ends = fold(reading.text[-400:] + " " + reading.mail.subject)
    mark = reading.rules["authority"]
    asks = reading.wishes and reading.read.request >= SURE
    return bool(mark.search(who) or (mark.search(ends) and not asks))


def _result(
    reading: Understood, kind: str, reason: str, *, urgent: bool = False
) -> Classification:
    found = reading.wishes if kind in ("new_request", "review") else []
    if kind == "review" and not found:
        found = reading.read.proposed
    if kind == "follow_up":
        found = new_wishes(reading)
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


def _speaks_for_another(reading: Understood) -> bool:
    if reading.forwarded and is_internal(reading.mail):
        return is_agent(fold(reading.text), reading.rules)
    if reading.forwarded:
        return True
    return is_agent(reading.folded, reading.rules)


def _subject_email(reading: Understood, kind: str, *, agent: bool) -> str | None:
    if kind in ("not_a_request", "auto_generated") or is_own_mailbox(reading.mail):
        return None
    if reading.forwarded:
        return reading.forwarded.sender.address or None
    if agent:
        return represented_address(reading.mail)
    return own_address(reading.mail) or None
