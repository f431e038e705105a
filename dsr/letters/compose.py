"""Composes a letter from its row: gathers what it says, then renders it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from dsr.clock.deadline import Deadline
from dsr.clock.derivation import day_in_words
from dsr.controller import current
from dsr.letters import effects, policy_words
from dsr.letters.catalogue import CATALOGUE
from dsr.letters.context import AskedRight, ForwardedWords, GroundWords, LetterContext
from dsr.letters.copies import copy_words, restricting_laws
from dsr.letters.examined import examined
from dsr.letters.fee_words import fee
from dsr.letters.legal_days import due_days, joined
from dsr.letters.notice_words import notice_words
from dsr.letters.read_back import read_back
from dsr.letters.rendering import Composed, render
from dsr.letters.restricted import frozen, restriction
from dsr.letters.reviews import review_words
from dsr.letters.system_titles import system_title
from dsr.letters.words import words
from dsr.models import AccessCode, Case, Letter, Ticket, deadline_of
from dsr.models.access_code import VALID_FOR
from dsr.policy.receiving import receivers
from dsr.rights import Ground, right_of
from dsr.rights.grounds import LEGAL_RESTRICTION, source_for
from dsr.vocabulary import LetterKind, OrderAct, OrderState, Outcome, SearchState

# What systems are ordered to do once it is decided.
DECIDED = (OrderAct.CORRECT, OrderAct.ERASE, OrderAct.STOP, OrderAct.RESTRICT)
Asked = Mapping[Ticket, Deadline]  # tickets in their order, with their legal days
SEARCHED = (SearchState.FOUND, SearchState.NOTHING)


def compose(letter: Letter) -> Composed:
    """Return the mail and the letter as they stand now.

    A draft may still lack what an officer has to write; `fixing.fix` refuses it.
    """
    return render(context_of(letter, at=letter.created_at))


def context_of(
    letter: Letter, *, asked: Asked | None = None, at: datetime
) -> LetterContext:
    """Gather all that the letter says, dated `at`.

    `asked` is what it is about, where the caller has just found it.
    """
    controller, case, language = current(), letter.case, letter.language
    to_recipient = CATALOGUE[letter.kind].to_recipient
    asked = asked or {one: deadline_of(one) for one in _tickets_of(letter)}
    tickets = list(asked)
    zone = ZoneInfo(controller.identity.time_zone)
    day = at.astimezone(zone).date()
    arrived = case.received_at.astimezone(zone).date()
    rights = tuple(_asked(ticket, language) for ticket in tickets)
    return LetterContext(
        kind=letter.kind,
        language=language,
        reference=case.reference,
        date=without_weekday(day, language),
        written_on=day.isoformat(),
        received=spoken(arrived, language),
        received_on=without_weekday(arrived, language),
        sender=policy_words.sender(controller, language),
        window=controller.letters.window,
        portal=portal_address(letter),
        remedies=policy_words.remedies(
            controller, language, day, letter.ticket.right_code if letter.ticket else ""
        ),
        rights=() if to_recipient else rights,
        due_days=due_days(letter, asked, at=at),
        information=policy_words.information(
            controller, language, day, _received(letter, day)
        ),
        backups=controller.promises["backups"].to(language),
        suspends=not any(deadline.due for deadline in asked.values()),
        parts={key: str(text) for key, text in letter.parts.items()},
        **_person(letter),
        **_code(letter),
        done_on=(day_in_words if to_recipient else spoken)(
            _acted_on(letter, zone) or day, language
        ),
        **_named(letter),
        **_decision(letter.ticket, language),
        **(_effects(letter, tickets, zone) | examined(letter, zone)),
        review=review_words(letter.ticket, language),
        **copy_words(letter.ticket, language),
        notice=notice_words(letter)
        if letter.kind == LetterKind.RECIPIENT_NOTICE
        else None,
        forwarded=_forwarded(letter, rights),
        **read_back(letter, spoken(arrived, language)),
        **fee(letter, controller),
        **restriction(letter, controller, day),
        **frozen(letter.ticket, language),
    )


def _received(letter: Letter, day: date) -> Collection[str]:
    """Return by code who received data; of everyone, where no ticket is searched."""
    if letter.ticket is None or letter.kind != LetterKind.REPLY:
        return current().recipients_on(day)
    return receivers(letter.ticket, day)


def _tickets_of(letter: Letter) -> list[Ticket]:
    """Return the ticket the letter is about, or all those of its case."""
    return (
        [letter.ticket] if letter.ticket else list(letter.case.tickets.order_by("pk"))
    )


def _effects(
    letter: Letter, tickets: Sequence[Ticket], zone: ZoneInfo
) -> dict[str, Any]:
    """Return what took effect at once, and what followed from it."""
    language, ticket = letter.language, letter.ticket
    if letter.kind == LetterKind.ACKNOWLEDGEMENT:
        return {"in_effect": effects.in_effect(tickets, language, zone)}
    if letter.kind != LetterKind.REPLY or ticket is None:
        return {}
    return {
        "told": effects.told(ticket),
        "not_told": effects.not_told(ticket),
        "left_over": effects.left_over(ticket, language),
        "suppresses": effects.suppresses(ticket),
    }


def portal_address(letter: Letter) -> str:
    """Return the page on which the person goes on; the reference is no secret."""
    page = "confirm" if letter.kind == LetterKind.CONFIRM_ADDRESS else "status"
    return f"{settings.PUBLIC_URL}/{letter.language}/{page}/{letter.case.reference}/"


def without_weekday(day: date, language: str) -> str:
    """Write a day as a letter is dated: "7 April 2026"."""
    return day_in_words(day, language).partition(" ")[2]


def spoken(day: date, language: str) -> str:
    """Write a day as it stands after a preposition: "am Dienstag, dem 7. April"."""
    return day_in_words(day, language, "dative")


def _named(letter: Letter) -> dict[str, Any]:
    """Return the further day and the other request that the letter names."""
    named = {}
    if letter.parts.get("until"):
        last = date.fromisoformat(letter.parts["until"])
        named["until"] = spoken(last, letter.language)
    if letter.parts.get("into"):
        named["into"] = joined(letter).case.reference
    return named


def _asked(ticket: Ticket, language: str) -> AskedRight:
    said = words(language)["right"][ticket.right_code]
    wrote = tuple(str(text) for text in ticket.details.values() if str(text).strip())
    return AskedRight(ticket.right_code, said["name"], said["asked"], wrote)


def _forwarded(letter: Letter, rights: tuple[AskedRight, ...]) -> ForwardedWords | None:
    """Return the request as the controller who has to answer needs it."""
    if letter.kind != LetterKind.FORWARDING:
        return None
    case = letter.case
    reach = (case.contact_email, *case.postal_address.splitlines())
    return ForwardedWords(
        person=case.subject.name or case.contact_email,
        reach=tuple(filter(None, (case.agent_name, *reach))),
        wrote=case.text,
        rights=rights,
    )


def _person(letter: Letter) -> dict[str, Any]:
    """Return to whom the letter goes, and by what the person was searched for."""
    if CATALOGUE[letter.kind].to_recipient:
        return {"addressee": (letter.to_name, *_lines(letter))}
    case, subject = letter.case, letter.case.subject
    verified = [one for one in subject.known_by if one.verified_at]
    known = verified or subject.known_by
    identifiers = [one.value for one in known] or [case.contact_email or subject.name]
    return {
        "addressee": tuple(filter(None, (_addressee(case), *_lines(letter)))),
        "concerning": subject.name if case.is_by_agent else "",
        "own_reference": case.own_reference,
        "by_post": not letter.to_email,
        "identifiers": tuple(identifiers),
    }


def _lines(letter: Letter) -> list[str]:
    return letter.to_address.splitlines() or [letter.to_email]


def _addressee(case: Case) -> str:
    return case.agent_name or case.subject.name


def _code(letter: Letter) -> dict[str, Any]:
    """Return the code that the mail carries; it is computed, never stored."""
    if not CATALOGUE[letter.kind].holds_code:
        return {}
    code = AccessCode.objects.get(pk=letter.parts["code_id"], case=letter.case)
    return {"code": code.digits, "code_minutes": int(VALID_FOR.total_seconds() // 60)}


def ended_on(letter: Letter, zone: ZoneInfo) -> date | None:
    """Return the day on which the letter's ticket was decided or ended."""
    ended_at = letter.ticket and (letter.ticket.decided_at or letter.ticket.closed_at)
    return ended_at.astimezone(zone).date() if ended_at else None


