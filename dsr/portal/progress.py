"""What a person is shown of each right in their case: its place and its day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dsr import casework
from dsr.clock.deadline import Deadline
from dsr.clock.derivation import day_in_words
from dsr.controller import current
from dsr.models import Case, FeeNotice, LedgerEntry, Ticket
from dsr.vocabulary import Event, Outcome, State

RECEIVED, CHECKING, WORKING, ANSWERED = range(4)
NAMES = (
    gettext_lazy("Received"),
    gettext_lazy("Checking"),
    gettext_lazy("Working on it"),
    gettext_lazy("Answered"),
)
STAGES: dict[str, int] = {
    **dict.fromkeys(State.OPEN, WORKING),
    State.RECEIVED: RECEIVED,
    State.TRIAGE: CHECKING,
    State.AWAITING_IDENTITY: CHECKING,
    State.REPLIED: ANSWERED,
    State.CLOSED: ANSWERED,
}
BEGUN_BY = {
    Event.TICKET_QUALIFIED: CHECKING,
    Event.TICKET_TAKEN: WORKING,
    Event.SUPPRESSION_ADDED: WORKING,
    Event.CONSENT_REVOKED: WORKING,
}
PAUSES: dict[str, Promise] = {
    State.AWAITING_IDENTITY: gettext_lazy(
        "We wait for you: we asked for something that shows who you are. Our letter "
        "says what. You can send it below."
    ),
    State.AWAITING_CLARIFICATION: gettext_lazy(
        "We wait for you: we asked which data you mean. You can answer below. If you "
        "want everything, say so; that is enough."
    ),
}
ENDS: dict[str, Promise] = {
    State.WITHDRAWN: gettext_lazy("You took this back."),
    State.REDIRECTED: gettext_lazy(
        "Another company must answer this. Our letter says which."
    ),
    State.MERGED: gettext_lazy("We deal with this in another request of yours."),
}
OUTCOMES: dict[str, Promise] = {
    Outcome.GRANTED: gettext_lazy("We did what you asked."),
    Outcome.PARTIAL: gettext_lazy("We did part of it. Our letter says why."),
    Outcome.REFUSED: gettext_lazy(
        "We could not do it. Our letter says why, and what you can do."
    ),
    Outcome.NO_DATA: gettext_lazy("We found no data about you."),
    Outcome.NOT_IDENTIFIED: gettext_lazy(
        "We could not establish who is asking. Our letter says how to complete it."
    ),
    Outcome.NOT_APPLICABLE: gettext_lazy("This right does not apply. We say why."),
    Outcome.FEE: gettext_lazy("We ask for a fee. Our letter says why."),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One point on the line: `place` is done, now or later; `on` a day in words."""

    name: Promise
    place: str
    on: str


@dataclass(frozen=True, slots=True)
class Line:
    """One right of the case as the person sees it; days are in words, or empty."""

    ticket: Ticket
    title: str
    takes: str
    stages: tuple[Stage, ...]
    pause: Promise | str
    ended: Promise | str
    due: str
    due_strict: str
    extended: bool
    steps: tuple[tuple[str, str], ...]


def lines(case: Case, language: str) -> list[Line]:
    """Return a line for each right of the case, in the order they were asked."""
    begun = _begun(case)
    tickets = case.tickets.order_by("pk")
    return [_line(ticket, begun.get(ticket.pk, {}), language) for ticket in tickets]


def answer_due(case: Case) -> date | None:
    """Return the last day for the whole answer; None while one period is suspended."""
    days = [ticket.due for ticket in case.tickets.all() if ticket.is_open]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _line(ticket: Ticket, begun: Mapping[int, datetime], language: str) -> Line:
    deadline = casework.deadline_of(ticket)
    promise = current().rights[ticket.right_code]
    due = ticket.due if ticket.is_open else None
    return Line(
        ticket=ticket,
        title=promise.title.to(language),
        takes=promise.takes.to(language),
        stages=tuple(_stages(ticket, begun, language)),
        pause=PAUSES.get(ticket.state, "") or _fee(ticket),
        ended=_unpaid(ticket)
        or ENDS.get(ticket.state, "")
        or OUTCOMES.get(_told(ticket), ""),
        due=day_in_words(due, language) if due else "",
        due_strict=day_in_words(ticket.due_strict, language),
        extended=deadline.extended,
        steps=_steps(deadline, language),
    )


def _fee(ticket: Ticket) -> Promise | str:
    """Say that a fee is awaited; the person reads its amount in the letter."""
    if not ticket.is_open or not FeeNotice.objects.awaited().filter(ticket=ticket):
        return ""
    return gettext_lazy(
        "We wait for the fee that our letter names. You may also withdraw."
    )


def _unpaid(ticket: Ticket) -> Promise | str:
    """Say that it ended for want of the fee: the person withdrew nothing."""
    if (ticket.state, ticket.outcome) != (State.WITHDRAWN, Outcome.FEE):
        return ""
    return gettext_lazy("Closed, because the fee was not paid. You owe nothing.")


def _told(ticket: Ticket) -> str:
    """Return the outcome once the person has the answer; before, it may change."""
    return ticket.outcome if ticket.state in (State.REPLIED, State.CLOSED) else ""


def _steps(deadline: Deadline, language: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (step.text(language), step.source.text(language)) for step in deadline.steps
    )


def _stages(
    ticket: Ticket, begun: Mapping[int, datetime], language: str
) -> Iterator[Stage]:
    reached = STAGES.get(ticket.state)
    days: dict[int, datetime | None] = {RECEIVED: ticket.received_at, **begun}
    days[ANSWERED] = ticket.replied_at
    for number, name in enumerate(NAMES):
        place = _place(number, reached, ended=not ticket.is_open)
        at = days.get(number) if place != "later" else None
        on = day_in_words(timezone.localdate(at), language) if at else ""
        yield Stage(name, place, on)


def _place(number: int, reached: int | None, *, ended: bool) -> str:
    if reached is None:
        return "done" if number == RECEIVED else "later"
    if number == reached and not ended:
        return "now"
    return "done" if number <= reached else "later"


def _begun(case: Case) -> dict[int, dict[int, datetime]]:
    """Return when each stage of each ticket was last begun, by the ledger."""
    entries = LedgerEntry.objects.filter(
        reference=case.reference, event__in=[event.value for event in BEGUN_BY]
    )
    found: dict[int, dict[int, datetime]] = {}
    for entry in entries.order_by("number"):
        ticket_id: Any = entry.facts.get("ticket")
        stage = BEGUN_BY[Event(entry.event)]
        found.setdefault(ticket_id, {})[stage] = entry.at
    return found
