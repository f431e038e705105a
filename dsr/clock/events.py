"""What happened to a request, and the house's choices where the law leaves one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

MOST_DAYS = 999  # three digits: more is a slip of the pen


class EventKind(StrEnum):
    """What can happen to a running period; not all of it changes the period."""

    IDENTITY_ASKED = "identity_asked"
    IDENTITY_INSUFFICIENT = "identity_insufficient"
    IDENTITY_OK = "identity_ok"
    CLARIFICATION_ASKED = "clarification_asked"
    CLARIFIED = "clarified"
    EXTENSION_NOTIFIED = "extension_notified"
    FORWARDED_TO_DPO = "forwarded_to_dpo"
    DS_AGREED_DELAY = "ds_agreed_delay"
    SCOPE_ADDED = "scope_added"
    FEE_REQUESTED = "fee_requested"
    FEE_PAID = "fee_paid"
    REOPENED = "reopened"


class Suspension(StrEnum):
    """What a timely request for proof or precision does to the period."""

    SUSPEND = "suspend"  # the days until the answer are not counted
    STRICT = "strict"  # nothing
    RESTART = "restart"  # the period starts on the day the person is identified


class ExtensionBase(StrEnum):
    """From where the extended period is counted."""

    RECEIPT = "receipt"  # one period of 1 + n months
    CHAINED = "chained"  # n months from the end of the first


class Target(StrEnum):
    """Which of the computed days is asked for."""

    FINAL = "final"
    STRICT_FINAL = "strict_final"
    EXTENSION_NOTICE = "extension_notice"
    REFUSAL_NOTICE = "refusal_notice"
    MARKETING_STOP = "marketing_stop"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One thing that happened, at an aware instant.

    `day` is only for a reopening: the day of the answer that the authority or a
    court ordered.

    Raises:
        ValueError: the kind is unknown, or the instant has no time zone.

    """

    kind: str
    at: datetime
    day: date | None = None

    def __post_init__(self) -> None:
        choose(EventKind, "event", self.kind)
        if self.at.utcoffset() is None:
            raise ValueError(
                f"{self.kind}@{self.at.isoformat()} has no time zone; "
                "add one, as in 2026-03-05T10:00:00+01:00"
            )


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """The house's choices; the defaults are the cautious reading.

    `ask_max_days` are calendar days after receipt, `extension_months` the months
    added by an extension, `marketing_sla_working_days` the working days until a
    marketing objection has taken effect.

    Raises:
        ValueError: a value is unknown or out of range.

    """

    version: str = "default-1"
    suspension: str = Suspension.SUSPEND
    ask_max_days: int = 7
    extension_base: str = ExtensionBase.RECEIPT
    extension_months: int = 2
    marketing_sla_working_days: int = 2
    extension_notice_moved_by_suspension: bool = False
    refusal_notice_moved_by_suspension: bool = True

    def __post_init__(self) -> None:
        choose(Suspension, "policy", self.suspension)
        choose(ExtensionBase, "ext_base", self.extension_base)
        if self.extension_months not in (1, 2):  # GDPR Art. 12(3), second sentence
            raise ValueError(
                f"extension_months={self.extension_months} is not possible; "
                "GDPR Art. 12(3) allows 1 or 2 further months"
            )
        _in_range("ask_max_days", self.ask_max_days)
        _in_range("sla_wd", self.marketing_sla_working_days)


class ParsedEvents(NamedTuple):
    """What `parse_events` understood.

    `changes` are fields of `ClockPolicy`, for `dataclasses.replace(policy, **changes)`.
    """

    events: tuple[ClockEvent, ...]
    changes: dict[str, Any]
    target: Target


def parse_events(text: str) -> ParsedEvents:
    """Read `name@ISO` and `key=value`, separated by semicolons.

    Raises:
        ValueError: a part is not understood; the sentence names it and what is known.

    """
    events: list[ClockEvent] = []
    changes: dict[str, Any] = {}
    target = Target.FINAL
    for part in filter(None, map(str.strip, text.split(";"))):
        name, mark, value = _split(part)
        if mark == "@":
            events.append(_event(name, value))
        elif name == "target":
            target = Target(choose(Target, name, value))
        elif name in KEYS:
            field, read = KEYS[name]
            changes[field] = read(name, value)
        else:
            known = ", ".join([*KEYS, "target"])
            raise ValueError(f"{name!r} is no setting of the clock; known: {known}")
    return ParsedEvents(tuple(events), changes, target)


def choose(choices: type[StrEnum], name: str, value: str) -> str:
    """Return `value` if it is one of `choices`, else raise a ValueError naming them."""
    if value not in list(choices):
        known = ", ".join(choices)
        raise ValueError(f"{name} {value!r} is unknown; known: {known}")
    return value


def _split(part: str) -> tuple[str, str, str]:
    mark = "@" if "@" in part else "="
    name, found, value = part.partition(mark)
    if not found:
        raise ValueError(f"{part!r} is neither event@instant nor key=value")
    return name.strip(), mark, value.strip()


def _event(name: str, value: str) -> ClockEvent:
    choose(EventKind, "event", name)
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(
            f"{name}@{value} has no ISO instant; write it as 2026-03-05T10:00:00+01:00"
        ) from None
    return ClockEvent(name, at)


def _number(name: str, value: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", value):
        raise ValueError(f"{name}={value} is not a whole number from 0 to {MOST_DAYS}")
    return int(value)


def _in_range(name: str, value: int) -> None:
    if not 0 <= value <= MOST_DAYS:
        raise ValueError(f"{name}={value} is not a whole number from 0 to {MOST_DAYS}")


# The mini-language's key → the policy's field and how its value is read.
KEYS: dict[str, tuple[str, Callable[[str, str], object]]] = {
    "policy": ("suspension", lambda name, value: choose(Suspension, name, value)),
    "ask_max_days": ("ask_max_days", _number),
    "ext_base": ("extension_base", lambda n, value: choose(ExtensionBase, n, value)),
    "extension_months": ("extension_months", _number),
    "sla_wd": ("marketing_sla_working_days", _number),
}
