"""What in a text may be about somebody else: suggestions, for a person to judge.

Addresses and numbers are checked by their own rules (RFC 5321, ISO 13616, national
check digits), so few are false; names are guessed by their look, so some are.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from stdnum import iban
from stdnum.be import nn
from stdnum.de import idnr
from stdnum.fr import nir
from stdnum.nl import bsn

from subjects.models.keyed import normal


class HintKind(StrEnum):
    """What it is that may be somebody else's."""

    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    NATIONAL = "national_number"
    NAME = "name"
    KNOWN = "known"  # a key of a person the desk knows, or of the record's other one
    DESCRIBED = "described"  # the description says that it tells of others


@dataclass(frozen=True, slots=True)
class Hint:
    """A passage, as it stands in the text, and what it looks like."""

    kind: HintKind
    text: str


LONGEST = 100_000  # characters of a text that are looked at
FREE_TEXT = 3  # words: what has more is prose, in which names are looked for
_LAST_DIGITS = 8  # of a telephone number: the rest is written in many ways

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w+/.-])(?:\+|0)\d(?:[ ./()-]{0,2}\d){7,13}(?![\w-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"\b\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. ]?\d{2}\b"), nn.is_valid),
    (
        re.compile(r"\b[12] ?\d{2} ?\d{2} ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}\b"),
        nir.is_valid,
    ),
    (re.compile(r"(?i)(?<=bsn )\d{9}\b|(?<=bsn: )\d{9}\b"), bsn.is_valid),
    (re.compile(r"(?i)(?<=idnr )\d{11}\b|(?<=idnr\. )\d{11}\b"), idnr.is_valid),
)
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’-]*[a-zß-öø-ÿ]"
_PARTICLE = r"(?:van|von|de|den|der|du|le|la|ten|ter|zu|d'|y|al|el)"
_NAME = re.compile(rf"\b{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{1,3}}\b")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mme|Mlle|M\.|Monsieur|Madame|Mademoiselle|Dhr|[Dd]e heer"
    r"|Mevr|Mevrouw|Mw|Herrn?|Frau|Dr|Me|Maître|Meester)\.?\s+"
    rf"((?:{_PARTICLE}\s+){{0,2}}{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{0,2}})"
)
# With these a street, a month, an authority or a sentence begins, not a name.
_NO_NAMES = frozenset(
    Path(__file__).with_name("no_names.txt").read_text("utf-8").split()
)


class Own:
    """What is known to be the person's own, and therefore no hint."""

    def __init__(self, name: str, keys: Iterable[str]) -> None:
        listed = list(keys)
        self.words = frozenset(_words(name))
        self._keys = {normal("email" if "@" in key else "", key) for key in listed}
        self._digits = {digits for key in listed if (digits := _digits_of(key))}

    def has_key(self, key: str) -> bool:
        """Say whether an address or a number is the person's."""
        same = normal("email" if "@" in key else "", key)
        return same in self._keys or _digits_of(key) in self._digits

    def has_phone(self, number: str) -> bool:
        """Say whether a telephone number is the person's, however it is written."""
        last = _digits_of(number)[-_LAST_DIGITS:]
        return any(one.endswith(last) for one in self._digits)

    def has_name(self, name: str) -> bool:
        """Say whether each word of a name is one of the person's."""
        return _words(name) <= self.words


def hints_in(text: str, own: Own) -> list[Hint]:
    """Return what in a text may be about somebody else, each passage once."""
    found = dict.fromkeys(_every(text[:LONGEST], own))
    return list(found)


def _every(text: str, own: Own) -> Iterator[Hint]:
    for found in _EMAIL.findall(text):
        if not own.has_key(email := found.strip(".'")):
            yield Hint(HintKind.EMAIL, email)
    numbers = [one for one in _national(text) if not own.has_key(one)]
    yield from (Hint(HintKind.NATIONAL, one) for one in numbers)
    for found in _IBAN.findall(text):
        if iban.is_valid(found, check_country=False) and not own.has_key(found):
            yield Hint(HintKind.IBAN, found)
    for found in _PHONE.findall(text):
        if found not in numbers and not own.has_phone(found):
            yield Hint(HintKind.PHONE, found)
    if len(text.split()) > FREE_TEXT:
        yield from _names(text, own)


def _national(text: str) -> Iterator[str]:
    for pattern, is_valid in _NUMBERS:
        yield from filter(is_valid, pattern.findall(text))


def _names(text: str, own: Own) -> Iterator[Hint]:
    found = [match[1] for match in _TITLED.finditer(text)]
    for match in _NAME.finditer(text):
        words = match[0].split()
        while words and words[0].casefold() in _NO_NAMES:
            words = words[1:]
        is_place = any(word.casefold() in _NO_NAMES for word in words[1:2])
        if len(words) > 1 and not is_place:
            name = " ".join(words)
            if not any(name in one or one in name for one in found):
                found.append(name)
    for name in found:
        if not own.has_name(name):
            yield Hint(HintKind.NAME, name)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{2,}", name.casefold()))


def _digits_of(text: str) -> str:
    digits = "".join(sign for sign in text if sign.isdigit())
    return digits if len(digits) >= _LAST_DIGITS else ""
