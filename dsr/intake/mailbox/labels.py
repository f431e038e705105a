"""Keeps what an officer made of a mail beside what the reader proposed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from dsr.intake.mailbox.rules import RIGHTS
from dsr.models import Arrival, LabelledExample
from dsr.vocabulary import Actor


class SettledKind(models.TextChoices):
    """What a mail turned out to be; the first four are the reader's own words."""

    NEW_REQUEST = "new_request"
    FOLLOW_UP = "follow_up"
    NOT_A_REQUEST = "not_a_request"
    AUTO_GENERATED = "auto_generated"
    SPAM = "spam"
    ANOTHER_DEPARTMENT = "another_department"


def label(
    arrival: Arrival,
    kind: SettledKind,
    *,
    rights: Iterable[str] = (),
    language: str = "",
    agent: bool = False,
    by: Actor,
    at: datetime,
) -> LabelledExample:
    """Keep the officer's word on a mail; said again after a reopening, it replaces."""
    said = arrival.proposal
    example, _new = LabelledExample.objects.update_or_create(
        arrival=arrival,
        defaults={
            "proposed": _label(
                str(said.get("kind", "")),
                said.get("rights", []),
                str(said.get("language", "")),
                agent=bool(said.get("requester_is_agent")),
            ),
            "settled": _label(
                kind.value,
                rights,
                language or str(said.get("language", "")),
                agent=agent,
            ),
            "settled_by": by.name,
            "settled_at": at,
        },
    )
    return example


def _label(
    kind: str, rights: Iterable[str], language: str, *, agent: bool
) -> dict[str, Any]:
    chosen = set(rights)
    ordered = [right for right in RIGHTS if right in chosen]
    return {"kind": kind, "rights": ordered, "language": language, "agent": agent}
