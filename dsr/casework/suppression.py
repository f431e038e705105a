"""Which addresses an objection to advertising is about, and how they are listed."""

import re
from collections.abc import Iterator
from datetime import datetime

from dsr.casework.ticket_lock import record
from dsr.models import LedgerEntry, Ticket
from dsr.vocabulary import Actor, Event, IdentifierKind, RightCode
from subjects.models import SuppressionEntry, suppress

EMAIL, PHONE, POST = IdentifierKind.EMAIL.value, IdentifierKind.PHONE.value, "post"
EMAILS = re.compile(r"[^\s<>,;:\"'()]+@[^\s<>,;:\"'()]+\.\w+")
PHONES = re.compile(r"\+?\d[\d ./()-]{6,}\d")


def suppress_addresses(ticket: Ticket, *, at: datetime) -> set[SuppressionEntry]:
    """Put every address we know of on the list; return all their entries.

    The caller holds the lock. GDPR Art. 21(2) and (3).
    """
    return {
        suppress(kind, value, reference=str(ticket), at=at)
        for kind, value in addresses_of(ticket)
    }


def entries_of(ticket: Ticket) -> set[int]:
    """Return the entries that the ledger says this ticket made, or found."""
    lines = LedgerEntry.objects.filter(
        reference=ticket.case.reference,
        event=Event.SUPPRESSION_ADDED,
        facts__ticket=ticket.pk,
    )
    return {number for line in lines for number in line.facts["entries"]}


def stop_reimport(ticket: Ticket, *, by: Actor, at: datetime) -> bool:
    """Keep those from being imported again whose advertising ends on another right.

    That is an erasure of marketing data, or a withdrawn consent to advertising. The
    caller holds the lock. Only keyed digests stay, for nothing but honouring what was
    asked: GDPR Arts. 7(3), 17(1)(c), 17(3)(b) and 21(3). Return whether there are any.
    """
    entries = suppress_addresses(ticket, at=at)
    if entries:
        numbers = sorted(entry.pk for entry in entries)
        record(ticket, Event.SUPPRESSION_ADDED, by=by, at=at, entries=numbers)
    return bool(entries)


def addresses_of(ticket: Ticket) -> Iterator[tuple[str, str]]:
    """Yield the addresses at which nothing is advertised any more, by kind.

    Whoever writes for another is not meant themselves.
    """
    case, subject = ticket.case, ticket.case.subject
    if not case.is_by_agent:
        yield from _given((EMAIL, case.contact_email), (POST, case.postal_address))
    yield from _given((POST, subject.postal_address))
    for one in subject.identifiers.filter(kind__in=(EMAIL, PHONE)):
        yield one.kind, one.value
    if ticket.right_code == RightCode.MARKETING_OPT_OUT:  # its form asks for them
        for text in ticket.details.values():
            yield from _read(str(text))


def _given(*addresses: tuple[str, str]) -> Iterator[tuple[str, str]]:
    yield from (one for one in addresses if one[1].strip())


def _read(text: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses in an answer; with a number but neither, it is of a house."""
    emails, phones = EMAILS.findall(text), PHONES.findall(text)
    yield from ((EMAIL, email) for email in emails)
    yield from ((PHONE, phone) for phone in phones)
    if not emails and not phones and any(c.isdigit() for c in text):
        yield POST, text
