"""Until when an insurer may still be sued: the end of "needed for legal claims".

Belgian Insurance Act of 4 April 2014, Arts. 88 and 89. Pure: no database, no "now".
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dsr.clock.months import add_months
from dsr.rights.base import Source
from dsr.vocabulary import Claim

ACT = "Insurance Act Art."  # Act of 4 April 2014 on insurance


@dataclass(frozen=True, slots=True)
class Term:
    """The years of an action: from the event or from knowledge, and at the most."""

    years: int
    most: int | None  # years from the event, when known later; none: not prolonged
    place: str
    but_fraud: bool = False  # whether fraud takes the longest term away
    is_ours: bool = False  # then Art. 89, which spares who claims from us, is no matter


TERMS: dict[str, Term] = {
    Claim.CONTRACT: Term(3, 5, "88 § 1", but_fraud=True),
    Claim.LIFE_RESERVE: Term(30, None, "88 § 1"),
    Claim.DIRECT_ACTION: Term(5, 10, "88 § 2"),
    Claim.RECOURSE: Term(3, None, "88 § 3", is_ours=True),
}


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
    term = TERMS[facts.claim]
    steps: list[Step] = []
    start = facts.event_on if term.is_ours else _start(facts, steps)
    last = _from_event_or_knowledge(facts, term, start, steps)
    if facts.decided_on is not None and not term.is_ours:
        last = _interrupted(facts.decided_on, term, last, steps)
    return Limit(last, tuple(steps))


def _start(facts: Reckoning, steps: list[Step]) -> date:
    """Begin with the event; time does not run against minors. Art. 89."""
    if facts.of_age_on is None or facts.of_age_on <= facts.event_on:
        return facts.event_on
    said = _("Time does not run against a minor; it begins on %(day)s.")
    steps.append(_step(said, facts.of_age_on, "89"))
    return facts.of_age_on


def _from_event_or_knowledge(
    facts: Reckoning, term: Term, start: date, steps: list[Step]
) -> date:
    last = _years(start, term.years)
    said = _("%(years)d years from %(from)s end on %(day)s.")
    steps.append(_step(said, last, term.place, start, term.years))
    known = facts.known_on
    if term.most is None or known is None or known <= start:
        return last
    last = _years(known, term.years)
    said = _("Known only on %(from)s: %(years)d years from then end on %(day)s.")
    steps.append(_step(said, last, term.place, known, term.years))
    if facts.fraud and term.but_fraud:
        return last
    longest = _years(start, term.most)
    if longest < last:
        said = _("At the most %(years)d years from %(from)s: until %(day)s.")
        steps.append(_step(said, longest, term.place, start, term.most))
    return min(last, longest)


def _interrupted(decided: date, term: Term, last: date, steps: list[Step]) -> date:
    """Let time run anew from the insurer's written decision. Art. 89."""
    anew = _years(decided, term.years)
    if anew <= last:
        return last
    said = _(
        "Interrupted by the claim until our written decision of %(from)s; %(years)d "
        "years from then end on %(day)s."
    )
    steps.append(_step(said, anew, "89", decided, term.years))
    return anew


def _years(day: date, number: int) -> date:
    return add_months(day, 12 * number)


def _step(
    said: str, day: date, place: str, since: date | None = None, years: int = 0
) -> Step:
    named = {
        "day": date_format(day),
        "from": date_format(since) if since else "",
        "years": years,
    }
    return Step(said % named, Source(ACT, place))
