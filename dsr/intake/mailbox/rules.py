"""The rules of one language, loaded from its TOML file and compiled once."""

import re
import tomllib
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
SHORT_GAP = re.compile(r"\(\?:\\S\+ \)\{0,\d+\}\?")
GAP = r"(?:\S+ ){0,9}?"  # the "~" of the rules: up to nine words between
ELISION = r"(?:\w{1,2}')?"  # French: a gap may end in "l'", "d'", "qu'"


Rules = dict[str, re.Pattern[str]]


@cache
def rules_for(language: str) -> Rules:
    """Load `rules/<language>.toml`: the marks of sentences, mails and agents."""
    text = (RULES / f"{language}.toml").read_text(encoding="utf-8")
    return {
        name: _compile(patterns)
        for group in tomllib.loads(text).values()
        for name, patterns in group.items()
    }


def _compile(patterns: list[str]) -> re.Pattern[str]:
    whole = "|".join(f"(?:{_expand(one)})" for one in patterns)
    return re.compile(rf"(?!(?<=\w)\w)(?:{whole})")  # not in the middle of a word


def _expand(pattern: str) -> str:
    return SHORT_GAP.sub(lambda match: match[0] + ELISION, pattern.replace("~", GAP))
