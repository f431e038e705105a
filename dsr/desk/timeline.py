"""The ledger in words: what happened, who did it, and the facts that go with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.models import LedgerEntry
from dsr.rights import RIGHTS
from dsr.vocabulary import (
    Channel,
    CorrectionVerdict,
    ErasureGround,
    ErasureVerdict,
    GateAnswerCode,
    LetterKind,
    NoticeState,
    OrderAct,
    OrderState,
    Outcome,
    RightCode,
    State,
    TimerKind,
    WhyMoved,
)

# What a fact is called; those not named here are ids that only the chain needs.
NAMES: dict[str, Promise] = {
    "right": gettext_lazy("right"),
    "rights": gettext_lazy("rights"),
    "outcome": gettext_lazy("outcome"),
    "grounds": gettext_lazy("grounds"),
    "kind": gettext_lazy("kind"),
    "channel": gettext_lazy("by"),
    "system": gettext_lazy("system"),
    "systems": gettext_lazy("systems"),
    "counts": gettext_lazy("records"),
    "act": gettext_lazy("order"),
    "operation": gettext_lazy("of what"),
    "result": gettext_lazy("result"),
    "recipient": gettext_lazy("recipient"),
    "recipients": gettext_lazy("recipients"),
    "not_receiving": gettext_lazy("not told, as nothing of the person goes there"),
    "records": gettext_lazy("records"),
    "owner": gettext_lazy("owner"),
    "alarm": gettext_lazy("alarm"),
    "posted_on": gettext_lazy("posted on"),
    "into_case": gettext_lazy("into"),
    "due": gettext_lazy("legal day"),
    "due_strict": gettext_lazy("legal day, strict"),
    "day": gettext_lazy("day"),
    "jurisdiction": gettext_lazy("jurisdiction"),
    "gates": gettext_lazy("checks"),
    "tickets": gettext_lazy("tickets"),
    "before": gettext_lazy("before"),
    "after": gettext_lazy("now"),
    "late": gettext_lazy("late"),
    "proof": gettext_lazy("proof"),
    "method": gettext_lazy("method"),
    "collection": gettext_lazy("collection"),
    "ground": gettext_lazy("ground"),
    "why": gettext_lazy("because"),
    "reason": gettext_lazy("because"),
    "verdict": gettext_lazy("verdict"),
    "categories": gettext_lazy("categories"),
    "until": gettext_lazy("until"),
    "department": gettext_lazy("department"),
    "sender_told": gettext_lazy("sender told"),
    "size": gettext_lazy("bytes"),
    "code": gettext_lazy("code"),
}
# What the dates are called that a change of the calendar or the policy may move.
DATES: dict[str, Promise] = {
    "due_strict": gettext_lazy("legal day, strict"),
    "due": gettext_lazy("legal day"),
    "extension_notice_due": gettext_lazy("last day to announce an extension"),
    "refusal_notice_due": gettext_lazy("last day to refuse"),
    "marketing_stop": gettext_lazy("last day to stop the processing"),
}
CHOICES: tuple[type[Choices], ...] = (
    GateAnswerCode,  # first: where a code means two things, the others' word goes
    RightCode,
    Outcome,
    Channel,
    LetterKind,
    TimerKind,
    State,
    WhyMoved,
    OrderAct,
    OrderState,
    NoticeState,
    CorrectionVerdict,
    ErasureGround,
    ErasureVerdict,
)
WORDS: dict[str, Promise | str] = {
    value: label for choices in CHOICES for value, label in choices.choices
} | {ground.code: ground.label for right in RIGHTS.values() for ground in right.grounds}


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the timeline."""

    number: int
    at: datetime
    what: str
    who: str
    facts: str


def timeline(entries: Iterable[LedgerEntry]) -> list[Moment]:
    """Return the lines in words, in the order given."""
    return [moment(entry) for entry in entries]


def moment(entry: LedgerEntry) -> Moment:
    """Put one line of the ledger into words."""
    return Moment(
        number=entry.number,
        at=entry.at,
        what=str(entry.get_event_display()),
        who=_who(entry.by),
        facts=facts_in_words(entry.facts),
    )


def facts_in_words(facts: dict[str, Any]) -> str:
    """Return the facts a reader wants, as “right: Access · outcome: granted”."""
    return " · ".join(_said(facts))


def _said(facts: dict[str, Any]) -> Iterator[str]:
    for key, name in NAMES.items():
        value = facts.get(key)
        if value not in (None, "", [], {}):
            yield f"{name}: {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(
            f"{DATES.get(key, key)} {'–' if item is None else _value(item)}"
            for key, item in value.items()
        )
    return str(WORDS.get(str(value), value))


def _who(name: str) -> str:
    known = {
        "system": _("the system"),
        "subject": _("the person"),
        "owner": _("the owner of the system"),
        "recipient": _("the recipient"),
    }
    return known.get(name, name)
