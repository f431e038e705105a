"""The four languages of the desk, and a text given in each of them."""

from collections.abc import Mapping
from typing import NamedTuple

LANGUAGES = ("en", "fr", "nl", "de")


def check_language(language: str) -> str:
    """Return `language`, or raise a ValueError that names those we have."""
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise ValueError(f"{language!r} is no language of ours; known: {known}")
    return language


class Names(NamedTuple):
    """One name in the four languages."""

    en: str
    fr: str
    nl: str
    de: str

    def text(self, language: str) -> str:
        """Return the name in `language`."""
        return self[LANGUAGES.index(check_language(language))]

    @classmethod
    def read(cls, table: Mapping[str, str]) -> "Names":
        """Read the four names of a TOML table; raise ValueError if one is missing."""
        missing = [code for code in LANGUAGES if not table.get(code)]
        if missing or len(table) != len(LANGUAGES):
            wanted = ", ".join(LANGUAGES)
            raise ValueError(f"a name needs exactly the languages {wanted}: {table}")
        return cls(**table)
