"""How far the sender of a mail may be believed, and what calls for a second look."""

from collections.abc import Iterator

from django.conf import settings

from dsr.intake.mailbox.authentication import Origin, origin_of, results_of
from dsr.intake.mailbox.headers import END_OF_HEADERS, read_headers
from dsr.intake.mailbox.lookalike import looks_like
from dsr.intake.mailbox.match import is_known_to, namesake_addresses, was_sent_before
from dsr.intake.mailbox.parsed import DEFAULT_LIMITS, ParsedMail
from dsr.intake.mailbox.quotes import ADDRESS
from dsr.intake.mailbox.signatures import check_signatures, lookup_at
from dsr.models import Case
from dsr.vocabulary import MailFlag

HEADER = "authentication-results"


def check_origin(raw: bytes, mail: ParsedMail) -> Origin:
    """Believe what our own mail server found; without one, the mail's signature.

    Settings: `MAIL_AUTHSERV_ID` names our server as it signs its results,
    `DKIM_NAMESERVER` where keys are looked up when there is none. Without either
    nothing is checked.
    """
    if settings.MAIL_AUTHSERV_ID:
        results = results_of(_headers(raw), settings.MAIL_AUTHSERV_ID)
        return Origin() if results is None else origin_of(results, mail.sender.domain)
    if settings.DKIM_NAMESERVER:
        signed = check_signatures(raw, lookup_at(settings.DKIM_NAMESERVER))
        return origin_of(signed, mail.sender.domain) if signed else Origin()
    return Origin()


def flags_of(mail: ParsedMail, named: Case | None) -> list[str]:
    """Return what is unusual about the sender; `named` is the case that is named."""
    return [str(flag.value) for flag in dict.fromkeys(_flags(mail, named))]


def _flags(mail: ParsedMail, named: Case | None) -> Iterator[MailFlag]:
    sender, reply_to = mail.sender, mail.reply_to.address
    known = namesake_addresses(mail)
    if known:
        yield MailFlag.KNOWN_NAME
    if named is not None and not is_known_to(named, mail):
        yield MailFlag.CHANGED_SENDER
        known = [*known, named.contact_email]
    domains = {one.rpartition("@")[2] for one in known}
    if any(looks_like(sender.domain, domain) for domain in domains):
        yield MailFlag.LOOK_ALIKE
    shown = ADDRESS.search(sender.name)
    if shown and shown[0].casefold() != sender.address.casefold():
        yield MailFlag.NAME_IS_ADDRESS
    if reply_to and reply_to.casefold() != sender.address.casefold():
        yield MailFlag.REPLY_ELSEWHERE
    if was_sent_before(mail):
        yield MailFlag.SENT_BEFORE


def _headers(raw: bytes) -> Iterator[str]:
    """Yield the headers with results, topmost first."""
    head = raw[: DEFAULT_LIMITS.header * 8]
    end = END_OF_HEADERS.search(head)
    headers = read_headers(head[: end.start()] if end else head, DEFAULT_LIMITS)
    for name, value in headers.lines:
        if name == HEADER:
            yield value.decode("utf-8", "replace")
