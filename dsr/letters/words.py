"""The words that letters share, read from `words.toml`, one language at a time."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from dsr.controller.data import LANGUAGES

WORDS = Path(__file__).parent / "words.toml"


@cache
def words(language: str) -> dict[str, Any]:
    """Return the tree of words, each said in `language`."""
    tree: dict[str, Any] = in_language(tree_of_words(), language)
    return tree


@cache
def tree_of_words() -> dict[str, Any]:
    """Return the tree in all languages."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def in_language(tree: Any, language: str) -> Any:
    """Replace each table of the four languages by its text in one of them."""
    if set(tree) == set(LANGUAGES):
        return tree[language]
    return {key: in_language(branch, language) for key, branch in tree.items()}
