"""Which rights a text exercises, each with the sentence it rests on."""

import re
from dataclasses import dataclass

from dsr.intake.mailbox.rules import RIGHTS, Rules
from dsr.intake.mailbox.sentences import Sentence

# Where the words of two rights overlap, the narrower one is meant: who objects to
# advertising opts out (GDPR Art. 21(2)), not Art. 21(1).
NARROWER = {
    "marketing_opt_out": ("objection", "erasure", "restriction", "rectification"),
    "consent_withdrawal": ("marketing_opt_out", "objection", "erasure"),
    "portability": ("access",),
    "automated_decision_review": ("objection", "access", "rectification"),
    "restriction": ("erasure", "objection"),
    "objection": ("restriction",),
}
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


def wishes(found: list[Sentence], rules: Rules) -> list[Wish]:
    """Read the sentences in order; the items of a list share its first line's asking."""
    result: list[Wish] = []
    list_asks = False
    for sentence in found:
        asks = bool(rules.marks["asks"].search(sentence.folded))
        asks = asks or (sentence.is_item and list_asks)
        adds = bool(rules.marks["also"].search(sentence.folded))
        result += [
            Wish(right, sentence.written[:400], adds)
            for right in rights_in(sentence.folded, rules, asks=asks)
        ]
        if sentence.opens_list or not sentence.is_item:
            list_asks = asks and sentence.opens_list
    return result


def rights_in(folded: str, rules: Rules, *, asks: bool) -> list[str]:
    """Give the rights one sentence exercises, in the order of the nine codes."""
    folded = _without_threats(folded, rules)
    marks = rules.marks
    if marks["past"].search(folded) or marks["elsewhere"].search(folded):
        return []
    matches = [
        match
        for right in RIGHTS
        for match in _matches(right, folded, rules, asks=asks)
        if not _is_negated(match, folded, rules)
    ]
    kept = {match.right for match in matches if not _is_narrowed(match, matches)}
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
    inside = folded[match.start : match.end + BEFORE]
    return bool(
        rules.marks["negation_before"].search(before)
        or rules.marks["negation_inside"].match(inside)
    )


def _is_narrowed(match: _Match, matches: list[_Match]) -> bool:
    return any(
        match.right in NARROWER.get(other.right, ())
        and other.start < match.end
        and match.start < other.end
        for other in matches
    )
