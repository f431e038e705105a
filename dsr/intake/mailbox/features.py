"""What a sentence says, as features a linear model can weigh: words and concepts.

A concept stands for words that mean the same in four languages (model/concepts.toml),
so that what was learnt of one word, or one language, is known of all. A meaning does
the same for the many words of daily life (model/meanings.toml), in whatever order.
"""

import re
import tomllib
from functools import cache, lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

from dsr.intake.mailbox.articles import named

CONCEPTS = Path(__file__).parent / "model" / "concepts.toml"
MEANINGS = CONCEPTS.with_name("meanings.toml")
TOKEN = re.compile(r"[a-z]+|\d+")
NOT = re.compile(r"\b(\w+)n't\b")
REACH = 4  # concepts that stand this near to one another are weighed as a pair
STEM = 6  # letters of a long word that carry its meaning
MOST_TOKENS = 80  # of one sentence
POINTING = 14  # tokens; a sentence this short may point back to the one before
SHORT = 4  # tokens; what is as short is a heading, a name or a call
SHORTEST_MENDED = 5  # letters of a concept's word that slips are mended to
BACK = 10  # concepts of the sentence before that are remembered


class Said(NamedTuple):
    """One sentence: its tokens, in order their concepts, by name their meanings."""

    tokens: tuple[str, ...]
    concepts: tuple[str, ...]
    meanings: tuple[str, ...]


class _Lexicon(NamedTuple):
    words: dict[str, tuple[str, ...]]
    starts: dict[str, str]
    ends: dict[str, str]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@cache
def _lexicon(path: Path, language: str) -> _Lexicon:
    """Load the words of one language, those of all languages included."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    words: dict[str, list[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    starts: dict[str, str] = {}
    ends: dict[str, str] = {}
    for concept, said in data.items():
        for entry in f"{said.get(language, '')} {said.get('any', '')}".split():
            parts = TOKEN.findall(entry)
            if entry.endswith("*"):
                starts[parts[0]] = concept
            elif entry.startswith("*"):
                ends[parts[0]] = concept
            elif len(parts) == 1:
                words.setdefault(parts[0], []).append(concept)
            else:
                phrases.setdefault(parts[0], []).append((tuple(parts[1:]), concept))
    return _Lexicon(
        {word: tuple(found) for word, found in words.items()},
        starts,
        ends,
        {first: tuple(found) for first, found in phrases.items()},
    )


@cache
def concept_words(language: str) -> frozenset[str]:
    """Give the single words that stand for a concept, for the mending of slips."""
    return frozenset(
        word
        for word in _lexicon(CONCEPTS, language).words
        if len(word) >= SHORTEST_MENDED
    )


@lru_cache(maxsize=40_000)
def _of_word(path: Path, word: str, language: str) -> tuple[str, ...]:
    """Give the concepts of a word, or of the first part of it that has some."""
    lexicon = _lexicon(path, language)
    if word in lexicon.words:
        return lexicon.words[word]
    for length in range(len(word), 3, -1):
        if word[:length] in lexicon.starts:
            return (lexicon.starts[word[:length]],)
        if word[-length:] in lexicon.ends:
            return (lexicon.ends[word[-length:]],)
    return ()


def said(folded: str, language: str) -> Said:
    """Read one folded sentence."""
    plain = NOT.sub(r"\1 not", named(folded))
    tokens = tuple(TOKEN.findall(plain)[:MOST_TOKENS])
    meanings = set(_stood_for(MEANINGS, tokens, language))
    return Said(
        tokens, tuple(_stood_for(CONCEPTS, tokens, language)), tuple(sorted(meanings))
    )


def _stood_for(path: Path, tokens: tuple[str, ...], language: str) -> list[str]:
    """Give what the words and phrases of a sentence stand for, in their order."""
    phrases = _lexicon(path, language).phrases
    found: list[str] = []
    for position, token in enumerate(tokens):
        for rest, concept in phrases.get(token, ()):
            if tokens[position + 1 : position + 1 + len(rest)] == rest:
                found.append(concept)
        found += _of_word(path, token, language)
    return found


def features(sentence: Said, before: Said | None, language: str) -> set[str]:
    """Give the features of a sentence, seen after the one before it."""
    tokens, concepts, meanings = sentence
    found = {f"{language}:{token}" for token in tokens}
    found |= {f"{language}:{token[:STEM]}*" for token in tokens if len(token) > STEM}
    found |= {f"{language}:{one} {two}" for one, two in pairwise(tokens)}
    found.update(concepts)
    for position, concept in enumerate(concepts):
        for later in concepts[position + 1 : position + 1 + REACH]:
            found.add(f"{concept}>{later}")
    found |= {f"#{meaning}" for meaning in meanings}
    found |= {f"#{one}&{two}" for one, two in combinations(meanings, 2)}
    if before is not None:
        earlier = set(before.concepts[-BACK:])
        found |= {f"before {concept}" for concept in earlier}
        if len(tokens) <= POINTING:
            found |= {f"{one}|{two}" for one in earlier for two in set(concepts)}
    if len(tokens) <= SHORT:
        found.add("short")
    return found


def of_mail(sentences: list[set[str]], subject: Said, language: str) -> set[str]:
    """Give the features of a whole mail: those of its sentences and its subject."""
    found = set[str]().union(*sentences)
    found |= {f"subject {one}" for one in features(subject, None, language)}
    return found
