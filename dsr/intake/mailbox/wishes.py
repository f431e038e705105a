"""Which rights a text exercises, each with the sentence it rests on.

A trained model weighs every sentence, and a second one the mail as a whole; rules drop
what is past, only threatened, or asked of somebody else.
"""

import math
import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from dsr.intake.mailbox.features import (
    Said,
    concept_words,
    features,
    of_mail,
    said,
)
from dsr.intake.mailbox.language import fold
from dsr.intake.mailbox.model import FOLLOW, MAIL, REQUEST, knows, probabilities
from dsr.intake.mailbox.rules import RIGHTS, Rules, rules_for
from dsr.intake.mailbox.sentences import Sentence, sentences
from dsr.intake.mailbox.typos import WORD, nearest

SURE = 0.5  # probability from which a sentence exercises a right
HINT = 0.25  # probability from which a human must see it before it is put aside
ELSEWHERE = ("other", FOLLOW)  # labels of sentences that exercise no right
PARTS = re.compile(r"[,;:] |\b(?:and|et|puis|en|und|then|dann)\b")
LONG = 9  # tokens; a sentence as long may ask for two things
WHOLE = 3  # tokens; a part that is shorter says nothing alone
LONGEST_QUOTE = 400  # characters
CERTAIN = 0.9
DOUBTED = 0.28  # a wish less likely than this, mail and sentence together, is none
ASKS = 0.5  # probability from which a mail asks for something, if not clearly for what
AGAINST = 0.3  # probability of a request below which its wishes must be certain
FIRM = 0.75  # probability of a wish that stands against what the mail as a whole says
LEAST = 0.25  # probability of the likeliest right of such a mail
UNASKED = 0.06  # probability of a request below which a mail says nothing of a right
FAINT = 0.3  # probability of a right, in any sentence of such a mail
LIKE_NOTHING = 0.02  # probability of another matter below which it resembles none
WORTH_A_LOOK = 0.1  # probability from which the likeliest right is proposed


@dataclass(frozen=True)
class Wish:
    """A right found, the sentence it was found in, whether that asks more besides."""

    right: str
    quote: str
    adds: bool
    strength: float


@dataclass
class Read:
    """What a text asks for, and how strongly anything in it points somewhere.

    `hints` gives the highest probability of each label among the sentences: the nine
    rights (where no other matter fits better), "other" (another matter) and "follow"
    (a request made before). `best` is the likeliest sentence for each right, `request`
    and `follow` the probability that the mail as a whole asks for one, or continues.
    `proposed` is what an officer may think of first where no wish is clear.
    """

    wishes: list[Wish] = field(default_factory=list)
    hints: dict[str, float] = field(default_factory=dict)
    best: dict[str, Wish] = field(default_factory=dict)
    request: float = 0.0
    follow: float = 0.0
    proposed: list[Wish] = field(default_factory=list)

    @property
    def hint(self) -> float:
        """Give the probability of the likeliest right."""
        return max((self.hints.get(right, 0.0) for right in RIGHTS), default=0.0)

    @property
    def is_silent(self) -> bool:
        """Say whether neither the mail nor any sentence of it points to a right.

        Of what resembles no other matter either, too little is known to say so.
        """
        strongest = max((wish.strength for wish in self.best.values()), default=0.0)
        return (
            self.request + self.follow < UNASKED
            and self.hints.get("other", 0.0) >= LIKE_NOTHING
            and strongest < FAINT
            and self.hint < FAINT
        )

    @property
    def starts_anew(self) -> bool:
        """Say whether it asks, and in no sentence continues or adds to a request."""
        continues = self.hints.get(FOLLOW, 0.0) >= HINT
        return (
            bool(self.wishes)
            and not continues
            and not any(wish.adds for wish in self.wishes)
        )

    @property
    def is_doubtful(self) -> bool:
        """Say whether the mail as a whole speaks against what its sentences ask."""
        strongest = max((wish.strength for wish in self.wishes), default=0.0)
        return self.request < AGAINST and strongest < FIRM


