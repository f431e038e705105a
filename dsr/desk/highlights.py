"""The letter with its evidence: each stretch of it with the rights that rest on it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from dsr.rights import RIGHTS
from dsr.vocabulary import RightCode

# The number of a right at the tray is its key, too.
NUMBERS = {code: number for number, code in enumerate(RIGHTS, start=1)}


@dataclass(frozen=True, slots=True)
class RightMark:
    """A right as the tray names it: its number and its name."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a letter; `marks` are the rights that its words exercise."""

    text: str
    marks: tuple[RightMark, ...] = ()


def mark_of(code: str) -> RightMark | None:
    """Return a right's number and name; None for a code that is no right."""
    if code not in NUMBERS:
        return None
    return RightMark(NUMBERS[code], str(RightCode(code).label))


def highlight(text: str, evidence: Iterable[Mapping[str, str]]) -> list[Stretch]:
    """Cut a letter where evidence begins and ends; joined, it is the letter again.

    `evidence` holds `right` and `quote`. A quote was written on one line and may be
    cut; in the letter it may run over several.
    """
    found = [
        (start, end, mark)
        for one in evidence
        if (mark := mark_of(str(one.get("right", ""))))
        for start, end in _places(str(one.get("quote", "")), text)
    ]
    cuts = sorted(
        {0, len(text), *(cut for start, end, _m in found for cut in (start, end))}
    )
    return [
        Stretch(text[start:end], _marks_at(start, found))
        for start, end in pairwise(cuts)
    ]


def _places(quote: str, text: str) -> list[tuple[int, int]]:
    """Return where a quote stands, however its lines are wrapped."""
    words = quote.split()
    if not words:
        return []
    pattern = r"\s+".join(re.escape(word) for word in words)
    return [match.span() for match in re.finditer(pattern, text)]


def _marks_at(
    position: int, found: list[tuple[int, int, RightMark]]
) -> tuple[RightMark, ...]:
    here = {mark for start, end, mark in found if start <= position < end}
    return tuple(sorted(here, key=lambda mark: mark.number))
