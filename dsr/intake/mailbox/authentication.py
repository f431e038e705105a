"""What Authentication-Results say of a mail's sender. RFC 8601, RFC 7489.

Pure, total and linear: what cannot be read says nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dsr.vocabulary import TrustLevel

RESULT = re.compile(r"([a-z][a-z0-9-]{0,40})(?:\s*/\s*\d+)?\s*=\s*([a-z]+)")
PROPERTY = re.compile(
    r"\b([a-z]{1,20})\s*\.\s*([a-z0-9_-]{1,40})\s*=\s*(?:\"([^\"]*)\"|([^\s;\"]+))"
)
AUTHSERV_ID = re.compile(r"\s*\"?([^\s;\"]+)")
FEWEST_LABELS = 2  # of a domain that people have, such as "company.example"
# Where each method says for which domain it speaks.
DOMAIN_OF = {
    "dkim": ("header.d", "header.i"),
    "spf": ("smtp.mailfrom",),
    "dmarc": ("header.from",),
}


@dataclass(frozen=True)
class MethodResult:
    """One method's word: `method` dkim, spf or dmarc; `domain` may be empty."""

    method: str
    result: str
    domain: str


@dataclass(frozen=True)
class Origin:
    """What the checks make of a sender: the level, and the word of each method.

    `aligned` names the methods that passed for the domain of the From header.
    """

    level: TrustLevel = TrustLevel.NOT_CHECKED
    spf: str = ""
    dkim: str = ""
    dmarc: str = ""
    aligned: tuple[str, ...] = ()


def results_of(
    headers: Iterable[str], authserv_id: str
) -> tuple[MethodResult, ...] | None:
    """Return what our own server found; None if no header is its own.

    Headers come topmost first, and only the first of ours counts: what stands
    below may have come with the mail. RFC 8601, sections 1.2 and 5.
    """
    for header in headers:
        text = _without_comments(header).lower()
        named = AUTHSERV_ID.match(text)
        if named and named[1] == authserv_id.lower():
            return tuple(_results(text))
    return None


def origin_of(results: tuple[MethodResult, ...], domain: str) -> Origin:
    """Judge the sender of a mail by the results, for the domain of its From header.

    What fails for want of a proof is `unproven`; what the sender's own domain
    disowns (DMARC, a hard SPF failure, a broken signature of its own) has `failed`.
    """
    aligned = tuple(
        dict.fromkeys(
            one.method
            for one in results
            if one.result == "pass" and is_aligned(one.domain, domain)
        )
    )
    return Origin(
        level=_level(results, domain, aligned),
        spf=_summary(results, "spf", domain),
        dkim=_summary(results, "dkim", domain),
        dmarc=_summary(results, "dmarc", domain),
        aligned=aligned,
    )


def is_aligned(domain: str, sender: str) -> bool:
    """Say whether a domain may speak for the sender's: it, its parent or its child.

    This is the relaxed alignment of RFC 7489, section 3.1, without a list of public
    suffixes: nobody can sign for one of those.
    """
    domain, sender = domain.strip(".").lower(), sender.strip(".").lower()
    if min(len(domain.split(".")), len(sender.split("."))) < FEWEST_LABELS:
        return False
    return (
        domain == sender
        or sender.endswith("." + domain)
        or domain.endswith("." + sender)
    )


def _level(
    results: tuple[MethodResult, ...], domain: str, aligned: tuple[str, ...]
) -> TrustLevel:
    if any(one.method == "dmarc" and one.result == "fail" for one in results):
        return TrustLevel.FAILED
    if aligned:
        return TrustLevel.PROVEN
    disowned = any(
        one.result == "fail" and (one.method == "spf" or is_aligned(one.domain, domain))
        for one in results
    )
    return TrustLevel.FAILED if disowned else TrustLevel.UNPROVEN


def _summary(results: tuple[MethodResult, ...], method: str, domain: str) -> str:
    """Return a method's word: of several signatures, that for the sender's domain."""
    words = [one for one in results if one.method == method]
    words.sort(
        key=lambda one: (not is_aligned(one.domain, domain), one.result != "pass")
    )
    return words[0].result[:20] if words else ""


def _results(text: str) -> Iterable[MethodResult]:
    for part in _parts(text)[1:]:
        match = RESULT.match(part.strip())
        if match and match[1] in DOMAIN_OF:
            yield MethodResult(match[1], match[2], _domain(match[1], part))


def _domain(method: str, part: str) -> str:
    said: dict[str, str] = {
        f"{kind}.{name}": quoted or plain
        for kind, name, quoted, plain in PROPERTY.findall(part)
    }
    for name in DOMAIN_OF[method]:
        if name in said:
            return said[name].rpartition("@")[2].strip("<>.")
    return ""


def _parts(text: str) -> list[str]:
    """Split at the semicolons that stand outside quotes."""
    parts, start, quoted = [], 0, False
    for position, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted:
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]


def _without_comments(text: str) -> str:
    """Leave out what stands in brackets, however deep; a comment proves nothing."""
    kept, depth, quoted, escaped = [], 0, False, False
    for sign in text:
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
            continue
        elif sign == '"' and not depth:
            quoted = not quoted
        elif sign == "(" and not quoted:
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            continue
        if not depth:
            kept.append(sign)
    return "".join(kept)
