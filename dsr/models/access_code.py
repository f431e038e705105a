"""One-time codes by mail: the second factor of the portal. No code is stored."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare

from dsr.models.case import Case

VALID_FOR = timedelta(minutes=30)
MOST_TRIES = 5  # wrong guesses before a code is worth nothing
DIGITS = 8


def new_nonce() -> str:
    """Return what makes one code differ from the next."""
    return secrets.token_hex(16)


class AccessCodeQuerySet(models.QuerySet["AccessCode"]):
    """The questions the portal asks."""

    def usable(self, at: datetime) -> Self:
        """Keep those neither used, nor too old, nor guessed at too often."""
        return self.filter(
            used_at__isnull=True, tries__lt=MOST_TRIES, created_at__gt=at - VALID_FOR
        )


class AccessCode(models.Model):
    """A code that proves the person reads the mail of the case's address.

    The digits are computed from the secret key and `nonce` when the mail is
    written and when a guess is checked, so a copy of the database opens nothing.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="codes")
    nonce = models.CharField(max_length=32, default=new_nonce, unique=True)
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    objects = AccessCodeQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"code #{self.pk}"

    @property
    def digits(self) -> str:
        """The code as it stands in the mail."""
        key, text = settings.SECRET_KEY.encode(), f"access-code:{self.nonce}".encode()
        number = int.from_bytes(hmac.digest(key, text, hashlib.sha256)[:8], "big")
        return f"{number % 10**DIGITS:0{DIGITS}d}"

    def is_right(self, guess: str) -> bool:
        """Compare a guess; spaces and dashes do not count."""
        digits = "".join(c for c in guess if c.isdigit())
        return constant_time_compare(digits, self.digits)


class Guess(models.Model):
    """A try at a closed door, to slow down who tries often; `who` is a keyed digest."""

    who = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"guess #{self.pk}"
