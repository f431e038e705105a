"""Values that tell nothing: typed, keyed, or of the same form. Pure but for chance."""

import hashlib
import hmac
import secrets
import string
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

NO_DAY = date(1900, 1, 1)  # what a column of days says that must say something
_DIGITS, _LOWER, _UPPER = string.digits, string.ascii_lowercase, string.ascii_uppercase
_FIRST, _LAST = date(1900, 1, 1), date(2099, 12, 31)
_WORD = 12  # characters of a random text


def constant_for(kind: str) -> Any:
    """Return the same empty-handed value for every column of a kind."""
    fixed = {"integer": 0, "number": 0, "boolean": False, "date": NO_DAY, "text": ""}
    if kind == "datetime":
        return datetime.combine(NO_DAY, time())
    return fixed.get(kind, "")


def random_like(value: Any) -> Any:
    """Return a random value of the type of `value`; a day or number may be any.

    Text that holds an ISO 8601 day, as SQLite keeps days, gets another day. A number
    has fewer digits, so that it fits where the first one did.
    """
    if isinstance(value, (datetime, date)):
        return _on_day(_random_day(), value)
    if isinstance(value, (bool, int, float, Decimal)):
        return _random_number(value)
    if isinstance(value, UUID):
        return uuid4()
    return _on_written_day(_random_day(), str(value)) or random_text(_WORD)


def _random_number(value: float | Decimal) -> Any:
    if isinstance(value, bool):
        return bool(secrets.randbelow(2))
    below = max(10 ** (len(str(abs(int(value)))) - 1), 10)
    return type(value)(secrets.randbelow(below))


def random_text(characters: int) -> str:
    """Return so many letters and digits."""
    return "".join(secrets.choice(_LOWER + _DIGITS) for _ in range(characters))


def _random_day() -> date:
    return _FIRST + timedelta(days=secrets.randbelow((_LAST - _FIRST).days))


def _on_day(day: date, value: date) -> date:
    if isinstance(value, datetime):
        return datetime.combine(day, time(), value.tzinfo)
    return day


def _on_written_day(day: date, text: str) -> str:
    """Return the text with its day replaced and its time at 0, empty if it has none."""
    if not is_day(text):
        return ""
    rest = ("0" if one in _DIGITS else one for one in text[10:])
    return day.isoformat() + "".join(rest)


def is_day(text: str) -> bool:
    """Say whether a text begins with a day as ISO 8601 writes it."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def keyed_hash(value: Any, key: bytes, algorithm: str = "sha256") -> str:
    """Return the digest of a value under a key, in hexadecimal (RFC 2104)."""
    return hmac.new(key, str(value).encode(), algorithm).hexdigest()


def same_form(value: Any, key: bytes) -> Any:
    """Return a pseudonym of the same form: digits for digits, a day for a day.

    The same value gives the same pseudonym as long as the key exists. Text that
    holds an ISO 8601 day, as SQLite keeps days, gets another day.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, (datetime, date)):
        return _on_day(_keyed_day(value.isoformat()[:10], key), value)
    if isinstance(value, (int, float, Decimal)):
        return type(value)(_other_characters(str(value), key, is_number=True))
    text = str(value)
    if is_day(text):
        return _on_written_day(_keyed_day(text[:10], key), text)
    return _other_characters(text, key)


def _keyed_day(day: str, key: bytes) -> date:
    number = int(keyed_hash(day, key)[:12], 16)
    return _FIRST + timedelta(days=number % (_LAST - _FIRST).days)


def _other_characters(text: str, key: bytes, *, is_number: bool = False) -> str:
    stream = _stream(text, key)
    said = "".join(_other(character, next(stream)) for character in text)
    # A number that begins with 0 would lose a digit.
    return said if not is_number else _without_leading_zero(said)


def _without_leading_zero(number: str) -> str:
    for position, character in enumerate(number):
        if character in _DIGITS:
            single = position + 1 == len(number) or number[position + 1] == "."
            if character == "0" and not single:
                return f"{number[:position]}1{number[position + 1 :]}"
            return number
    return number


def _other(character: str, number: int) -> str:
    for alphabet in (_DIGITS, _LOWER, _UPPER):
        if character in alphabet:
            return alphabet[number % len(alphabet)]
    return "x" if character.isalpha() else character


def _stream(text: str, key: bytes) -> Iterator[int]:
    counter = 0
    while True:
        block = f"{counter}:{text}".encode()
        yield from hmac.new(key, block, hashlib.sha256).digest()
        counter += 1
