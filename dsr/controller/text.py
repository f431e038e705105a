"""A text of the policy in every language of the desk."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "fr", "nl", "de"]
LANGUAGES: tuple[Language, ...] = ("en", "fr", "nl", "de")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the four languages of the desk."""

    en: str
    fr: str
    nl: str
    de: str

    def to(self, language: str) -> str:
        """Return the text in a language; one we do not write is read in English."""
        text: str = getattr(self, language if language in LANGUAGES else "en")
        return text
