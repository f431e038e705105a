"""The sentences the model learns from: ways of saying, and what becomes of them.

`model/letters/<language>.txt` holds one line for each way of saying something: its
labels (`-` for none), then `|`, then the words. `{this|that}` stands for a choice, `//`
parts the sentence before from the sentence meant. The chance is a seeded one.
"""

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from dsr.intake.mailbox.features import features, said
from dsr.intake.mailbox.language import fold
from dsr.intake.mailbox.model import WEIGHTS

LETTERS = WEIGHTS.parent / "letters"
CHOICE = re.compile(r"\{([^{}]*)\}")
AND = {
    "en": (" and ", ", and also ", "; "),
    "fr": (" et ", " et aussi ", " ; "),
    "nl": (" en ", " en ook ", "; "),
    "de": (" und ", " und auch ", "; "),
}
SEED = 1
WAYS = 24  # sentences made from one line, at most
JOINED = 1500  # sentences made of two, for each language
MISSPELT = 600  # sentences with slips, for each language


class Example(NamedTuple):
    """A sentence to learn from, with the one before it and its labels."""

    labels: frozenset[str]
    before: str
    text: str


def features_of(example: Example, language: str) -> set[str]:
    """Give the features of an example, as the mailbox reads a sentence."""
    before = said(fold(example.before), language) if example.before else None
    return features(said(fold(example.text), language), before, language)


def examples(language: str, ways: int = WAYS) -> list[Example]:
    """Make the sentences of one language; the same ones every time."""
    random = Random(f"{SEED} {language}")  # noqa: S311  chance to learn from, no secret
    lines = (LETTERS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    made = [one for line in lines for one in _ways_of(line, ways, random)]
    found = [*made, *_followed(made, random)]
    slips = random.sample(made, min(MISSPELT, len(made)))
    found += [_misspelt(one, random) for one in slips]
    alone = [one for one in made if one.labels and not one.before]
    for _ in range(JOINED):
        one, two = random.sample(alone, 2)
        if not {"other", "follow"} & (one.labels | two.labels):
            found.append(_joined(one, two, random.choice(AND[language])))
    return found


def _ways_of(line: str, ways: int, random: Random) -> Iterator[Example]:
    label, _, words = line.partition(" | ")
    labels = frozenset() if label == "-" else frozenset(label.split(","))
    known: set[str] = set()
    for _ in range(2 * ways):
        chosen = CHOICE.sub(lambda match: random.choice(match[1].split("|")), words)
        if chosen in known or len(known) >= ways:
            continue
        known.add(chosen)
        before, _, text = " ".join(chosen.split()).rpartition(" // ")
        yield Example(labels, before, text)
        if before:
            yield Example(frozenset(), "", before)


def _followed(made: list[Example], random: Random) -> Iterator[Example]:
    """Put other sentences before, so that what stands before decides little alone."""
    neutral = [one.text for one in made if not one.labels]
    anything = [one.text for one in made]
    for one in made:
        if not one.before:
            said_before = random.choice(random.choice((neutral, neutral, anything)))
            yield one._replace(before=said_before)


def _misspelt(example: Example, random: Random) -> Example:
    """Drop, swap or double a letter in one word of six."""
    words = example.text.split(" ")
    for _ in range(max(1, len(words) // 6)):
        place = random.randrange(len(words))
        word = words[place]
        if len(word) > 4:  # noqa: PLR2004  short words are seldom misspelt
            at = random.randrange(1, len(word) - 1)
            swapped = word[at + 1] + word[at] + word[at + 2 :]
            rest = random.choice((word[at + 1 :], swapped, word[at] + word[at:]))
            words[place] = word[:at] + rest
    return example._replace(text=" ".join(words))


def _joined(one: Example, two: Example, between: str) -> Example:
    text = one.text.rstrip(".?! ") + between + two.text[:1].lower() + two.text[1:]
    return Example(one.labels | two.labels, "", text)
