"""The rules of one language, loaded from its TOML file and compiled once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RULES = Path(__file__).parent / "rules"
RIGHTS = (
    "access",
    "rectification",
    "erasure",
    "restriction",
    "objection",
    "marketing_opt_out",
    "automated_decision_review",
    "portability",
    "consent_withdrawal",
)
KINDS = ("asks", "states", "unless", "names", "topic", "back")
SHORT_GAP = re.compile(r"\(\?:\\S\+ \)\{0,\d+\}\?")
MACRO = re.compile(r"\{([a-z_]+)\}")
GAP = r"(?:\S+ ){0,9}?"  # the "~" of the rules: up to nine words between
ELISION = r"(?:\w{1,2}')?"  # French: a gap may end in "l'", "d'", "qu'"
LONG_GAP = r"(?:\S+ ){0,18}?"  # the "~~"


@dataclass(frozen=True)
class Right:
    """How one right is asked for: in an asking sentence, or in so many words.

    `unless` are the turns that use the same words for another matter; `names` call the
    right by its name; `back` points back ("stop it") to the `topic` of the sentence
    before.
    """

    asks: re.Pattern[str]
    states: re.Pattern[str]
    unless: re.Pattern[str]
    names: re.Pattern[str]
    topic: re.Pattern[str]
    back: re.Pattern[str]


@dataclass(frozen=True)
class Rules:
    """One language: its rights, and the marks of sentences, mails and agents."""

    rights: dict[str, Right]
    marks: dict[str, re.Pattern[str]]
    vocabulary: frozenset[str]


@cache
def rules_for(language: str) -> Rules:
    """Load `rules/<language>.toml`."""
    text = (RULES / f"{language}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    words = _expand_words(data["words"])
    marks = {
        name: _compile(patterns, words)
        for group in ("sentence", "mail", "agent")
        for name, patterns in data[group].items()
    }
    rights = {
        code: Right(
            *(_compile(data["rights"][code].get(kind, []), words) for kind in KINDS)
        )
        for code in RIGHTS
    }
    vocabulary = frozenset(data.get("typos", {}).get("words", "").split())
    return Rules(rights, marks, vocabulary)


def _expand_words(words: dict[str, str]) -> dict[str, str]:
    """Put words into the words that use them; each may use those above it."""
    expanded: dict[str, str] = {}
    for name, pattern in words.items():
        expanded[name] = _expand(pattern, expanded)
    return expanded


def _expand(pattern: str, words: dict[str, str]) -> str:
    pattern = pattern.replace("~~", LONG_GAP).replace("~", GAP)
    pattern = SHORT_GAP.sub(lambda match: match[0] + ELISION, pattern)
    return MACRO.sub(lambda match: words[match[1]], pattern)


def _compile(patterns: list[str], words: dict[str, str]) -> re.Pattern[str]:
    if not patterns:
        return re.compile(r"(?!)")
    whole = "|".join(f"(?:{_expand(one, words)})" for one in patterns)
    return re.compile(rf"(?:(?<!\w)|(?=\W))(?:{whole})")
