"""Values of which only a keyed digest is kept: they can be recognised, not read."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from subjects.systems.values import plain


class Hashed(str):
    """The keyed digest of a value; it equals every value that has this digest.

    `secrets` are those it may have been made with, the newest first.
    """

    __slots__ = ("secrets",)
    secrets: tuple[bytes, ...]

    @classmethod
    def of(cls, value: Any, secrets: Sequence[bytes]) -> "Hashed":
        """Return the digest of `value` under the newest of `secrets`."""
        return cls.known(_digest(value, secrets[0]), secrets)

    @classmethod
    def known(cls, digest: str, secrets: Sequence[bytes]) -> "Hashed":
        """Return what was kept as `digest`."""
        made = cls(digest)
        made.secrets = tuple(secrets)
        return made

    def __eq__(self, other: object) -> bool:
        return any(
            hmac.compare_digest(str(self), _digest(other, secret))
            for secret in self.secrets
        )

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def _digest(value: Any, secret: bytes) -> str:
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True)
    return hmac.new(secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
