"""The records that hang on a ticket, each with its own fields, as law.md F.1 asks."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.text import capfirst

from dsr.models import (
    AbuseEvidence,
    Advice,
    AutomatedDecision,
    ClarificationRound,
    EarlierReply,
    FeeNotice,
    HumanReview,
    IdentityCheck,
    LateRefusal,
    Ticket,
    UnfoundedEvidence,
)

KINDS: tuple[type[models.Model], ...] = (
    IdentityCheck,
    ClarificationRound,
    AutomatedDecision,
    HumanReview,
    UnfoundedEvidence,
    EarlierReply,
    AbuseEvidence,
    FeeNotice,
    Advice,
    LateRefusal,
)


def child_records(ticket: Ticket) -> list[dict[str, Any]]:
    """Return each record as `{"kind", "title", "facts": [{"name", "label", "value"}]}`.

    What is empty is left out; a record that is about another ticket names it.
    """
    return [
        {
            "kind": kind._meta.model_name,
            "title": capfirst(str(kind._meta.verbose_name)),
            "facts": list(_facts(row)),
        }
        for kind in KINDS
        for row in kind._default_manager.filter(ticket=ticket).order_by("pk")
    ]


def _facts(row: models.Model) -> Iterator[dict[str, Any]]:
    for field in row._meta.fields:
        value = _value(row, field)
        if field.name not in ("id", "ticket") and value not in ("", None):
            label = capfirst(str(field.verbose_name))
            yield {"name": field.name, "label": label, "value": value}


def _value(row: models.Model, field: models.Field[Any, Any]) -> Any:
    value = getattr(row, field.name)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if field.choices and value:
        return str(dict(field.flatchoices).get(value, value))
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)
