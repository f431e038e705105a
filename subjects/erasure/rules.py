"""Retention: which rule keeps a record, and until which day. Rules are data.

The controller's policy gives the rules; the description of a collection says which
one holds there and in which fields the days stand. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from subjects.erasure.fates import Reason
from subjects.erasure.limits import OF_AGE, Facts, Term, last_day, years_later


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the policy: on which exception and law, and for how long.

    `while_open` says what holds as long as the event has not come, as of a contract
    in force: all is kept, the days are counted as if it came today, or nothing keeps.
    """

    ground: str
    basis: str
    term: Term
    while_open: Literal["keep", "today", "nothing"] = "keep"


@dataclass(frozen=True, slots=True)
class Days:
    """What stands in the fields that a rule counts from, of one record.

    `event` holds one value of each record concerned, None where it has not come.
    """

    event: tuple[Any, ...]
    known: tuple[Any, ...] = ()
    decided: tuple[Any, ...] = ()
    birth: tuple[Any, ...] = ()


def reason_to_keep(name: str, rule: Rule, days: Days, today: date) -> Reason | None:
    """Return why a record is kept, None where the rule keeps it no longer.

    An event that nobody can read as a day counts as one that has not come: what
    might still be needed is not erased by mistake.
    """
    read = [as_day(value) for value in days.event]
    events = [day for day in read if day is not None]
    if len(events) < len(read):
        if rule.while_open == "keep":
            return Reason(rule.ground, rule.basis, None, name)
        if rule.while_open == "today":
            events.append(today)
    if not events:
        return None
    facts = _facts(max(events), days)
    until, _stages = last_day(rule.term, facts)
    if until < today:
        return None
    return Reason(rule.ground, rule.basis, until, name, _as_told(facts))


def _facts(event: date, days: Days) -> Facts:
    birth = _latest(days.birth)
    return Facts(
        event=event,
        known=_latest(days.known),
        decided=_latest(days.decided),
        of_age=years_later(birth, OF_AGE) if birth else None,
    )


def _latest(values: Iterable[Any]) -> date | None:
    read = (as_day(value) for value in values)
    return max((day for day in read if day is not None), default=None)


def _as_told(facts: Facts) -> Mapping[str, date]:
    named = {"event": facts.event, "known": facts.known, "decided": facts.decided}
    return {name: day for name, day in named.items() if day is not None}


def as_day(value: Any) -> date | None:
    """Return the day that a stored value names, None where it names none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        return None
