"""Slows down whoever tries too often from one address; a rate, not a lock-out.

What is kept is a keyed digest of address and purpose, for as long as it counts.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

from dsr.models import Guess


@dataclass(frozen=True, slots=True)
class Limit:
    """How often something may be done from one address."""

    purpose: str
    most: int
    within: timedelta = timedelta(hours=1)


SUBMISSIONS = Limit("submission", 30)
CODES_ASKED = Limit("code-asked", 20)
WRONG_CODES = Limit("wrong-code", 20)
LONGEST = timedelta(hours=1)  # of the limits above; older tries are forgotten


def is_reached(request: HttpRequest, limit: Limit, *, at: datetime) -> bool:
    """Whether this address has used up what the limit allows."""
    tries = Guess.objects.filter(who=_who(request, limit), at__gt=at - limit.within)
    return tries.count() >= limit.most


def count(request: HttpRequest, limit: Limit, *, at: datetime) -> None:
    """Note one try, and forget those too old to matter."""
    Guess.objects.filter(at__lt=at - LONGEST).delete()
    Guess.objects.create(who=_who(request, limit), at=at)


def _who(request: HttpRequest, limit: Limit) -> str:
    text = f"{limit.purpose}:{_network(address_of(request))}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), text, hashlib.sha256).hex()


def address_of(request: HttpRequest) -> str:
    """Return the address of the browser, as our own proxy saw it.

    Behind TLS there is one proxy, whose word is the last of the header; what
    stands before it was written by the browser and proves nothing.
    """
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.BEHIND_TLS and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    """Return what one household or company shares: of IPv6, its first 64 bits."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        return str(int(found) >> 64)
    return str(found)
