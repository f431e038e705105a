"""Jeanne's case as rows of the database, at the state a letter is about."""

from datetime import UTC, datetime
from typing import Any

from dsr.models import Case, Ticket
from dsr.vocabulary import State
from subjects.models import Identifier, Subject

RECEIVED_AT = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
AT = datetime(2026, 3, 18, 9, 30, tzinfo=UTC)
NAME = "Jeanne Vercanary-Lefèvre"
EMAIL = "jeanne.vercanary@mail.example"


def a_case(**changes: Any) -> Case:
    """Save a case of Jeanne's, who asks by mail and in French."""
    subject = Subject.objects.create(name=NAME, language="fr", created_at=RECEIVED_AT)
    Identifier.objects.create(
        subject=subject,
        kind="email",
        value=EMAIL,
        normalized=EMAIL,
        verified_at=RECEIVED_AT,
        verified_by="system",
    )
    Identifier.objects.create(
        subject=subject,
        kind="customer_number",
        value="UNPROVEN-1",
        normalized="UNPROVEN-1",
    )
    values: dict[str, Any] = {
        "reference": "DSR-2026-000123-K7",
        "channel": "mail",
        "received_at": RECEIVED_AT,
        "language": "fr",
        "subject": subject,
        "contact_email": EMAIL,
        "opened_by": "system",
        "message_id": "<abc.1@mail.example>",
    }
    return Case.objects.create(**{**values, **changes})


def a_ticket(case: Case, right: str = "access", **changes: Any) -> Ticket:
    """Save a ticket of a case, in progress unless said otherwise."""
    values: dict[str, Any] = {
        "case": case,
        "right_code": right,
        "state": State.IN_PROGRESS,
        "received_at": case.received_at,
        "received_on": "2026-03-05",
        "due_strict": "2026-04-07",
        "due": "2026-04-07",
        "extension_notice_due": "2026-04-07",
    }
    return Ticket.objects.create(**{**values, **changes})


def a_decided_ticket(case: Case, right: str, outcome: str, **changes: Any) -> Ticket:
    """Save a ticket that waits for its reply."""
    values: dict[str, Any] = {
        "state": State.REPLY_PENDING,
        "outcome": outcome,
        "decided_at": AT,
        "decided_by": "decider",
    }
    return a_ticket(case, right, **{**values, **changes})
