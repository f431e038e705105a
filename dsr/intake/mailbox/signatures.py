"""Checks a mail's DKIM signatures, where no server of ours has done it. RFC 6376.

What fails here is not held against the sender: a mail server on the way may have
added a line to the mail. Only who passes is believed.
"""

from collections.abc import Callable

import dkim
import dns.exception
import dns.resolver

from dsr.intake.mailbox.authentication import MethodResult

LARGEST = 10_000_000  # bytes of a mail that is checked
SIGNATURES = 5  # of one mail that are looked at; each costs a look-up
PATIENCE = 3.0  # seconds for one key
# Returns the text of a TXT record, such as b"v=DKIM1; p=...", or None.
Lookup = Callable[[bytes, float], bytes | None]


def lookup_at(server: str) -> Lookup:
    """Return a function that asks one name server, given as `host` or `host:port`."""
    host, _colon, port = server.partition(":")
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = [host]
    resolver.port = int(port or 53)

    def lookup(name: bytes, timeout: float = PATIENCE) -> bytes | None:
        try:
            answer = resolver.resolve(name.decode(), "TXT", lifetime=PATIENCE)
        except (dns.exception.DNSException, UnicodeError):
            return None
        return b"".join(answer[0].strings)

    return lookup


def check_signatures(raw: bytes, lookup: Lookup) -> tuple[MethodResult, ...]:
    """Return a result for each signature: `pass`, or `neutral` if it does not fit."""
    if len(raw) > LARGEST:
        return ()
    try:
        mail = dkim.DKIM(raw, timeout=PATIENCE)
    except dkim.DKIMException:
        return ()
    signed = sum(name.lower() == b"dkim-signature" for name, _value in mail.headers)
    return tuple(
        _check(mail, number, lookup) for number in range(min(signed, SIGNATURES))
    )


def _check(mail: dkim.DKIM, number: int, lookup: Lookup) -> MethodResult:
    try:
        fits = mail.verify(idx=number, dnsfunc=lookup)
    # The library raises whatever a hostile signature makes it stumble over.
    except Exception:  # noqa: BLE001
        fits = False
    # One that covers only the beginning of the body (l=) leaves the rest to anybody.
    whole = b"l" not in (mail.signature_fields or {})
    domain = (mail.domain or b"").decode("ascii", "replace")
    return MethodResult("dkim", "pass" if fits and whole else "neutral", domain)
