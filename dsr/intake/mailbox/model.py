"""Two linear models: what a sentence asks for, and what a mail as a whole asks for.

One weight for each feature and label; a label's probability is the logistic function of
their sum, scaled by how many features there are. `training.py` makes `weights.json`
from `model/letters` and `model/mails`.
"""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

WEIGHTS = Path(__file__).parent / "model" / "weights.json"
SENTENCE, MAIL = "sentence", "mail"
REQUEST = "request"  # the label of a mail that asks for a right at all
FOLLOW = "follow"  # the label of what continues an earlier request
HUNDREDTHS = 100  # weights are kept as whole hundredths
SCALE = 3.0
DAMPING = 4  # features; keeps two known words from being a certainty


class Model(NamedTuple):
    """`weights` gives each feature its weight for each label, in their order."""

    labels: tuple[str, ...]
    bias: tuple[int, ...]
    weights: dict[str, tuple[int, ...]]


@cache
def model(name: str) -> Model:
    """Load the weights of a model, once for each process."""
    data = _file()[name]
    return Model(
        labels=tuple(data["labels"]),
        bias=tuple(data["bias"]),
        weights={
            feature: _row(pairs, len(data["labels"]))
            for feature, pairs in data["weights"].items()
        },
    )


def made_from() -> str:
    """Give the digest of what the weights were made from."""
    return str(_file()["made_from"])


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found


def _row(pairs: list[int], labels: int) -> tuple[int, ...]:
    """Spread the positions and weights that the file names over all labels."""
    known = dict(zip(pairs[::2], pairs[1::2], strict=True))
    return tuple(known.get(label, 0) for label in range(labels))


def knows(word: str, language: str) -> bool:
    """Say whether the model has met a word in the letters of a language."""
    return f"{language}:{word}" in model(SENTENCE).weights


def scale_of(count: int) -> float:
    """Weigh the features of a sentence by how many there are."""
    return SCALE / math.sqrt(count + DAMPING)


def probabilities(features: set[str], name: str = SENTENCE) -> dict[str, float]:
    """Give the probability of each label for one sentence, or one mail."""
    known = model(name)
    rows = list(filter(None, map(known.weights.get, features)))
    sums = map(sum, zip(*rows, strict=True)) if rows else (0,) * len(known.labels)
    scale = scale_of(len(features))
    return {
        label: 1 / (1 + math.exp(-(bias + scale * total) / HUNDREDTHS))
        for label, bias, total in zip(known.labels, known.bias, sums, strict=True)
    }
