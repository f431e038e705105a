"""Words for the codes and ISO days of a report's data, in the active language."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.db.models import Choices
from django.utils.translation import gettext as _

from dsr.controller import current
from dsr.models import DocumentKind, MessageKind
from dsr.vocabulary import (
    Channel,
    CheckResult,
    ClockEventKind,
    ComplexityFactor,
    CorrectionVerdict,
    ErasureGround,
    ErasureVerdict,
    Event,
    IdentifierKind,
    InfoState,
    LeftBehind,
    LetterKind,
    LetterState,
    NoticeState,
    OrderAct,
    OrderState,
    Outcome,
    RightCode,
    SearchState,
    State,
    TransferState,
)
from exports.days import written
from exports.models import PackageState
from exports.reports.words import LANGUAGE_NAMES

register = template.Library()

VOCABULARIES: dict[str, type[Choices]] = {
    "right": RightCode,
    "state": State,
    "outcome": Outcome,
    "channel": Channel,
    "letter": LetterKind,
    "letter_state": LetterState,
    "clock_event": ClockEventKind,
    "factor": ComplexityFactor,
    "search": SearchState,
    "order": OrderAct,
    "order_state": OrderState,
    "notice": NoticeState,
    "purpose_check": CheckResult,
    "correction": CorrectionVerdict,
    "erasure_ground": ErasureGround,
    "erasure": ErasureVerdict,
    "identifier": IdentifierKind,
    "document": DocumentKind,
    "message": MessageKind,
    "event": Event,
    "package": PackageState,
    "information": InfoState,
    "transfer": TransferState,
    "left": LeftBehind,
}


@register.filter
def said(code: str, vocabulary: str) -> str:
    """Return what a code means, or the code itself where nothing says."""
    if vocabulary == "language":
        return str(LANGUAGE_NAMES.get(code, code))
    words = dict(VOCABULARIES[vocabulary].choices)
    return str(words.get(code, code))


@register.filter
def day(text: str | None) -> str:
    """Write an ISO day out; a dash where there is none."""
    if not text:
        return "–"
    return written(date.fromisoformat(text))


@register.filter
def instant(text: str | None) -> str:
    """Write an ISO instant out in the controller's time; a dash where there is none."""
    if not text:
        return "–"
    zone = ZoneInfo(current().identity.time_zone)
    local = datetime.fromisoformat(text).astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M}"


@register.filter
def verdict(in_time: bool | None) -> str:  # noqa: FBT001  # filters take their value by place
    """Say whether it was on time."""
    return {True: _("yes"), False: _("NO"), None: "–"}[in_time]


@register.filter
def number(value: Any) -> str:
    """Return a number, or a dash where there is none."""
    return "–" if value is None else f"{value:g}"


@register.filter
def facts(values: dict[str, Any]) -> str:
    """Return a ledger line's facts on one line."""
    shown = {key: value for key, value in values.items() if key != "ticket"}
    return "; ".join(f"{key}: {_one(value)}" for key, value in shown.items())


def _one(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
