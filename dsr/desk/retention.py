"""What will be deleted of a case, and when; in words, for the case page."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from dsr import casework
from dsr.clock.derivation import day_in_words
from dsr.controller import current
from dsr.models import Case, Deletion, LegalHold


@dataclass(frozen=True, slots=True)
class Goes:
    """One tier of the case: what it is, how many records, and on which day it goes."""

    what: str
    number: int
    when: str


@dataclass(frozen=True, slots=True)
class Retention:
    """What the case page shows: what goes when, what went, and what holds it."""

    goes: list[Goes]
    gone: list[Deletion]
    hold: LegalHold | None


def retention(case: Case, *, language: str) -> Retention:
    """Return what is deleted of a case and when."""
    tiers = current().tiers
    return Retention(
        goes=[
            Goes(
                tiers[one.tier].data.to(language),
                len(one.rows),
                day_in_words(timezone.localdate(one.over_at), language)
                if one.over_at
                else _("not known while something is open or kept"),
            )
            for one in casework.plan_of(case)
        ],
        gone=list(Deletion.objects.filter(reference=case.reference)),
        hold=case.holds.in_force().first(),
    )
