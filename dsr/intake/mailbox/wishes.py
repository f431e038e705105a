"""Which rights a text exercises, each with the sentence it rests on."""

import re
from dataclasses import dataclass, replace

from dsr.intake.mailbox.rules import RIGHTS, Rules
from dsr.intake.mailbox.sentences import Sentence, sentences
from dsr.intake.mailbox.typos import corrected

# Where the words of two rights overlap, the narrower one is meant: who objects to
# advertising opts out (GDPR Art. 21(2)), not Art. 21(1).
NARROWER = {
    "marketing_opt_out": ("objection", "erasure", "restriction", "rectification"),
    "consent_withdrawal": ("marketing_opt_out", "objection", "erasure"),
    "portability": ("access",),
    "automated_decision_review": ("objection", "access", "rectification"),
    "erasure": ("access", "rectification"),
    "restriction": ("erasure", "objection"),
    "objection": ("restriction",),
}
# "Do not …" is the very wish of the one, and takes back the wish of the other.
STOPS = ("marketing_opt_out", "restriction")
ACTS = ("access", "rectification", "erasure", "portability")
BEFORE = 40  # characters before a match in which a negation is looked for


@dataclass(frozen=True)
class Wish:
    """A right found, the sentence it was found in, whether that asks more besides."""

    right: str
    quote: str
    adds: bool


@dataclass(frozen=True)
class _Match:
    right: str
    start: int
    end: int


def wishes(text: str, rules: Rules) -> list[Wish]:
    """Read a text sentence by sentence; misspelt words get a second reading."""
    found = sentences(text)
    return _read(found, rules) or _read(
        [
            replace(sentence, folded=corrected(sentence.folded, rules.vocabulary))
            for sentence in found
        ],
        rules,
    )


def _read(found: list[Sentence], rules: Rules) -> list[Wish]:
    """Read in order: the items of a list share the asking of its first line."""
    result: list[Wish] = []
    list_asks, before = False, ""
    for sentence in found:
        folded = sentence.folded
        asks = bool(rules.marks["asks"].search(folded)) or _asks_us(folded, rules)
        asks = asks or (sentence.is_item and list_asks)
        adds = bool(rules.marks["also"].search(folded))
        rights = rights_in(folded, rules, asks=asks) + _meant(folded, before, rules)
        result += [Wish(right, sentence.written[:400], adds) for right in rights]
        if sentence.opens_list or not sentence.is_item:
            list_asks = asks and sentence.opens_list
        before = folded
    return result


def _meant(folded: str, before: str, rules: Rules) -> list[str]:
    """Give the rights that "stop it" means after a sentence on their topic."""
    return [
        right
        for right in RIGHTS
        if rules.rights[right].back.search(folded)
        and rules.rights[right].topic.search(before)
        and not rules.rights[right].unless.search(folded)
    ]


def _asks_us(folded: str, rules: Rules) -> bool:
    return folded.endswith("?") and bool(rules.marks["addressed"].search(folded))


def mentions_a_right(text: str, rules: Rules) -> bool:
    """Say whether any right is so much as named, asked for or not."""
    return any(
        rules.rights[right].asks.search(sentence.folded)
        or rules.rights[right].states.search(sentence.folded)
        for sentence in sentences(text)
        for right in RIGHTS
        if not rules.rights[right].unless.search(sentence.folded)
    )


def rights_in(folded: str, rules: Rules, *, asks: bool) -> list[str]:
    """Give the rights one sentence exercises, in the order of the nine codes."""
    folded = _without_threats(folded, rules)
    marks = rules.marks
    if marks["past"].search(folded) or marks["elsewhere"].search(folded):
        return []
    matches = [
        match
        for right in RIGHTS
        if not rules.rights[right].unless.search(folded)
        for match in _matches(right, folded, rules, asks=asks)
        if not _is_negated(match, folded, rules)
    ]
    kept = {match.right for match in matches if not _is_narrowed(match, matches)}
    if "portability" in kept and not rules.rights["access"].names.search(folded):
        kept.discard("access")  # "send me my data as CSV" is one wish (Art. 20)
    return [right for right in RIGHTS if right in kept]


def _without_threats(folded: str, rules: Rules) -> str:
    return rules.marks["threat"].sub("", folded)


def _matches(right: str, folded: str, rules: Rules, *, asks: bool) -> list[_Match]:
    patterns: list[re.Pattern[str]] = [rules.rights[right].states]
    if asks:
        patterns.append(rules.rights[right].asks)
    return [
        _Match(right, *match.span())
        for pattern in patterns
        for match in pattern.finditer(folded)
    ]


def _is_negated(match: _Match, folded: str, rules: Rules) -> bool:
    before = folded[max(0, match.start - BEFORE) : match.start].rstrip()
    inside = folded[match.start : match.end + BEFORE].lstrip(" ,:;!")
    marks = rules.marks
    return bool(
        (match.right not in STOPS and marks["negation_before"].search(before))
        or (match.right in ACTS and marks["negation_inside"].match(inside))
    )


def _is_narrowed(match: _Match, matches: list[_Match]) -> bool:
    return any(
        (match.right in NARROWER.get(other.right, ()) and _mostly_inside(match, other))
        or (match.right != other.right and _is_nearer(other, match))
        for other in matches
    )


def _mostly_inside(match: _Match, other: _Match) -> bool:
    shared = min(other.end, match.end) - max(other.start, match.start)
    return 2 * shared >= match.end - match.start


def _is_nearer(other: _Match, match: _Match) -> bool:
    """Say whether another verb stands nearer to the same object."""
    both_act = match.right in ACTS and other.right in ACTS
    return both_act and other.start > match.start and other.end == match.end
