"""Working days and public holidays of a Member State, read from `holidays/*.toml`."""

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dsr.clock.holiday_rules import Holiday, HolidayRule, read_rule
from dsr.clock.languages import Names

FOLDER = Path(__file__).parent / "holidays"
SATURDAY = 5  # as date.weekday() counts
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which a period may end in one jurisdiction.

    `version` names the data; it changes with every added holiday, so that a
    computed date can be traced to the days it was computed with.
    """

    code: str
    time_zone: ZoneInfo
    city: Names
    version: str
    rules: tuple[HolidayRule, ...]
    added: tuple[Holiday, ...] = ()
    _years: dict[int, dict[date, Holiday]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def holidays(self, year: int) -> dict[date, Holiday]:
        """Return the public holidays of a year by day, those on weekends included."""
        if year not in self._years:
            fallen = [rule.holiday(year) for rule in self.rules]
            fallen += [added for added in self.added if added.day.year == year]
            by_day = {one.day: one for one in fallen if one is not None}
            self._years[year] = dict(sorted(by_day.items()))
        return self._years[year]

    def holiday(self, day: date) -> Holiday | None:
        """Return the public holiday of that day, or None."""
        return self.holidays(day.year).get(day)

    def is_working_day(self, day: date) -> bool:
        """Say whether a period may end on that day.

        Source: Regulation 1182/71 Art. 2(2): all days other than public holidays,
        Sundays and Saturdays.
        """
        return day.weekday() < SATURDAY and self.holiday(day) is None

    def roll(self, day: date) -> date:
        """Return `day`, or the first working day after it when it is none.

        Source: Regulation 1182/71 Art. 3(4).
        """
        while not self.is_working_day(day):
            day += DAY
        return day

    def nth_working_day_after(self, day: date, n: int) -> date:
        """Return the `n`-th working day after `day`, which is itself not counted.

        With n = 0 it is `day`, whatever day that is.
        """
        for _ in range(n):
            day = self.roll(day + DAY)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """Count the working days after `a` up to `b` included; negative if b < a."""
        if b < a:
            return -self.working_days_between(b, a)
        days = (a + timedelta(days=n) for n in range(1, (b - a).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def with_holidays(self, days: Iterable[Holiday]) -> "Calendar":
        """Return this calendar with further holidays, under a version of its own."""
        added = tuple(sorted({*self.added, *days}, key=_place))
        if not added:
            return self
        said = "\n".join(f"{one.day} {one.names.en} {one.source}" for one in added)
        digest = hashlib.sha256(said.encode()).hexdigest()[:8]
        version = f"{self.version.partition('+')[0]}+{digest}"
        return replace(self, version=version, added=added, _years={})


def _place(one: Holiday) -> tuple[date, Names, str]:
    """Order holidays wholly: the version must not hang on the order of a set."""
    return one.day, one.names, one.source


def jurisdictions() -> tuple[str, ...]:
    """Return the codes of the countries we have a calendar for."""
    return tuple(sorted(path.stem.upper() for path in FOLDER.glob("*.toml")))


@cache
def calendar_for(jurisdiction: str) -> Calendar:
    """Return the calendar of a country (`BE`) or of a German Land (`DE-BY`).

    Raises:
        ValueError: we have no calendar for that code.

    """
    country, _, land = jurisdiction.partition("-")
    if country not in jurisdictions():
        known = ", ".join(jurisdictions())
        raise ValueError(f"no holiday calendar for {jurisdiction!r}; known: {known}")
    calendar = read_calendar(FOLDER / f"{country.lower()}.toml")
    lands = {land for rule in calendar.rules for land in rule.lands}
    if "-" in jurisdiction and land not in lands:
        known = ", ".join(sorted(lands)) or "none"
        raise ValueError(
            f"no holiday calendar for {jurisdiction!r}; Länder of {country}: {known}"
        )
    rules = tuple(r for r in calendar.rules if not r.lands or land in r.lands)
    return replace(calendar, code=jurisdiction, rules=rules, _years={})


def read_calendar(path: Path) -> Calendar:
    """Read a calendar file with all its Länder.

    Raises:
        ValueError: the file cannot be used; names the file, the holiday, the cure.

    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name} is no valid TOML: {error}") from error
    missing = {"code", "time_zone", "city", "version", "source"} - set(table)
    if missing:
        raise ValueError(f"{path.name} lacks the key {min(missing)!r}")
    return Calendar(
        code=table["code"],
        time_zone=ZoneInfo(table["time_zone"]),
        city=Names.read(table["city"]),
        version=table["version"],
        rules=tuple(_rules(path.name, table)),
    )


def _rules(name: str, table: dict[str, Any]) -> Iterable[HolidayRule]:
    for number, holiday in enumerate(table.get("holiday", []), start=1):
        try:
            yield read_rule(holiday, table["source"])
        except (ValueError, TypeError) as error:
            raise ValueError(f"{name}, holiday number {number}: {error}") from error