def read(text: str, language: str, subject: str = "") -> Read:
    """Read a text sentence by sentence, each in the light of the one before it."""
    result = Read()
    title = _said(fold(subject), language)
    before = title if subject else None
    if before is not None:
        result.hints["other"] = probabilities(features(before, None, language))["other"]
    every: list[set[str]] = []
    for sentence in sentences(text):
        words = _said(sentence.folded, language)
        every.append(features(words, before, language))
        likely = _likely(words, sentence.folded, every[-1], language)
        _take(sentence, likely, rules_for(language), result)
        if words.concepts:
            before = words
    _decide(result, probabilities(of_mail(every, title, language), MAIL))
    return result


def _decide(result: Read, likely: dict[str, float]) -> None:
    """Find the wishes: what a sentence and the mail as a whole say together."""
    result.request, result.follow = likely[REQUEST], likely[FOLLOW]
    both = {
        right: _together(wish.strength, likely[right])
        for right, wish in result.best.items()
    }
    likeliest = max(both, key=lambda right: both[right], default="")
    chance = both.get(likeliest, 0.0)
    if chance >= WORTH_A_LOOK:
        result.proposed = [
            result.best[right]
            for right in RIGHTS
            if right == likeliest or both.get(right, 0.0) >= DOUBTED
        ]
    if chance >= SURE or (result.request >= ASKS and chance >= LEAST):
        result.wishes = list(result.proposed)


def _together(one: float, other: float) -> float:
    """Give the probability that two judges have in the middle of their odds."""
    one, other = (min(max(each, 0.0001), 0.9999) for each in (one, other))
    odds = math.sqrt(one / (1 - one) * other / (1 - other))
    return odds / (1 + odds)


def _likely(
    words: Said, folded: str, found: set[str], language: str
) -> dict[str, float]:
    """Weigh a sentence; where it asks for something, a part may ask for more."""
    likely = probabilities(found)
    if max(likely[right] for right in RIGHTS) < SURE or len(words.tokens) < LONG:
        return likely
    for part in PARTS.split(folded):
        of_part = _said(part, language)
        if len(of_part.tokens) >= WHOLE:
            for label, one in probabilities(features(of_part, None, language)).items():
                if one >= CERTAIN and label in RIGHTS:
                    likely[label] = max(likely[label], one)
    return likely


def contradicts(text: str, subject: str, language: str) -> bool:
    """Say whether a text negates what its subject names: "do not delete" it."""
    named = set(said(fold(subject), language).concepts)
    return any(
        "no" in (one, two) and named & {one, two}
        for sentence in sentences(text)
        for one, two in pairwise(said(sentence.folded, language).concepts)
    )


def _said(folded: str, language: str) -> Said:
    """Read the words of a sentence, those that nobody knows as what they are like."""
    return said(WORD.sub(lambda word: _mended(word[0], language), folded), language)


@lru_cache(maxsize=20_000)
def _mended(word: str, language: str) -> str:
    known = knows(word, language)
    return word if known else nearest(word, concept_words(language))


def _take(
    sentence: Sentence, likely: dict[str, float], rules: Rules, result: Read
) -> None:
    """Keep what one sentence points to, and where it is the likeliest for a right."""
    against = max(likely[label] for label in ELSEWHERE)
    for label, probability in likely.items():
        if probability >= against or label in ELSEWHERE:
            result.hints[label] = max(result.hints.get(label, 0.0), probability)
    likelier = [
        right
        for right in RIGHTS
        if right not in result.best or likely[right] > result.best[right].strength
    ]
    if not likelier or _is_no_wish(sentence.folded, rules):
        return
    adds = bool(rules["also"].search(sentence.folded))
    quote = sentence.written[:LONGEST_QUOTE]
    for right in likelier:
        result.best[right] = Wish(right, quote, adds, likely[right])


def _is_no_wish(folded: str, rules: Rules) -> bool:
    past, elsewhere = rules["past"].search(folded), rules["elsewhere"].search(folded)
    return bool(past or elsewhere or rules["threat"].match(folded))
