"""What is said with the acts of a rectification, and of an erasure."""

from datetime import date
from typing import Any

from dsr.controller import current
from dsr.models import Ticket
from dsr.rights.erasure import EXCEPTIONS
from dsr.vocabulary import CorrectionVerdict, ErasureGround
from tests.dsr.machines.at_random.people import SHORT, WHY, WORD, Pick
from tests.dsr.machines.at_random.said.said import Said, says

FAR, PAST = date(2040, 1, 1), date(2020, 1, 1)


def a_datum(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Note a datum of one of the systems, or of one that was never searched."""
    return {
        "system": pick(("crm", "crm", "claims", "elsewhere")),
        "place": pick((WORD, "street")),
        "says": WORD,
        "should_say": WHY,
        "restrict": pick((True, False)),
    }


def a_verdict(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Judge one of the data noted, or one that nobody noted."""
    noted = ticket.corrections.order_by("pk") if hasattr(ticket, "corrections") else []
    return {
        "datum": pick([one.pk for one in noted] or [0]),
        "verdict": pick(("correct", *CorrectionVerdict.values)),
        "why": WHY,
        "statement": WHY,
        "tell_underwriting": pick((True, False)),
    }


def _some_categories(pick: Pick) -> list[str]:
    known = list(current().categories)
    return pick((["identification"], ["identification"], [pick(known)], known))


def a_ground(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Find a ground for some categories, or none."""
    return {
        "categories": _some_categories(pick),
        "ground": pick(("no_longer_necessary", "", *ErasureGround.values)),
        "made_public": pick((False, False, True)),
    }


def an_exception(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Let some categories go, or keep them under an exception."""
    kept = {
        "verdict": "retain",
        "exception": pick(EXCEPTIONS),
        "keep_until": FAR,
        "why": WHY,
    }
    return {
        "categories": _some_categories(pick),
        **pick(({"verdict": "erase"}, {"verdict": "erase"}, kept)),
    }


def another_day(ticket: Ticket, pick: Pick) -> dict[str, Any]:
    """Move the day until which a category is kept."""
    return {
        "category": pick(list(current().categories)),
        "keep_until": FAR.replace(year=FAR.year + 1),
        "why": WHY,
    }


DATA: dict[str, Said] = {
    "verify": Said(
        a_datum,
        (
            says(system="crm", place=" ", should_say=WHY),
            says(system="crm", place=WORD, should_say=" "),
            says(system="elsewhere", place=WORD, should_say=WHY),
        ),
    ),
    "judge_datum": Said(
        a_verdict,
        (says(datum=0, verdict="correct"), says(datum=1, verdict="wrong")),
    ),
    "examine_grounds": Said(
        a_ground,
        (
            says(categories=[]),
            says(categories=["anything"]),
            says(categories=["identification"], ground="because"),
        ),
    ),
    "examine_exceptions": Said(
        an_exception,
        (
            says(categories=[], verdict="erase"),
            says(categories=["identification"], verdict="perhaps"),
            says(categories=["identification"], verdict="retain", keep_until=FAR),
        ),
    ),
    "tell_publishers": Said(says(steps=WHY), (says(steps=SHORT),)),
    "move_keep_until": Said(
        another_day,
        (says(category="identification", keep_until=PAST, why=WHY),),
    ),
    "erase_kept": Said(says(why=WHY), (says(why=SHORT),)),
}