def _carried_out_on(letter: Letter, zone: ZoneInfo) -> date | None:
    """Return the day on which the last system had done what was decided."""
    if letter.kind != LetterKind.REPLY or letter.ticket is None:
        return None
    done = letter.ticket.orders.filter(act__in=DECIDED, state=OrderState.DONE)
    last = done.order_by("closed_at").last()
    return last.closed_at.astimezone(zone).date() if last and last.closed_at else None


def _acted_on(letter: Letter, zone: ZoneInfo) -> date | None:
    """Return the day of the act that the letter is about."""
    if letter.kind == LetterKind.RECIPIENT_NOTICE:
        return date.fromisoformat(str(letter.parts["since"]))
    if letter.ticket and (since := effects.in_effect_since(letter.ticket, zone)):
        return since
    return _carried_out_on(letter, zone) or ended_on(letter, zone)


def _decision(ticket: Ticket | None, language: str) -> dict[str, Any]:
    """Return how the ticket ended, if the letter is about one that has."""
    if ticket is None:
        return {}
    right, said = right_of(ticket), _ground_words(ticket, language)
    grounds = [right.ground(code) for code in ticket.grounds]
    searched = ticket.searches.filter(state__in=SEARCHED)
    return {
        "right": ticket.right_code,
        "outcome": ticket.outcome,
        "grounds": tuple(
            GroundWords(said[ground.code], _source(ticket, ground, language))
            for ground in grounds
        ),
        "systems": tuple(
            system_title(key, language)
            for key in searched.values_list("system", flat=True)
        ),
    }


def _ground_words(ticket: Ticket, language: str) -> dict[str, str]:
    """Say each ground; of a part of the data only, where the rest was granted."""
    said = words(language)
    whole: dict[str, str] = said["ground"]
    in_part = ticket.outcome == Outcome.PARTIAL
    return whole | said["ground_in_part"] if in_part else whole


def _source(ticket: Ticket, ground: Ground, language: str) -> str:
    """Cite a ground; a restriction with the national articles that make it."""
    laws = restricting_laws(ticket) if ground == LEGAL_RESTRICTION else ()
    source = source_for(ground, ticket.outcome)
    return "; ".join((source.to(language), *laws))
