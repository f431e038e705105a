"""Drafts letters: makes the row, in the transaction of the act that wants it."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from dsr.controller import current
from dsr.controller.data import Recipient
from dsr.letters.catalogue import CATALOGUE
from dsr.models import Case, Letter, Ticket
from dsr.vocabulary import LetterKind


def draft(
    kind: LetterKind,
    *,
    case: Case,
    ticket: Ticket | None = None,
    parts: Mapping[str, object] | None = None,
    to: Recipient | None = None,
    by: str,
    at: datetime,
) -> Letter:
    """Save a draft addressed to the person, or to a recipient of data; return it."""
    letter = new_letter(
        kind, case=case, ticket=ticket, parts=parts, to=to, by=by, at=at
    )
    letter.save()
    return letter


def new_letter(
    kind: LetterKind,
    *,
    case: Case,
    ticket: Ticket | None = None,
    parts: Mapping[str, object] | None = None,
    to: Recipient | None = None,
    by: str,
    at: datetime,
) -> Letter:
    """Return a draft; the caller saves it.

    `parts` are the free texts by name (`catalogue` says which a kind knows); a
    reply begins with the reasons and the deeds that the ticket already holds.

    Raises:
        ValueError: the kind knows no such part; the message lists those it does.

    """
    written = {**_from_ticket(kind, ticket), **(parts or {})}
    _check_parts(kind, written)
    return Letter(
        case=case,
        ticket=ticket,
        kind=kind,
        parts=written,
        **(_to_person(case) if to is None else _to_recipient(to)),
        message_id=new_message_id(),
        created_at=at,
        created_by=by,
    )


def _to_person(case: Case) -> dict[str, str]:
    address = case.postal_address or case.subject.postal_address
    return {
        "language": case.language,
        "to_email": case.contact_email,
        "to_address": "" if case.contact_email else address,
    }


def _to_recipient(to: Recipient) -> dict[str, str]:
    """Address one who received data, in their language or the controller's first."""
    return {
        "language": to.language or current().identity.languages[0],
        "to_name": to.name,
        "to_email": to.mail or "",
        "to_address": "" if to.mail else to.address or "",
    }


def new_message_id() -> str:
    """Return an id that no other mail has; it says nothing of case or person."""
    host = current().dpo.mail.partition("@")[2]
    return f"<{secrets.token_hex(16)}@{host}>"


def _from_ticket(kind: LetterKind, ticket: Ticket | None) -> dict[str, object]:
    if kind != LetterKind.REPLY or ticket is None:
        return {}
    found = {"reasons": ticket.reasons, "done": ticket.done}
    return {name: text for name, text in found.items() if text}


def _check_parts(kind: LetterKind, parts: Mapping[str, object]) -> None:
    entry = CATALOGUE[kind]
    known = (*entry.asks, *entry.may_ask)
    unknown = sorted(set(parts) - set(known))
    if unknown:
        raise ValueError(
            f"{kind} has no part {', '.join(unknown)}; "
            f"known: {', '.join(known) or 'none'}"
        )
