"""What letters say of restrictions and of objections. GDPR Arts. 18 and 21(1)."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dsr.clock.citations import gdpr
from dsr.clock.derivation import day_in_words
from dsr.controller import Controller, current
from dsr.letters.context import ObjectedWords, RestrictionWords
from dsr.letters.words import words
from dsr.models import (
    Letter,
    ObjectedPurpose,
    RestrictionExamination,
    RestrictionMeasure,
    Ticket,
)
from dsr.vocabulary import LetterKind, OrderAct, RightCode, State, Weighing

NO_GROUND = "no_ground"


def restriction(letter: Letter, controller: Controller, day: date) -> dict[str, Any]:
    """Return the restriction that a notice, dated `day`, is about.

    The day it names is the first on which the restriction may be lifted.
    """
    if letter.kind != LetterKind.LIFT_NOTICE:
        return {}
    measure = RestrictionMeasure.objects.get(
        pk=letter.parts["measure_id"], ticket=letter.ticket
    )
    others = RestrictionMeasure.objects.of(letter.case.subject).in_force()
    first = day + timedelta(days=controller.clock.on(day).lift_notice_days)
    said = restriction_words(
        measure,
        letter.language,
        lift_on=measure.lift_on or first,
        another_remains=others.exclude(pk=measure.pk).exists(),
    )
    return {"restriction": said}


def restriction_words(
    measure: RestrictionMeasure,
    language: str,
    *,
    lift_on: date | None = None,
    another_remains: bool = False,
) -> RestrictionWords:
    """Say why and since when data are restricted."""
    said = words(language)
    return RestrictionWords(
        says=said["frozen"]["since"].format(
            day=_day(measure.active_at or measure.begun_at, language),
            because=said["restriction"][measure.ground],
        ),
        source=gdpr(measure.article).text(language),
        what=measure.what,
        lift_on=day_in_words(lift_on, language, "dative") if lift_on else "",
        another_remains=another_remains,
    )


def frozen(ticket: Ticket | None, language: str) -> dict[str, Any]:
    """Return what a reply says of what is restricted, and of what was objected to."""
    if ticket is None:
        return {}
    measures = ticket.measures.filter(active_at__isnull=False).in_force()
    if ticket.orders.all().failed(OrderAct.RESTRICT):
        measures = measures.none()  # no system could mark the data
    return {
        "frozen": tuple(restriction_words(one, language) for one in measures),
        "examined": tuple(_examined(ticket, language)),
        "objected": tuple(_objected(one, language) for one in ticket.objected.all()),
        "erasure_opened": _is_erasure_opened(ticket),
    }


def _is_erasure_opened(ticket: Ticket) -> bool:
    """Whether a ticket of its own asks for erasure: an objection erases nothing."""
    erasures = ticket.case.tickets.filter(right_code=RightCode.ERASURE)
    return erasures.exclude(state__in=State.ENDED_OTHERWISE).exists()


def _examined(ticket: Ticket, language: str) -> list[str]:
    """Name the grounds that were examined and are absent. GDPR Art. 12(4)."""
    done = RestrictionExamination.objects.filter(ticket=ticket).first()
    if done is None or NO_GROUND not in ticket.grounds:
        return []
    said = words(language)["examined"]
    return [
        f"{said[ground.value]} [{gdpr(ground.article).text(language)}]"
        for ground in done.absent
    ]


def _objected(one: ObjectedPurpose, language: str) -> ObjectedWords:
    """Say of a purpose on what it rests, and what becomes of it."""
    purpose = current().purposes.get(one.purpose)
    fate = (one.result or Weighing.STOP.value) if one.objectionable else "other"
    rights = words(language)["applies"]
    kinds = dict.fromkeys(place.partition("(")[2][-2:-1] for place in one.basis)
    return ObjectedWords(
        title=purpose.title.to(language) if purpose else one.purpose,
        basis="; ".join(gdpr(place).text(language) for place in one.basis),
        fate=fate,
        applies=" ".join(rights[kind] for kind in kinds if kind in rights),
    )


def _day(at: datetime, language: str) -> str:
    zone = ZoneInfo(current().identity.time_zone)
    return day_in_words(at.astimezone(zone).date(), language, "dative")
