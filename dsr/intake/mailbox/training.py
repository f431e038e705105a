"""Trains the model that says what a sentence asks for; the same data, the same weights.

`model/letters/<language>.txt` holds one line for each way of saying something: its
labels (`-` for none), then `|`, then the words. `{this|that}` stands for a choice, `//`
parts the sentence before from the sentence meant. Logistic regression, one label at a
time, in plain Python: no library, no clock, no chance but a seeded one.
"""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from dsr.intake.mailbox.features import CONCEPTS, features, said
from dsr.intake.mailbox.language import LANGUAGES, fold
from dsr.intake.mailbox.model import HUNDREDTHS, WEIGHTS, scale_of
from dsr.intake.mailbox.rules import RIGHTS

LETTERS = WEIGHTS.parent / "letters"
LABELS = (*RIGHTS, "other", "follow")
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
EPOCHS = 6
STEADY = 3  # last passes, of which the weights are the mean
STEP = 0.25  # of the descent, shrinking with what a weight has already moved
BIAS_STEP = 0.02
FIRST_BIAS = -1.5
GOOD_ENOUGH = 0.05  # an error below it teaches nothing
FEWEST = 3  # sentences in which a feature must occur
SMALLEST = 0.15  # a weight below it is left out


class Example(NamedTuple):
    """A sentence to learn from, with the one before it and its labels."""

    labels: frozenset[str]
    before: str
    text: str


class Weighed(NamedTuple):
    """An example as numbers: its features by position, 1.0 for each label it has."""

    features: tuple[int, ...]
    truth: tuple[float, ...]


def digest() -> str:
    """Give the SHA-256 of everything the weights are made from."""
    here = Path(__file__).parent
    code = [here / name for name in ("training.py", "features.py", "language.py")]
    whole = hashlib.sha256()
    for path in [CONCEPTS, *sorted(LETTERS.glob("*.txt")), *code]:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def trained(languages: tuple[str, ...] = LANGUAGES, ways: int = WAYS) -> str:
    """Train, and give the text of the model file."""
    read = [
        (features_of(example, language), example.labels)
        for language in languages
        for example in examples(language, ways)
    ]
    counts = Counter(feature for found, _ in read for feature in found)
    known = sorted(feature for feature, count in counts.items() if count >= FEWEST)
    position = {feature: number for number, feature in enumerate(known)}
    data = [
        Weighed(
            tuple(position[one] for one in sorted(found) if one in position),
            tuple(float(label in labels) for label in LABELS),
        )
        for found, labels in read
    ]
    bias, weights = _descend(data, len(known))
    return _written(bias, weights, known)


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


def _descend(data: list[Weighed], count: int) -> tuple[list[float], list[list[float]]]:
    """Find the bias and the weights of every label (AdaGrad; Duchi et al., 2011).

    What is kept is the mean of the last passes, which swings less than the last one.
    """
    random = Random(SEED)  # noqa: S311
    bias = [FIRST_BIAS] * len(LABELS)
    weights = [[0.0] * count for _ in LABELS]
    moved = [[1.0] * count for _ in LABELS]
    steady = [[0.0] * count for _ in LABELS]
    for epoch in range(EPOCHS):
        random.shuffle(data)
        for example in data:
            scale = scale_of(len(example.features))
            for label, truth in enumerate(example.truth):
                weight = weights[label]
                total = sum([weight[one] for one in example.features])
                error = truth - 1 / (1 + math.exp(-bias[label] - scale * total))
                if abs(error) >= GOOD_ENOUGH:
                    bias[label] += BIAS_STEP * error
                    _move(example.features, weight, moved[label], error * scale)
        if epoch >= EPOCHS - STEADY:
            for mean, weight in zip(steady, weights, strict=True):
                for one, value in enumerate(weight):
                    mean[one] += value / STEADY
    return bias, steady


def _move(
    positions: tuple[int, ...], weight: list[float], moved: list[float], slope: float
) -> None:
    square, step = slope * slope, STEP * slope
    for one in positions:
        moved[one] += square
        weight[one] += step / math.sqrt(moved[one])


def _written(bias: list[float], weights: list[list[float]], known: list[str]) -> str:
    """Write whole hundredths, one feature a line, so that sums know no rounding."""
    lines = []
    for position, feature in enumerate(known):
        pairs = [
            number
            for label, weight in enumerate(weights)
            if abs(weight[position]) >= SMALLEST
            for number in (label, round(weight[position] * HUNDREDTHS))
        ]
        if pairs:
            lines.append(f"{json.dumps(feature)}: {json.dumps(pairs)}")
    whole = [round(one * HUNDREDTHS) for one in bias]
    return (
        f'{{"made_from": "{digest()}",\n"labels": {json.dumps(LABELS)},\n'
        f'"bias": {json.dumps(whole)},\n"weights": {{\n' + ",\n".join(lines) + "}}\n"
    )
