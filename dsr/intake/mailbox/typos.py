"""Misspelt words put right, so that a rule written once finds them all."""

import re
from itertools import pairwise

WORD = re.compile(r"[a-z]{5,20}")


def corrected(folded: str, vocabulary: frozenset[str]) -> str:
    """Replace each word that is one slip away from a word of the vocabulary.

    A slip is a sign too many, too few, other, or two swapped; the first sign counts.
    """
    return WORD.sub(lambda match: _nearest(match[0], vocabulary), folded)


def _nearest(word: str, vocabulary: frozenset[str]) -> str:
    if word in vocabulary:
        return word
    near = sorted(
        known
        for known in vocabulary
        if known[0] == word[0]
        and abs(len(known) - len(word)) <= 1
        and is_one_slip(word, known)
    )
    return near[0] if near else word


def is_one_slip(word: str, known: str) -> bool:
    """Say whether two different words are one slip apart."""
    if len(word) > len(known):
        word, known = known, word
    start = next(
        (
            i
            for i, (one, two) in enumerate(zip(word, known, strict=False))
            if one != two
        ),
        len(word),
    )
    if len(word) < len(known):
        return word[start:] == known[start + 1 :]
    if word[start + 1 :] == known[start + 1 :]:
        return True
    return sorted(word) == sorted(known) and any(
        word == known[:i] + two + one + known[i + 2 :]
        for i, (one, two) in enumerate(pairwise(known))
    )
