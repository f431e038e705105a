"""Until when an insurer may still be sued: the end of "needed for legal claims".

Belgian Insurance Act of 4 April 2014, Arts. 88 and 89. Pure: no database, no "now".
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dsr.rights.base import Source
from dsr.vocabulary import Claim
from subjects.erasure.limits import Facts, Stage, Term, Why, last_day

ACT = "Insurance Act Art."  # Act of 4 April 2014 on insurance


@dataclass(frozen=True, slots=True)
class Action:
    """An action: the term in which it can be brought, and where the law says so.

    Art. 89 spares minors, and lets time run anew, for who claims from us only.
    """

    term: Term
    place: str
    but_fraud: bool = False  # whether fraud takes the longest term away


def _against_us(years: int, most: int | None = None) -> Term:
    return Term(years, most, spares_minors=True, is_interrupted=True)


ACTIONS: dict[str, Action] = {
    Claim.CONTRACT: Action(_against_us(3, 5), "88 § 1", but_fraud=True),
    Claim.LIFE_RESERVE: Action(_against_us(30), "88 § 1"),
    Claim.DIRECT_ACTION: Action(_against_us(5, 10), "88 § 2"),
    Claim.RECOURSE: Action(Term(3), "88 § 3"),
}
_ART_89 = (Why.MINOR, Why.INTERRUPTED)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The facts on which a time limit depends.

    `event_on` is the event insured against or, for recourse, our payment;
    `known_on` the day the claimant learnt of it, if later; `of_age_on` the day a
    minor comes of age; `decided_on` the insurer's written decision on a claim
    declared in time. Under a contract there is no longest term against fraud.
    """

    claim: str
    event_on: date
    known_on: date | None = None
    of_age_on: date | None = None
    decided_on: date | None = None
    fraud: bool = False

    def to_json(self) -> dict[str, str | bool | None]:
        """Return the facts as they are kept beside the day."""
        return {
            name: fact.isoformat() if isinstance(fact, date) else fact
            for name, fact in asdict(self).items()
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the facts that were kept."""
        days = {name: kept[name] for name in kept if name.endswith("_on")}
        facts = {
            name: date.fromisoformat(day) if day else None for name, day in days.items()
        }
        return cls(**{**kept, **facts})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the derivation: a sentence, and where the law says so."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Limit:
    """The last day on which the action can be brought, and how it was reached."""

    day: date
    steps: tuple[Step, ...]


def limit_of(facts: Reckoning) -> Limit:
    """Return the last day for the action, with its derivation.

    Raises:
        ValueError: a fact lies before the event.

    """
    for day in (facts.known_on, facts.decided_on):
        if day is not None and day < facts.event_on:
            raise ValueError(_("Nothing can be known or decided before the event."))
    action = ACTIONS[facts.claim]
    day, stages = last_day(
        action.term,
        Facts(
            event=facts.event_on,
            known=facts.known_on,
            of_age=facts.of_age_on,
            decided=facts.decided_on,
            no_cap=facts.fraud and action.but_fraud,
        ),
    )
    return Limit(day, tuple(_step(stage, action.place) for stage in stages))


def _step(stage: Stage, place: str) -> Step:
    named = {
        "day": date_format(stage.day),
        "from": date_format(stage.since) if stage.since else "",
        "years": stage.years,
    }
    where = "89" if stage.why in _ART_89 else place
    return Step(_said(stage.why) % named, Source(ACT, where))


def _said(why: Why) -> str:
    said = {
        Why.MINOR: _("Time does not run against a minor; it begins on %(day)s."),
        Why.YEARS: _("%(years)d years from %(from)s end on %(day)s."),
        Why.KNOWN: _(
            "Known only on %(from)s: %(years)d years from then end on %(day)s."
        ),
        Why.MOST: _("At the most %(years)d years from %(from)s: until %(day)s."),
        Why.INTERRUPTED: _(
            "Interrupted by the claim until our written decision of %(from)s; "
            "%(years)d years from then end on %(day)s."
        ),
    }
    return said[why]
