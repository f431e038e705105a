"""The derivation of a day: one step per rule, each a sentence in four languages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dsr.clock.citations import Citation
from dsr.clock.languages import Names, check_language

SENTENCES = Path(__file__).parent / "sentences.toml"


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days, written with its noun."""

    number: int
    unit: str = "day"


@dataclass(frozen=True, slots=True)
class Months:
    """A number of months, written with its noun."""

    number: int
    unit: str = "month"


Fact = date | int | Names | Days | Months


@dataclass(frozen=True, slots=True)
class Step:
    """One rule that was applied, what it was applied to, and where it stands."""

    code: str
    source: Citation
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """Return the step as one sentence, its days written out."""
        sentence: str = sentences()["step"][self.code][check_language(language)]
        said = {key: in_words(fact, language) for key, fact in self.facts.items()}
        said |= {
            f"{key}_dem": day_in_words(fact, language, form="dative")
            for key, fact in self.facts.items()
            if isinstance(fact, date)
        }
        text = sentence.format_map(said)
        return text[0].upper() + text[1:]


def in_words(fact: Fact, language: str) -> str:
    """Write a day, a name or a number as `language` writes it."""
    if isinstance(fact, date):
        return day_in_words(fact, language)
    if isinstance(fact, Names):
        return fact.text(language)
    if isinstance(fact, Days | Months):
        one, more = sentences()["unit"][fact.unit][language]
        # French counts 0 with 1; the others count it with the many.
        singular = fact.number == 1 or (fact.number == 0 and language == "fr")
        return f"{fact.number} {one if singular else more}"
    return str(fact)


def day_in_words(day: date, language: str, form: str = "written") -> str:
    """Write a day out with its weekday, as in "Tuesday 7 April 2026".

    German also has the form `dative`, for a day after a preposition; in the other
    languages it is the same.
    """
    words = sentences()["calendar"][check_language(language)]
    written: str = words.get(form, words["written"])
    return written.format(
        weekday=words["weekdays"][day.weekday()],
        number=words.get("first", 1) if day.day == 1 else day.day,
        month=words["months"][day.month - 1],
        year=day.year,
    )


@cache
def sentences() -> dict[str, Any]:
    """Return `sentences.toml`: the sentences, month names and units."""
    return tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
