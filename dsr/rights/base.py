"""What a right is, as data: its law, its grounds, its outcomes, its duties."""

import re
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import get_language

from dsr.clock.citations import PLACE
from dsr.clock.citations import gdpr as clock_gdpr
from dsr.clock.languages import LANGUAGES
from dsr.vocabulary import Outcome, RightCode

SEVERAL = re.compile(r", | and ")  # what parts the places of one citation


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a legal text, printed the way lawyers cite it."""

    text: str
    place: str

    def __str__(self) -> str:
        language = (get_language() or "en")[:2]
        return self.to(language if language in LANGUAGES else "en")

    def to(self, language: str) -> str:
        """Cite the place, or several, the way lawyers of a language do.

        What is no article, such as the number of a judgment, stays as it is.
        """
        if self.text != "GDPR":
            return f"{self.text} {self.place}"
        return "; ".join(
            clock_gdpr(place).text(language) if PLACE.fullmatch(place) else place
            for place in SEVERAL.split(self.place)
        )


def gdpr(place: str) -> Source:
    """Cite the General Data Protection Regulation, (EU) 2016/679."""
    return Source("GDPR", place)


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which a request may lawfully be refused, in whole or in part.

    `must_state` is what the letter has to say besides, in the officer's words.
    """

    code: str
    label: Promise
    source: Source
    must_state: Promise
    outcomes: tuple[Outcome, ...] = (Outcome.REFUSED, Outcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Question:
    """What the form asks for this right, beyond the person's own words.

    Nothing here is compulsory unless `required`: a request needs no form.
    """

    code: str
    label: Promise
    help: Promise | str = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class Right:
    """One of the nine rights.

    `extendable` and `asks_identity` say what the law allows; `searches` that the
    answer rests on what the systems hold; `owes_copy` that a package goes out;
    `tells_recipients` that Art. 19 applies.
    """

    code: RightCode
    source: Source
    grounds: tuple[Ground, ...]
    outcomes: tuple[Outcome, ...]
    questions: tuple[Question, ...] = ()
    extendable: bool = True
    asks_identity: bool = True
    asks_clarification: bool = False
    owes_copy: bool = False
    searches: bool = True
    tells_recipients: bool = False
    effect_at_once: bool = False
    also: tuple[Source, ...] = field(default=())

    def ground(self, code: str) -> Ground:
        """Return the ground called `code`, or raise ValueError naming those we have."""
        for ground in self.grounds:
            if ground.code == code:
                return ground
        known = ", ".join(ground.code for ground in self.grounds) or "none"
        msg = f"{code!r} is no ground to refuse {self.code.label}; known: {known}"
        raise ValueError(msg)

    @property
    def proposable(self) -> tuple[Outcome, ...]:
        """How a decision can end it; what takes effect at once is confirmed instead."""
        if not self.effect_at_once:
            return self.outcomes
        return tuple(one for one in self.outcomes if one not in Outcome.CARRIED_OUT)

    def grounds_for(self, outcome: str) -> tuple[Ground, ...]:
        """Return the grounds that can carry this outcome, if the right knows it."""
        if outcome not in self.outcomes:
            return ()
        return tuple(ground for ground in self.grounds if outcome in ground.outcomes)
