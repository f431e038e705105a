"""Reads a request that was made by word of mouth back to the person."""

from typing import Any

from dsr.letters.words import words
from dsr.models import Letter
from dsr.vocabulary import LetterKind


def read_back(letter: Letter, day: str) -> dict[str, Any]:
    """Return how the person asked on `day`, and what was noted of it.

    Empty unless the letter acknowledges a whole case that came by word of mouth. A
    request needs no form; what it asks for is then proven by nothing but this
    letter. EDPB Guidelines 01/2022, §§ 52 and 57.
    """
    case = letter.case
    whole = letter.kind == LetterKind.ACKNOWLEDGEMENT and letter.ticket is None
    if not whole or not case.was_spoken:
        return {}
    said = words(letter.language)["read_back"]["told_us"][case.channel]
    return {"told_us": said.format(day=day), "noted": case.text.strip()}
