"""One case's file as data: everything an auditor asks to see of it (law.md F.1)."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from dsr.controller import Controller
from dsr.models import Case, Document, LedgerEntry, LedgerHead, Letter, Message, Ticket
from exports.reports.chains import read_chains
from exports.reports.ticket_file import ticket_file

FORMAT = "rightsdesk-case-1"
TIER = "T4"  # of the policy: how long request, letters and decision are kept


def case_file(case: Case, controller: Controller) -> dict[str, Any]:
    """Return the file of a case; days and sentences in the active language."""
    zone = ZoneInfo(controller.identity.time_zone)
    language = (get_language() or "en").split("-")[0]
    tickets = list(case.tickets.order_by("pk"))
    head = _head(case.reference)
    return {
        "format": FORMAT,
        "controller": controller.identity.name,
        "dpo": controller.dpo.mail,
        "time_zone": controller.identity.time_zone,
        "reference": case.reference,
        "channel": case.channel,
        "received_at": case.received_at.isoformat(),
        "language": case.language,
        "by_agent": case.is_by_agent,
        "address_confirmed_at": iso(case.contact_confirmed_at),
        "text": case.text,
        "documents": [_document(one) for one in case.documents.order_by("pk")],
        "identity": list(_identity(case)),
        "tickets": [ticket_file(ticket, zone, language) for ticket in tickets],
        "messages": [_message(one) for one in case.messages.all()],
        "letters": [_letter(one) for one in case.letters.all()],
        "ledger": [line_of(entry) for entry in lines(case.reference, head["number"])],
        "head": head,
        "chain": asdict(read_chains(case.reference)),
        "kept_until": _kept_until(tickets, controller),
    }


def lines(reference: str, last: int) -> Iterator[LedgerEntry]:
    """Yield the ledger lines of a case up to one, the first first."""
    found = LedgerEntry.objects.filter(reference=reference, number__lte=last)
    yield from found.order_by("number")


def line_of(entry: LedgerEntry) -> dict[str, Any]:
    """Return a ledger line with all that its digest is made of."""
    return {
        "number": entry.number,
        "event": entry.event,
        "by": entry.by,
        "at": entry.at.isoformat(timespec="microseconds"),
        "facts": entry.facts,
        "previous": entry.previous,
        "digest": entry.digest,
    }


def _head(reference: str) -> dict[str, Any]:
    """Return where the chain ended when it was asked: lines may follow meanwhile."""
    head = LedgerHead.objects.filter(pk=reference).first()
    if head is None:  # somebody took it away; the checks will say so
        return {"number": 0, "digest": ""}
    return {"number": head.number, "digest": head.digest}


def iso(instant: datetime | None) -> str | None:
    """Return an instant as ISO text."""
    return instant.isoformat() if instant else None


def _document(document: Document) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "is_health": document.is_health,
        "content_type": document.content_type,
        "size": document.size,
        "sha256": document.sha256,
        "added_at": iso(document.added_at),
        "added_by": document.added_by,
    }


def _identity(case: Case) -> Iterator[dict[str, Any]]:
    """Yield what proved who is asking: the kind and who checked, never the proof."""
    for identifier in case.subject.identifiers.order_by("pk"):
        yield {
            "kind": identifier.kind,
            "verified_at": iso(identifier.verified_at),
            "verified_by": identifier.verified_by,
        }


def _message(message: Message) -> dict[str, Any]:
    return {
        "kind": message.kind,
        "at": iso(message.at),
        "by": message.by,
        "text": message.text,
    }


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "number": letter.pk,
        "ticket": letter.ticket_id,
        "kind": letter.kind,
        "language": letter.language,
        "state": letter.state,
        "by_post": not letter.to_email,
        "created_at": iso(letter.created_at),
        "created_by": letter.created_by,
        "approved_at": iso(letter.approved_at),
        "approved_by": letter.approved_by,
        "sent_at": iso(letter.sent_at),
        "proof": letter.proof,
        "message_id": letter.message_id,
        "pdf_sha256": letter.pdf_sha256,
        "subject": letter.subject,
        "text": letter.text,
    }


def _kept_until(tickets: list[Ticket], controller: Controller) -> str | None:
    """Return the day the file is destroyed, once every ticket is closed."""
    days = controller.tiers[TIER].days
    closed = [ticket.closed_at for ticket in tickets if ticket.closed_at]
    if days is None or not closed or len(closed) < len(tickets):
        return None
    return (max(closed) + timedelta(days=days)).date().isoformat()
