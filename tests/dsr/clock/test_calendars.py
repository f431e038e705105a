"""Working days and public holidays, with the `holidays` library's second opinion."""

from datetime import date, timedelta

import holidays as library
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsr.clock.calendars import Calendar, calendar_for, jurisdictions
from dsr.clock.holiday_rules import Holiday, easter_sunday
from dsr.clock.languages import LANGUAGES, Names

YEARS = range(2020, 2041)
LANDS = [
    "BB",
    "BE",
    "BW",
    "BY",
    "HB",
    "HE",
    "HH",
    "MV",
    "NI",
    "NW",
    "RP",
    "SH",
    "SL",
    "SN",
    "ST",
    "TH",
]
CODES = [*jurisdictions(), *(f"DE-{land}" for land in LANDS)]
DAYS = st.dates(min_value=date(2018, 5, 25), max_value=date(2060, 1, 1))
BE = calendar_for("BE")


def named(day: str, name: str = "Bridge day") -> Holiday:
    return Holiday(date.fromisoformat(day), Names(name, name, name, name), "decision")


@pytest.mark.parametrize("code", CODES)
def test_our_holidays_are_those_of_the_library(code: str) -> None:
    country, _, land = code.partition("-")
    theirs = library.country_holidays(country, subdiv=land or None, years=YEARS)

    ours = {day for year in YEARS for day in calendar_for(code).holidays(year)}

    # No exceptions but Sundays, when no period ends anyway: the library lists Easter
    # Sunday and Whit Sunday for some countries and not for others.
    assert {day for day in ours ^ set(theirs) if day.isoweekday() <= 6} == set()


def test_we_know_the_six_countries() -> None:
    assert jurisdictions() == ("BE", "DE", "FR", "IE", "LU", "NL")


@pytest.mark.parametrize(
    ("year", "monday", "ascension", "whit_monday"),
    [
        (2024, "04-01", "05-09", "05-20"),
        (2025, "04-21", "05-29", "06-09"),
        (2026, "04-06", "05-14", "05-25"),
        (2027, "03-29", "05-06", "05-17"),
        (2028, "04-17", "05-25", "06-05"),
        (2029, "04-02", "05-10", "05-21"),
        (2030, "04-22", "05-30", "06-10"),
    ],
)
def test_easter_moves_its_days(
    year: int, monday: str, ascension: str, whit_monday: str
) -> None:
    names = {one.names.en: day for day, one in BE.holidays(year).items()}

    assert names["Easter Monday"] == date.fromisoformat(f"{year}-{monday}")
    assert names["Ascension Day"] == date.fromisoformat(f"{year}-{ascension}")
    assert names["Whit Monday"] == date.fromisoformat(f"{year}-{whit_monday}")


@pytest.mark.parametrize(
    "day",
    [
        "1818-03-22",
        "1943-04-25",
        "1954-04-18",
        "1981-04-19",
        "2038-04-25",
        "2285-03-22",
    ],
)
def test_easter_falls_on_its_extreme_days(day: str) -> None:
    assert easter_sunday(int(day[:4])) == date.fromisoformat(day)


@pytest.mark.parametrize("code", CODES)
def test_every_holiday_is_named_in_every_language(code: str) -> None:
    for holiday in calendar_for(code).holidays(2028).values():
        assert all(holiday.names.text(language) for language in LANGUAGES)
        assert holiday.source


def test_a_german_holiday_of_one_land_is_none_elsewhere() -> None:
    corpus_christi = date(2026, 6, 4)

    assert calendar_for("DE").is_working_day(corpus_christi)
    assert not calendar_for("DE-BY").is_working_day(corpus_christi)
    assert calendar_for("DE-BE").is_working_day(corpus_christi)


@pytest.mark.parametrize("code", ["XX", "be", "", "BE-BRU", "DE-XX", "DE-"])
def test_an_unknown_jurisdiction_names_the_known_ones(code: str) -> None:
    with pytest.raises(ValueError, match=r"^no holiday calendar for .*; .+: .+$"):
        calendar_for(code)


@given(day=DAYS, code=st.sampled_from(CODES))
def test_rolling_ends_on_the_first_working_day(day: date, code: str) -> None:
    calendar = calendar_for(code)

    rolled = calendar.roll(day)

    assert calendar.is_working_day(rolled)
    passed = (day + timedelta(days=n) for n in range((rolled - day).days))
    assert not any(calendar.is_working_day(one) for one in passed)


@given(day=DAYS, n=st.integers(1, 30))
def test_counting_working_days_undoes_adding_them(day: date, n: int) -> None:
    later = BE.nth_working_day_after(day, n)

    assert BE.is_working_day(later)
    assert BE.working_days_between(day, later) == n
    assert BE.working_days_between(later, day) == -n


def test_no_working_day_later_is_the_day_itself() -> None:
    saturday = date(2026, 3, 7)

    assert BE.nth_working_day_after(saturday, 0) == saturday


def test_an_added_holiday_is_none_elsewhere_and_changes_the_version() -> None:
    friday = date(2026, 5, 15)

    added = BE.with_holidays([named("2026-05-15")])

    assert BE.is_working_day(friday)
    assert not added.is_working_day(friday)
    assert added.version.startswith(f"{BE.version}+")
    assert added.code == "BE"


def test_the_version_depends_on_what_was_added_and_not_on_the_way() -> None:
    one, two = named("2026-05-15"), named("2026-11-02")

    def version(calendar: Calendar) -> str:
        return calendar.with_holidays([two]).version

    assert version(BE.with_holidays([one])) == BE.with_holidays([two, one]).version
    assert version(BE) != BE.with_holidays([one, two]).version
    assert BE.with_holidays([]) == BE
