"""References such as DSR-2026-000123-K7: year, number, and two check characters.

A leaf. The reference names a case; it is never enough to see one.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
PATTERN = re.compile(r"\bDSR-(\d{4})-(\d{6,9})-([0-9A-HJKMNP-TV-Z]{2})\b")
PRIME = 1021  # the largest prime that two characters of the alphabet can carry


def make_reference(year: int, number: int) -> str:
    """Return the reference of the `number`-th case of `year`."""
    return f"DSR-{year:04d}-{number:06d}-{_check(year, number)}"


def find_references(text: str) -> list[str]:
    """Return the references in a text whose check characters are right, in order."""
    found = []
    for match in PATTERN.finditer(text.upper()):
        year, number, check = match.groups()
        if check == _check(int(year), int(number)):
            found.append(make_reference(int(year), int(number)))
    return list(dict.fromkeys(found))


def _check(year: int, number: int) -> str:
    # Multiplying by 32 before the division makes every wrong digit, and every
    # pair of digits changed about, give another remainder.
    remainder = (year * 10**9 + number) * 32 % PRIME
    return ALPHABET[remainder // 32] + ALPHABET[remainder % 32]
