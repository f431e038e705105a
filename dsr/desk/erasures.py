"""What an erasure's card shows of each category."""

from dataclasses import dataclass

from django.utils.functional import Promise

from dsr.controller import current
from dsr.desk.days import Today
from dsr.models import ErasureItem, Ticket
from dsr.rights import right_of
from dsr.rights.limitation import Reckoning, Step, limit_of
from dsr.vocabulary import RightCode


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """A category with its title, and the derivation of its last day if there is one."""

    item: ErasureItem
    title: str
    exception: Promise | str
    steps: tuple[Step, ...]
    late: bool


def erasure_rows(ticket: Ticket, language: str, now: Today) -> list[ErasureRow]:
    """Return a row for each category that was looked at."""
    if ticket.right_code != RightCode.ERASURE:
        return []
    late = set(ticket.erasures.all().past(now.day).values_list("pk", flat=True))
    return [
        ErasureRow(
            item=item,
            title=title_of(item.category, language),
            exception=_exception(ticket, item),
            steps=steps_of(item),
            late=item.pk in late,
        )
        for item in ticket.erasures.all()
    ]


def title_of(category: str, language: str) -> str:
    """Return what the policy calls a category, while it has it."""
    known = current().categories.get(category)
    return known.title.to(language) if known else category


def steps_of(item: ErasureItem) -> tuple[Step, ...]:
    """Return how the last day was derived, if it was."""
    if not item.reckoning:
        return ()
    return limit_of(Reckoning.from_json(item.reckoning)).steps


def _exception(ticket: Ticket, item: ErasureItem) -> Promise | str:
    if not item.exception:
        return ""
    ground = right_of(ticket).ground(item.exception)
    return f"{ground.label} ({ground.source})"
