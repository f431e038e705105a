"""What a notice says of the restriction that is going to be lifted. GDPR Art. 18(3)."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dsr.clock.citations import gdpr
from dsr.clock.derivation import day_in_words
from dsr.controller import Controller
from dsr.letters.context import RestrictionWords
from dsr.letters.words import words
from dsr.models import Letter, RestrictionMeasure
from dsr.vocabulary import LetterKind

DATIVE = "dative"  # German: the days stand after a preposition


def restriction(letter: Letter, controller: Controller, day: date) -> dict[str, Any]:
    """Return the restriction that a notice, dated `day`, is about.

    The day it names is the first on which the restriction may be lifted.
    """
    if letter.kind != LetterKind.LIFT_NOTICE:
        return {}
    language, zone = letter.language, ZoneInfo(controller.identity.time_zone)
    measure = RestrictionMeasure.objects.get(
        pk=letter.parts["measure_id"], ticket=letter.ticket
    )
    others = RestrictionMeasure.objects.of(letter.case.subject).in_force()
    lift_on = day + timedelta(days=controller.clock.on(day).lift_notice_days)
    return {
        "restriction": RestrictionWords(
            because=words(language)["restriction"][measure.ground],
            source=gdpr(measure.article).text(language),
            what=measure.what,
            since=day_in_words(
                measure.begun_at.astimezone(zone).date(), language, DATIVE
            ),
            lift_on=day_in_words(measure.lift_on or lift_on, language, DATIVE),
            another_remains=others.exclude(pk=measure.pk).exists(),
        )
    }
