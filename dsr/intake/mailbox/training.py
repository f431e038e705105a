"""Trains the models of sentences and of mails; the same data, the same weights.

Logistic regression, one label at a time, in plain Python: no library, no clock, no
chance but a seeded one.
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import NamedTuple

from dsr.intake.mailbox.features import CONCEPTS, MEANINGS, of_mail, said
from dsr.intake.mailbox.language import LANGUAGES
from dsr.intake.mailbox.model import (
    FOLLOW,
    HUNDREDTHS,
    MAIL,
    REQUEST,
    SENTENCE,
    scale_of,
)
from dsr.intake.mailbox.rules import RIGHTS
from dsr.intake.mailbox.training_mails import MAILS, Labelled, learnt, mails
from dsr.intake.mailbox.training_sentences import (
    LETTERS,
    SEED,
    WAYS,
    Example,
    examples,
    features_of,
)

LABELS = {SENTENCE: (*RIGHTS, "other", FOLLOW), MAIL: (*RIGHTS, REQUEST, FOLLOW)}
CODE = (
    "training.py",
    "training_sentences.py",
    "training_mails.py",
    "articles.py",
    "features.py",
    "language.py",
    "sentences.py",
)
ALONE = 12  # one way of saying in so many is taken for a whole mail
AS_WRITTEN = 2  # times a sentence of a real mail counts beside the ways of saying
EPOCHS = {SENTENCE: 6, MAIL: 20}
STEADY = 3  # last passes, of which the weights are the mean
STEP = 0.25  # of the descent, shrinking with what a weight has already moved
BIAS_STEP = 0.02
FIRST_BIAS = -1.5
GOOD_ENOUGH = 0.05  # an error below it teaches nothing
FEWEST = 3  # sentences in which a feature must occur
SMALLEST = 0.15  # a weight below it is left out


class Weighed(NamedTuple):
    """An example as numbers: its features by position, 1.0 for each label it has."""

    features: tuple[int, ...]
    truth: tuple[float, ...]


def digest() -> str:
    """Give the SHA-256 of everything the weights are made from."""
    here = Path(__file__).parent
    letters = [*sorted(LETTERS.glob("*.txt")), *sorted(MAILS.glob("*.txt"))]
    whole = hashlib.sha256()
    for path in [CONCEPTS, MEANINGS, *letters, *(here / name for name in CODE)]:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def trained(
    languages: tuple[str, ...] = LANGUAGES, ways: int = WAYS, most: int | None = None
) -> str:
    """Train, and give the text of the model file; `most` mails of each language."""
    sentences: list[Labelled] = []
    wholes: list[Labelled] = []
    for language in languages:
        made = examples(language, ways)
        sentences += [(features_of(one, language), one.labels) for one in made]
        wholes += [_alone(one, language) for one in made[::ALONE]]
        for mail in mails(language)[:most]:
            taught, whole = learnt(mail, language)
            sentences += taught * AS_WRITTEN
            wholes.append(whole)
    models = {SENTENCE: _fitted(sentences, SENTENCE), MAIL: _fitted(wholes, MAIL)}
    parts = ",\n".join(f'"{name}": {text}' for name, text in models.items())
    return f'{{"made_from": "{digest()}",\n{parts}}}\n'


def _alone(example: Example, language: str) -> Labelled:
    """Take a way of saying something for a mail that says nothing else."""
    found = of_mail([features_of(example, language)], said("", language), language)
    request = {REQUEST} if example.labels & set(RIGHTS) else set()
    return found, example.labels & {*RIGHTS, FOLLOW} | request


def _fitted(read: list[Labelled], name: str) -> str:
    """Fit one model, and give its part of the file."""
    counts = Counter(feature for found, _ in read for feature in found)
    known = sorted(feature for feature, count in counts.items() if count >= FEWEST)
    position = {feature: number for number, feature in enumerate(known)}
    data = [
        Weighed(
            tuple(position[one] for one in sorted(found) if one in position),
            tuple(float(label in labels) for label in LABELS[name]),
        )
        for found, labels in read
    ]
    bias, weights = _descend(data, len(known), name)
    return _written(LABELS[name], bias, weights, known)


def _descend(
    data: list[Weighed], count: int, name: str
) -> tuple[list[float], list[list[float]]]:
    """Find the bias and the weights of every label (AdaGrad; Duchi et al., 2011).

    What is kept is the mean of the last passes, which swings less than the last one.
    """
    random = Random(SEED)  # noqa: S311
    labels = LABELS[name]
    bias = [FIRST_BIAS] * len(labels)
    weights = [[0.0] * count for _ in labels]
    moved = [[1.0] * count for _ in labels]
    steady = [[0.0] * count for _ in labels]
    for epoch in range(EPOCHS[name]):
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
        if epoch >= EPOCHS[name] - STEADY:
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


def _written(
    labels: Iterable[str],
    bias: list[float],
    weights: list[list[float]],
    known: list[str],
) -> str:
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
        f'{{"labels": {json.dumps(list(labels))},\n"bias": {json.dumps(whole)},\n'
        '"weights": {\n' + ",\n".join(lines) + "}}"
    )
