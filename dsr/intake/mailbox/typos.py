"""Misspelt words put right, so that what was learnt of a word is known of them all."""

import re
from functools import cache, lru_cache
from itertools import pairwise

WORD = re.compile(r"[a-z]{5,20}")


def corrected(folded: str, vocabulary: frozenset[str]) -> str:
    """Replace each word that is one slip away from a word of the vocabulary.

    A slip is a sign too many, too few, other, or two swapped; the first sign counts.
    """
    return WORD.sub(lambda match: nearest(match[0], vocabulary), folded)


@lru_cache(maxsize=20_000)
def nearest(word: str, vocabulary: frozenset[str]) -> str:
    """Give the word itself if it is known or like no other, else the one it is like."""
    if word in vocabulary:
        return word
    alike = _by_start(vocabulary)
    near = sorted(
        known
        for length in (len(word) - 1, len(word), len(word) + 1)
        for known in alike.get((word[0], length), ())
        if is_one_slip(word, known)
    )
    return near[0] if near else word


@cache
def _by_start(vocabulary: frozenset[str]) -> dict[tuple[str, int], list[str]]:
    """Sort the vocabulary by first letter and length."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in vocabulary:
        found.setdefault((word[0], len(word)), []).append(word)
    return found


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
