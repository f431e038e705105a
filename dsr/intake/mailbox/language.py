"""Which of the four languages a text is written in: function words, kept as data."""

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "fr", "nl", "de")
WORDS = Path(__file__).parent / "rules" / "language.toml"
WORD = re.compile(r"[^\W\d_]+'?(?:t\b)?")
# Accents as signs of their own: Combining Diacritical Marks and their later blocks.
COMBINING = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+"
)
SIGN_WEIGHT = 0.2  # a sign is a hint, a function word is nearly a proof
ENOUGH = 4_000  # characters; more text does not change the answer


@cache
def _clues() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {
        language: (
            frozenset(fold(data[language]["words"]).split()),
            tuple(data[language]["signs"]),
        )
        for language in LANGUAGES
    }


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Give each word its weight per language: shared words weigh less."""
    shared = Counter(word for words, _ in _clues().values() for word in words)
    return {
        language: {word: 1 / shared[word] ** 2 for word in words}
        for language, (words, _) in _clues().items()
    }


def fold(text: str) -> str:
    """Write in lower case without accents and with plain apostrophes and dashes."""
    text = text.lower().replace("ß", "ss").replace("œ", "oe").replace("æ", "ae")
    text = text.translate(PLAIN)
    if text.isascii():
        return text
    return COMBINING.sub("", unicodedata.normalize("NFKD", text))


PLAIN = str.maketrans("’‘ʼ`´‚–—−“”„«»…\xa0", "''''''---\"\"\"\"\". ")


def scores(text: str) -> dict[str, float]:
    """Give each language its points; the order of ties is that of LANGUAGES."""
    text = text[:ENOUGH]
    words = Counter(WORD.findall(fold(text)))
    lower = text.lower()
    found = {}
    for language in LANGUAGES:
        weights = _weights()[language]
        points = sum(weights.get(word, 0) * count for word, count in words.items())
        signs = sum(lower.count(sign) for sign in _clues()[language][1])
        found[language] = points + SIGN_WEIGHT * signs
    return found


def detect(*texts: str) -> str:
    """Give the language of the first text that shows one; English if none does."""
    for text in texts:
        points = scores(text)
        best = max(LANGUAGES, key=lambda language: points[language])
        if points[best] >= 1:
            return best
    return LANGUAGES[0]
