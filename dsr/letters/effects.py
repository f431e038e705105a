"""What letters say of what took effect at once, of who was told, and what is kept."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from dsr.clock.citations import gdpr
from dsr.clock.derivation import day_in_words
from dsr.controller import current
from dsr.letters.words import words
from dsr.models import LedgerEntry, Ticket
from dsr.rights import right_of
from dsr.vocabulary import CheckResult, Event, NoticeState, RightCode

EFFECTS = (Event.SUPPRESSION_ADDED.value, Event.CONSENT_REVOKED.value)


def in_effect_since(ticket: Ticket, zone: ZoneInfo) -> date | None:
    """Return the day on which the effect came, or None where nothing has one."""
    if not right_of(ticket).effect_at_once:
        return None
    lines = LedgerEntry.objects.filter(
        reference=ticket.case.reference, event__in=EFFECTS, facts__ticket=ticket.pk
    )
    first = lines.order_by("number").first()
    return first.at.astimezone(zone).date() if first else None


def in_effect(
    tickets: Sequence[Ticket], language: str, zone: ZoneInfo
) -> tuple[str, ...]:
    """Say of each right in effect since when, and what follows."""
    found = {one.right_code: in_effect_since(one, zone) for one in tickets}
    said = words(language)["effect"]
    return tuple(
        said[code].format(day=day_in_words(day, language, form="dative"))
        for code, day in found.items()
        if day is not None
    )


def told(ticket: Ticket) -> tuple[str, ...]:
    """Name the recipients that were informed. GDPR Art. 19, second sentence."""
    told = ticket.notices.of_answer().of_last_turn().told()
    names = told.values_list("name", flat=True)
    return tuple(dict.fromkeys(names))


def not_told(ticket: Ticket) -> tuple[str, ...]:
    """Name those whom it was impossible, or too much effort, to inform."""
    last = ticket.notices.of_answer().of_last_turn()
    excused = last.filter(state__in=NoticeState.NEEDS_REASON)
    return tuple(dict.fromkeys(excused.values_list("name", flat=True)))


def suppresses(ticket: Ticket) -> bool:
    """Whether a withdrawn consent left entries on the suppression list."""
    listed = LedgerEntry.objects.filter(
        reference=ticket.case.reference,
        event=Event.SUPPRESSION_ADDED,
        facts__ticket=ticket.pk,
    )
    return ticket.right_code == RightCode.CONSENT_WITHDRAWAL and listed.exists()


def left_over(ticket: Ticket, language: str) -> tuple[str, ...]:
    """Say of each purpose whether its data are erased, or for what they are kept."""
    said, policy = words(language)["purpose_check"], current().purposes

    def title(code: str) -> str:
        return policy[code].title.to(language) if code in policy else code

    return tuple(
        said[check.result].format(
            purpose=title(check.purpose),
            kept_for=title(check.kept_for),
            basis=gdpr(check.basis).text(language) if check.basis else "",
        )
        for check in ticket.purpose_checks.exclude(result=CheckResult.OPEN)
    )
