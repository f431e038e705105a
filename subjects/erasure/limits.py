"""Until when something may be needed: years from an event, or from what was known.

The arithmetic that limitation periods and duties to keep records share; which law
asks for which period is data of whoever counts. Pure.
"""

from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum

OF_AGE = 18  # years


class Why(StrEnum):
    """What a stage of the derivation follows from."""

    MINOR = "minor"  # time does not run against a minor
    YEAR_END = "year_end"  # it begins with the following year
    YEARS = "years"  # so many years later
    KNOWN = "known"  # so many years from the knowledge of it
    MOST = "most"  # but so many years at the most
    INTERRUPTED = "interrupted"  # it began anew


@dataclass(frozen=True, slots=True)
class Term:
    """How long: `years` from the event, or if known later from then, at `most`.

    Without `most`, later knowledge prolongs nothing. `spares_minors`: it begins only
    when they come of age; `is_interrupted` by a decision, from which it runs anew;
    `from_year_end`: it begins when the year of the event has ended.
    """

    years: int
    most: int | None = None
    spares_minors: bool = False
    is_interrupted: bool = False
    from_year_end: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """The days a term is counted from; with `no_cap` there is no longest term."""

    event: date
    known: date | None = None
    of_age: date | None = None
    decided: date | None = None
    no_cap: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the derivation: where it led, from which day, by how many years."""

    why: Why
    day: date
    since: date | None = None
    years: int = 0


def last_day(term: Term, facts: Facts) -> tuple[date, tuple[Stage, ...]]:
    """Return the last day of the term, and the steps that led there."""
    stages: list[Stage] = []
    start = _start(term, facts, stages)
    last = _from_event_or_knowledge(term, facts, start, stages)
    if term.is_interrupted and facts.decided is not None:
        anew = years_later(facts.decided, term.years)
        if anew > last:
            stages.append(Stage(Why.INTERRUPTED, anew, facts.decided, term.years))
            last = anew
    return last, tuple(stages)


def _start(term: Term, facts: Facts, stages: list[Stage]) -> date:
    start = facts.event
    if term.from_year_end:
        start = date(start.year, 12, 31)
        stages.append(Stage(Why.YEAR_END, start))
    if term.spares_minors and facts.of_age is not None and facts.of_age > start:
        start = facts.of_age
        stages.append(Stage(Why.MINOR, start))
    return start


def _from_event_or_knowledge(
    term: Term, facts: Facts, start: date, stages: list[Stage]
) -> date:
    last = years_later(start, term.years)
    stages.append(Stage(Why.YEARS, last, start, term.years))
    known = facts.known
    if term.most is None or known is None or known <= start:
        return last
    last = years_later(known, term.years)
    stages.append(Stage(Why.KNOWN, last, known, term.years))
    if facts.no_cap:
        return last
    longest = years_later(start, term.most)
    if longest < last:
        stages.append(Stage(Why.MOST, longest, start, term.most))
    return min(last, longest)


def years_later(day: date, years: int) -> date:
    """Return the same day so many years later; of 29 February, else the 28th.

    What ends beyond the calendar, as a day that stands for "never" does, has no end.

    Source: Regulation 1182/71 Art. 3(2)(c).
    """
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
