"""How a public holiday falls in a year, and the reading of such rules from data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dsr.clock.languages import Names

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
VALIDITY_KEYS = {"valid_from", "valid_to"}
KEYS = VALIDITY_KEYS | {
    "on",
    "easter",
    "from",
    "weekday",
    "moved",
    "every",
    "lands",
    "name",
    "source",
}
FALLS = ("on", "easter", "from")  # exactly one of these says where the day falls


@dataclass(frozen=True, slots=True)
class Holiday:
    """One public holiday of one year, with the text that makes it one."""

    day: date
    names: Names
    source: str


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """Where a holiday falls, in which years, and in which Länder.

    Exactly one of `on` and `easter` is set. `weekday` asks for the first such
    weekday from `on` (0 is Monday); `moved` shifts the day, in days, when it falls
    on a given weekday; `every` keeps only the years divisible by it.
    """

    names: Names
    source: str
    on: tuple[int, int] | None = None
    easter: int | None = None
    weekday: int | None = None
    moved: tuple[tuple[int, int], ...] = ()
    every: int = 1
    lands: tuple[str, ...] = ()
    valid_from: date = date.min
    valid_to: date = date.max

    def holiday(self, year: int) -> Holiday | None:
        """Return the holiday of that year, or None when the year has none."""
        if year % self.every:
            return None
        day = self._falls(year)
        if not self.valid_from <= day <= self.valid_to:
            return None
        return Holiday(day, self.names, self.source)

    def _falls(self, year: int) -> date:
        if self.on is None:
            return easter_sunday(year) + timedelta(days=self.easter or 0)
        day = date(year, *self.on)
        if self.weekday is not None:
            day += timedelta(days=(self.weekday - day.weekday()) % 7)
        return day + timedelta(days=dict(self.moved).get(day.weekday(), 0))


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    The golden number gives the age of the moon, corrected by the leap years that
    the centuries drop and by the drift of the moon; then the next Sunday is taken.
    """
    golden, century = year % 19, year // 100
    drift = (8 * century + 13) // 25
    moon = (19 * golden + century - century // 4 - drift + 15) % 30
    # Two exceptions of 1582 that keep full moons of a cycle apart.
    moon -= moon == 29 or (moon == 28 and golden > 10)  # noqa: PLR2004 - days of the lunar cycle
    full_moon = date(year, 3, 21) + timedelta(days=moon)
    return full_moon + timedelta(days=7 - (full_moon.weekday() + 1) % 7)


def read_rule(table: Mapping[str, Any], source: str) -> HolidayRule:
    """Read one `[[holiday]]` of a calendar file.

    Raises:
        ValueError: a key is unknown or missing, or a value is of no use.

    """
    unknown = sorted(set(table) - KEYS)
    if unknown:
        raise ValueError(
            f"unknown key {unknown[0]!r}; known: {', '.join(sorted(KEYS))}"
        )
    if sum(key in table for key in FALLS) != 1:
        raise ValueError(f"a holiday needs exactly one of {', '.join(FALLS)}")
    if ("from" in table) != ("weekday" in table):
        raise ValueError("`from` and `weekday` go together")
    validity = {key: table[key] for key in VALIDITY_KEYS & set(table)}
    return HolidayRule(
        names=Names.read(table.get("name", {})),
        source=table.get("source", source),
        on=_month_and_day(table),
        easter=table.get("easter"),
        weekday=_weekday(table["weekday"]) if "weekday" in table else None,
        moved=tuple((_weekday(k), v) for k, v in table.get("moved", {}).items()),
        every=table.get("every", 1),
        lands=tuple(table.get("lands", ())),
        **validity,
    )


def _month_and_day(table: Mapping[str, Any]) -> tuple[int, int] | None:
    text = table.get("on", table.get("from"))
    if text is None:
        return None
    # 2001 is no leap year, so that a rule for 29 February is refused here.
    day = date.fromisoformat(f"2001-{text}")
    return day.month, day.day


def _weekday(name: str) -> int:
    if name not in WEEKDAYS:
        raise ValueError(f"{name!r} is no weekday; known: {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(name)
