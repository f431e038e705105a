"""When the period stands still: requests for proof or precision, and their answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from dsr.clock.events import ClockEvent, ClockPolicy, EventKind, Suspension

ANSWERS = {
    EventKind.IDENTITY_OK: EventKind.IDENTITY_ASKED,
    EventKind.CLARIFIED: EventKind.CLARIFICATION_ASKED,
}
# Which requests may hold the clock under which policy: with `restart` the period
# starts when the person is identified, so that only identity counts.
HOLDING: dict[str, frozenset[str]] = {
    Suspension.SUSPEND: frozenset(ANSWERS.values()),
    Suspension.STRICT: frozenset(),
    Suspension.RESTART: frozenset({EventKind.IDENTITY_ASKED}),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One round: the local day of the request and of its sufficient answer, if any."""

    kind: str
    asked_on: date
    answered_on: date | None = None
    insufficient_on: tuple[date, ...] = ()

    @property
    def days(self) -> int:
        """Count the days held: the day of the request not, the day of the answer."""
        return (self.answered_on - self.asked_on).days if self.answered_on else 0


@dataclass(frozen=True, slots=True)
class Pauses:
    """The requests that hold the clock, and those that do not."""

    accepted: tuple[Ask, ...]
    late: tuple[Ask, ...]
    without_effect: tuple[Ask, ...]  # the policy gives them none

    @property
    def open(self) -> Ask | None:
        """Return the first accepted request that waits for a sufficient answer."""
        return next((ask for ask in self.accepted if ask.answered_on is None), None)


def pauses(
    events: Sequence[ClockEvent], received_on: date, zone: ZoneInfo, policy: ClockPolicy
) -> Pauses:
    """Sort the requests for proof or precision by what they do to the clock.

    Each request is judged by itself: one that came later than `ask_max_days` after
    receipt does not undo one that came in time.

    Source: EDPB Guidelines 01/2022, § 159 ("without undue delay").
    """
    latest = received_on + timedelta(days=policy.ask_max_days)
    accepted, late, without_effect = [], [], []
    for ask in rounds(events, zone):
        if ask.kind not in HOLDING[policy.suspension]:
            without_effect.append(ask)
        elif ask.asked_on > latest:
            late.append(ask)
        else:
            accepted.append(ask)
    return Pauses(tuple(accepted), tuple(late), tuple(without_effect))


def rounds(events: Iterable[ClockEvent], zone: ZoneInfo) -> list[Ask]:
    """Pair requests with their sufficient answers, in the order they were made.

    A reminder belongs to the round it reminds of; an insufficient proof ends none
    (EDPB Guidelines 01/2022, example 31); an answer nobody asked for is no answer.
    """
    waiting: dict[str, int] = {}
    found: list[Ask] = []
    for event in events:
        day = event.at.astimezone(zone).date()
        if event.kind in ANSWERS.values() and event.kind not in waiting:
            waiting[event.kind] = len(found)
            found.append(Ask(event.kind, day))
        elif event.kind in ANSWERS and ANSWERS[EventKind(event.kind)] in waiting:
            place = waiting.pop(ANSWERS[EventKind(event.kind)])
            found[place] = replace(found[place], answered_on=day)
        elif event.kind == EventKind.IDENTITY_INSUFFICIENT:
            _note_insufficient(found, waiting.get(EventKind.IDENTITY_ASKED), day)
    return found


def days_held(asks: Iterable[Ask]) -> int:
    """Count the calendar days of all rounds together, days of two rounds once."""
    held: set[int] = set()
    for ask in asks:
        first = ask.asked_on.toordinal() + 1
        held.update(range(first, first + ask.days))
    return len(held)


def _note_insufficient(found: list[Ask], place: int | None, day: date) -> None:
    if place is not None:
        known = found[place].insufficient_on
        found[place] = replace(found[place], insufficient_on=(*known, day))
