"""A linear model that says what a sentence asks for, trained on `model/letters`.

One weight for each feature and label; a label's probability is the logistic function of
their sum, scaled by the length of the sentence. `training.py` makes `weights.json`.
"""

import json
import math
from functools import cache
from pathlib import Path
from typing import NamedTuple

WEIGHTS = Path(__file__).parent / "model" / "weights.json"
HUNDREDTHS = 100  # weights are kept as whole hundredths
SCALE = 3.0
DAMPING = 4  # features; keeps two known words from being a certainty


class Model(NamedTuple):
    """`weights` gives each feature its (position of label, weight) pairs."""

    made_from: str
    labels: tuple[str, ...]
    bias: tuple[int, ...]
    weights: dict[str, tuple[tuple[int, int], ...]]


@cache
def model() -> Model:
    """Load the weights, once for each process."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Model(
        made_from=data["made_from"],
        labels=tuple(data["labels"]),
        bias=tuple(data["bias"]),
        weights={
            feature: tuple(zip(pairs[::2], pairs[1::2], strict=True))
            for feature, pairs in data["weights"].items()
        },
    )


def knows(word: str, language: str) -> bool:
    """Say whether the model has met a word in the letters of a language."""
    return f"{language}:{word}" in model().weights


def scale_of(count: int) -> float:
    """Weigh the features of a sentence by how many there are."""
    return SCALE / math.sqrt(count + DAMPING)


def probabilities(features: set[str]) -> dict[str, float]:
    """Give the probability of each label for one sentence."""
    known = model()
    sums = [0] * len(known.labels)
    weights = known.weights
    for feature in features & weights.keys():
        for position, weight in weights[feature]:
            sums[position] += weight
    scale = scale_of(len(features))
    return {
        label: 1 / (1 + math.exp(-(bias + scale * total) / HUNDREDTHS))
        for label, bias, total in zip(known.labels, known.bias, sums, strict=True)
    }
