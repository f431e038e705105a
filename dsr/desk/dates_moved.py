"""Which tickets a change moved, read from the lines it left in the ledger."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dsr.desk.days import short_day
from dsr.desk.timeline import DATES, WORDS
from dsr.models import LedgerEntry, Ticket
from dsr.vocabulary import Event


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A date of a ticket, before and after, in words."""

    label: Promise | str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MovedTicket:
    """A ticket that moved; `case_id` is None once the case has been erased."""

    reference: str
    ticket_id: int
    case_id: int | None
    right: str
    days: list[MovedDay]
    why: str


def moved_by(change: LedgerEntry) -> list[MovedTicket]:
    """Return the tickets that a line of the desk's chain moved, in their order."""
    lines = LedgerEntry.objects.filter(
        at=change.at,
        event=Event.TICKET_DATES_MOVED,
        facts__change=change.number,
    )
    found = list(lines.order_by("pk"))
    tickets = Ticket.objects.filter(pk__in=[line.facts["ticket"] for line in found])
    cases = dict(tickets.values_list("pk", "case_id"))
    return [_moved(line, cases.get(line.facts["ticket"])) for line in found]


def _moved(line: LedgerEntry, case_id: int | None) -> MovedTicket:
    facts: dict[str, Any] = line.facts
    return MovedTicket(
        reference=line.reference,
        ticket_id=facts["ticket"],
        case_id=case_id,
        right=str(WORDS.get(facts["right"], facts["right"])),
        days=[
            MovedDay(DATES.get(name, name), _day(day), _day(facts["after"][name]))
            for name, day in facts["before"].items()
        ],
        why=", ".join(str(WORDS.get(why, why)) for why in facts["why"]),
    )


def _day(day: str | None) -> str:
    return short_day(date.fromisoformat(day)) if day else _("open while suspended")
