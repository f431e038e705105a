"""Digests of identifiers under keys of ours: to be compared, never to be read back.

The suppression list keeps nothing else of an address, and other programs ask by them
whether a person's data may be used, so that no request names anybody.
"""

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings
from django.utils.encoding import force_bytes

DERIVED_FOR = b"suppression-list"  # no other digest of ours has this key
ID_LENGTH = 8  # hexadecimal digits by which a key is told from another


def normal(kind: str, value: str) -> str:
    """Return an identifier as it is compared: no spaces, one case, one form."""
    text = "".join(value.split())
    if kind == "email":
        return text.casefold()
    if kind == "phone_number":
        digits = "".join(c for c in text if c.isdigit())
        return "+" + (digits.removeprefix("00") if not text.startswith("+") else digits)
    return text.upper()


@lru_cache(maxsize=8)
def key_of(secret: str | bytes) -> bytes:
    """Return the key derived from a secret, 32 bytes; who has it learns no other."""
    return hmac.digest(force_bytes(secret), DERIVED_FOR, hashlib.sha256)


def keys() -> list[bytes]:
    """Return the key that makes digests now, then the former ones."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [key_of(secret) for secret in secrets]


def key_id(key: bytes) -> str:
    """Return by what a key is told from another, 8 hexadecimal digits."""
    return hashlib.sha256(key).hexdigest()[:ID_LENGTH]


def digest_under(key: bytes, kind: str, value: str) -> str:
    """Return the digest of an identifier, 64 hexadecimal digits."""
    text = f"{kind}:{normal(kind, value)}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def digest_of(kind: str, value: str) -> str:
    """Return the digest under the key of today."""
    return digest_under(key_of(settings.SECRET_KEY), kind, value)
