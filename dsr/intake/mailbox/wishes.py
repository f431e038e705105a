"""Which rights a text exercises, each with the sentence it rests on.

A trained model weighs every sentence; rules drop what is past, only threatened, or
asked of somebody else.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from dsr.intake.mailbox.features import Said, concept_words, features, said
from dsr.intake.mailbox.language import fold
from dsr.intake.mailbox.model import knows, probabilities
from dsr.intake.mailbox.rules import RIGHTS, Rules, rules_for
from dsr.intake.mailbox.sentences import Sentence, sentences
from dsr.intake.mailbox.typos import WORD, nearest

SURE = 0.5  # probability from which a sentence exercises a right
HINT = 0.25  # probability from which a human must see it before it is put aside
ELSEWHERE = ("other", "follow")  # labels of sentences that exercise no right
LONGEST_QUOTE = 400  # characters
SHADOW = 0.3  # a right this much less likely than another of its sentence is its shadow
CERTAIN = 0.85


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
    (a request made before).
    """

    wishes: list[Wish] = field(default_factory=list)
    hints: dict[str, float] = field(default_factory=dict)

    @property
    def hint(self) -> float:
        """Give the probability of the likeliest right."""
        return max((self.hints.get(right, 0.0) for right in RIGHTS), default=0.0)


def read(text: str, language: str, subject: str = "") -> Read:
    """Read a text sentence by sentence, each in the light of the one before it."""
    result = Read()
    before = _said(fold(subject), language) if subject else None
    if before is not None:
        result.hints["other"] = probabilities(features(before, None, language))["other"]
    opened: frozenset[str] = frozenset()
    for sentence in sentences(text):
        words = _said(sentence.folded, language)
        likely = probabilities(features(words, before, language))
        found = _take(sentence, likely, opened, rules_for(language), result)
        if sentence.opens_list or not sentence.is_item:
            opened = found if sentence.opens_list else frozenset()
        if words.concepts:
            before = words
    return result


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
    return said(
        WORD.sub(
            lambda match: (
                match[0]
                if knows(match[0], language)
                else nearest(match[0], concept_words(language))
            ),
            folded,
        ),
        language,
    )


def _take(
    sentence: Sentence,
    likely: dict[str, float],
    opened: frozenset[str],
    rules: Rules,
    result: Read,
) -> frozenset[str]:
    """Add what one sentence asks for, unless it speaks rather of another matter.

    `opened` are the rights of the line that opens the list this sentence may be part
    of: there another right must be as good as certain.
    """
    against = max(likely[label] for label in ELSEWHERE)
    for label, probability in likely.items():
        if probability >= against or label in ELSEWHERE:
            result.hints[label] = max(result.hints.get(label, 0.0), probability)
    best = max(likely[right] for right in RIGHTS)
    if best < SURE or _is_no_wish(sentence.folded, rules):
        return frozenset()
    least = max(SURE, best - SHADOW, against)
    rights = [
        right
        for right in RIGHTS
        if likely[right] >= (least if right in opened or not opened else CERTAIN)
    ]
    adds = bool(rules["also"].search(sentence.folded))
    quote = sentence.written[:LONGEST_QUOTE]
    result.wishes += [Wish(right, quote, adds, likely[right]) for right in rights]
    return frozenset(rights)


def _is_no_wish(folded: str, rules: Rules) -> bool:
    past, elsewhere = rules["past"].search(folded), rules["elsewhere"].search(folded)
    return bool(past or elsewhere or rules["threat"].match(folded))
