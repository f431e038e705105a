"""The sender's address in a letter: lines that end in a postal code and a town."""

import re
from dataclasses import dataclass

# 1050 Bruxelles, B-1050 Ixelles, L-2311 Luxembourg, 1017 AB Amsterdam, 75002 Paris.
TOWN = re.compile(
    r"(?P<code>(?:[A-Z]{1,2}\s?-\s?)?\d{4}(?:\d|\s?[A-Z]{2})?)"
    r"(?:\s+|,\s*)(?P<town>[^\W\d_][^\d,;:!?]{1,40})"
)
STREET = re.compile(r"(?=.*[^\W\d_]{3})(?=.*\d)[^:;!?@]{5,80}")
NAME = re.compile(r"[^\W\d_][^\d:;!?@]{2,60}")
TITLE = re.compile(
    r"(?:de|van|from|von|mr|mrs|ms|m\.|mme|madame|monsieur|dhr|de heer|mevrouw|mevr|"
    r"mw|herr|frau|expéditeur|afzender|absender|sender)\.?\s*:?\s+",
    re.IGNORECASE,
)
COLUMNS = re.compile(r"\s{3,}|\t")  # sender and receiver side by side
ABOVE, BELOW = 25, 12  # lines of a letter in which its sender is named


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """The controller's, as letters to it bear it."""

    name: str
    street: str
    postal_code: str

    def is_in(self, name: str, street: str, code: str) -> bool:
        """Say whether an address is ours: by name, or by house and postal code."""
        same_house = _house(street) == _house(self.street) and self.postal_code in code
        return same_house or _plain(self.name) in _plain(f"{name} {street}")


@dataclass(frozen=True, slots=True)
class SenderBlock:
    """A sender's name and address; both empty when it cannot be told."""

    name: str = ""
    address: str = ""


def sender_block(text: str, *, own: OwnAddress) -> SenderBlock:
    """Return the one address in a letter that is not the controller's.

    It is looked for above the letter, then below it; two that differ, such as a
    person's and a lawyer's, are told by an officer.
    """
    lines = [line.strip() for line in text.splitlines()]
    for part in (lines[:ABOVE], lines[-BELOW:]):
        blocks = _blocks(part, own)
        different = {_plain(block.address): block for block in blocks}
        if len(different) == 1:
            return blocks[0]
        if different:
            break
    return SenderBlock()


def _blocks(lines: list[str], own: OwnAddress) -> list[SenderBlock]:
    cells = [COLUMNS.split(line) for line in lines]
    width = max((len(row) for row in cells), default=0)
    found = []
    for column in range(width):
        stack = [row[column].strip() if column < len(row) else "" for row in cells]
        found += [
            block
            for end in range(len(stack))
            if (block := _block_ending_at(stack, end, own))
        ]
    return found


def _block_ending_at(lines: list[str], end: int, own: OwnAddress) -> SenderBlock | None:
    """Read upwards from a town: its street, then the name above."""
    one_line = re.fullmatch(rf"(?P<street>.+?),\s*(?P<end>{TOWN.pattern})", lines[end])
    town = TOWN.fullmatch(one_line["end"] if one_line else lines[end])
    if town is None:
        return None
    street = one_line["street"] if one_line else lines[end - 1] if end else ""
    if not STREET.fullmatch(street):
        return None
    above = lines[: end if one_line else end - 1]
    name = TITLE.sub("", above[-1], count=1) if above else ""
    name = name if NAME.fullmatch(name) and not name.islower() else ""
    if own.is_in(name, street, town["code"]):
        return None
    return SenderBlock(name, f"{street}\n{town['code']} {town['town'].strip()}")


def _house(street: str) -> str:
    found = re.search(r"\d+", street)
    return found[0] if found else ""


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
