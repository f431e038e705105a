"""Keeps a mail that the reader did not survive: its bytes, in the tray, unread."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile

from dsr.intake.mailbox.receive import Received
from dsr.models import Arrival, ArrivalResult

NOTHING_KNOWN: dict[str, Any] = {
    "kind": "review",
    "rights": [],
    "language": "",
    "subject_email": None,
    "requester_is_agent": False,
    "evidence": [],
    "reason": "",
    "urgent": False,
    "problems": [],
}


def keep_unread(
    raw: bytes, *, reason: str, received_at: datetime | None, source: str, at: datetime
) -> Received:
    """Put the bytes of a mail into the tray without looking into them."""
    arrival, created = Arrival.objects.get_or_create(
        sha256=hashlib.sha256(raw).hexdigest(),
        defaults={
            "raw": ContentFile(raw, name="mail"),
            "received_at": min(received_at or at, at),
            "source": source[:250],
            "proposal": NOTHING_KNOWN | {"reason": reason},
            "result": ArrivalResult.TRAY,
            "reason": reason[:250],
        },
    )
    return Received(arrival, repeated=not created)
