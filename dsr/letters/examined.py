"""What a reply says of each datum and each category that was examined."""

from typing import Any
from zoneinfo import ZoneInfo

from dsr.clock.derivation import day_in_words
from dsr.controller import current
from dsr.letters.context import CorrectionWords, DoneWords, ErasureWords
from dsr.letters.system_titles import system_title
from dsr.letters.words import words
from dsr.models import Correction, ErasureItem, Letter, SystemOrder, Ticket
from dsr.policy.erasing import OWN_GROUNDS, erases_marketing
from dsr.policy.rectifying import OWN_GROUNDS as RECTIFICATION_GROUNDS
from dsr.rights import right_of
from dsr.vocabulary import (
    ErasureVerdict,
    LetterKind,
    OrderAct,
    OrderState,
    Outcome,
    RightCode,
)


def examined(letter: Letter, zone: ZoneInfo) -> dict[str, Any]:
    """Return what a reply owes the person, item by item; GDPR Arts. 16, 17 and 19."""
    ticket, language = letter.ticket, letter.language
    if ticket is None or letter.kind != LetterKind.REPLY or not _rests_on_items(ticket):
        return {}
    if ticket.right_code == RightCode.RECTIFICATION:
        done = _done(ticket, OrderAct.CORRECT, language, zone)
        corrections = ticket.corrections.all()
        return {
            "corrections": tuple(_corrected(one, done, language) for one in corrections)
        }
    return {
        "erasures": tuple(_erased(ticket, one, language) for one in _items(ticket)),
        "erased_in": tuple(
            DoneWords(system_title(system, language), day)
            for system, day in _done(ticket, OrderAct.ERASE, language, zone).items()
        ),
        "suppresses": erases_marketing(ticket),
    }


def _rests_on_items(ticket: Ticket) -> bool:
    """Whether the answer follows from the items, not from some other ground."""
    if ticket.right_code not in (RightCode.RECTIFICATION, RightCode.ERASURE):
        return False
    own = OWN_GROUNDS | RECTIFICATION_GROUNDS
    return ticket.outcome in Outcome.CARRIED_OUT or not own.isdisjoint(ticket.grounds)


def _items(ticket: Ticket) -> list[ErasureItem]:
    return list(ticket.erasures.all())


def _done(
    ticket: Ticket, act: OrderAct, language: str, zone: ZoneInfo
) -> dict[str, str]:
    """Return when each system did what it was ordered to do; no day if it could not."""
    orders = SystemOrder.objects.filter(ticket=ticket, act=act)
    return {
        order.system: _day(order, language, zone)
        for order in orders.order_by("system", "turn")
    }


def _day(order: SystemOrder, language: str, zone: ZoneInfo) -> str:
    if order.state != OrderState.DONE or order.closed_at is None:
        return ""
    return day_in_words(order.closed_at.astimezone(zone).date(), language)


def _corrected(
    datum: Correction, done: dict[str, str], language: str
) -> CorrectionWords:
    return CorrectionWords(
        verdict=datum.verdict,
        system=system_title(datum.system, language),
        place=datum.place,
        said=datum.says,
        says=datum.should_say,
        why=datum.why,
        statement=datum.statement,
        done_on=done.get(datum.system, ""),
    )


def _erased(ticket: Ticket, item: ErasureItem, language: str) -> ErasureWords:
    known = current().categories.get(item.category)
    title = known.title.to(language) if known else item.category
    if item.verdict != ErasureVerdict.RETAIN:
        return ErasureWords(item.verdict, title, public_steps=item.public_steps)
    ground = right_of(ticket).ground(item.exception)
    return ErasureWords(
        verdict=item.verdict,
        title=title,
        because=words(language)["ground"][item.exception],
        source=ground.source.to(language),
        until=day_in_words(item.keep_until, language) if item.keep_until else "",
        why=item.why,
    )
