"""Calendar files are read strictly: a slip is named with its file and holiday."""

from datetime import date
from pathlib import Path

import pytest

from dsr.clock.calendars import calendar_for, read_calendar
from dsr.clock.holiday_rules import read_rule

NAME = {"en": "A day", "fr": "Un jour", "nl": "Een dag", "de": "Ein Tag"}
HEAD = """
code = "BE"
time_zone = "Europe/Brussels"
version = "1"
source = "an act"
city = { en = "Brussels", fr = "Bruxelles", nl = "Brussel", de = "Brüssel" }
"""


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"name": NAME}, "exactly one of on, easter, from"),
        ({"name": NAME, "on": "01-01", "easter": 1}, "exactly one of on, easter, from"),
        ({"name": NAME, "from": "05-01"}, "`from` and `weekday` go together"),
        ({"name": NAME, "on": "02-30"}, "day is out of range"),
        ({"name": NAME, "on": "01-01", "day": 1}, "unknown key 'day'"),
        ({"name": {"en": "A day"}, "on": "01-01"}, "needs exactly the languages"),
        ({"on": "01-01"}, "needs exactly the languages"),
        (
            {"name": NAME, "from": "05-01", "weekday": "lundi"},
            "'lundi' is no weekday; known: monday",
        ),
        (
            {"name": NAME, "on": "04-27", "moved": {"sun": -1}},
            "'sun' is no weekday",
        ),
    ],
)
def test_a_slip_in_a_rule_is_named(table: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_rule(table, "an act")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("code = ", r"^xx\.toml is no valid TOML: "),
        ('code = "XX"', r"^xx\.toml lacks the key 'city'$"),
        (HEAD + "[[holiday]]\non = 1", r"^xx\.toml, holiday number 1: "),
        (
            HEAD + '[[holiday]]\non = "01-01"',
            r"^xx\.toml, holiday number 1: a name needs",
        ),
    ],
)
def test_a_slip_in_a_file_names_the_file(
    tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "xx.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=sentence):
        read_calendar(file)


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        pytest.param("NL", "2025-04-26", "King's Day", id="a Sunday moves it back"),
        pytest.param("NL", "2026-04-27", "King's Day", id="its own day"),
        pytest.param("NL", "2030-05-05", "Liberation Day", id="a fifth year"),
        pytest.param("IE", "2024-02-05", "St Brigid's Day", id="the first Monday"),
        pytest.param("IE", "2030-02-01", "St Brigid's Day", id="a Friday stays"),
        pytest.param("LU", "2019-05-09", "Europe Day", id="the first year"),
    ],
)
def test_a_holiday_falls_where_its_rule_says(code: str, day: str, name: str) -> None:
    holiday = calendar_for(code).holiday(date.fromisoformat(day))

    assert holiday is not None
    assert holiday.names.en == name


@pytest.mark.parametrize(
    ("code", "day"),
    [
        pytest.param("NL", "2025-04-27", id="moved away"),
        pytest.param("NL", "2026-05-05", id="no fifth year"),
        pytest.param("LU", "2018-05-09", id="before the law"),
        pytest.param("IE", "2023-03-18", id="only in 2022"),
        pytest.param("IE", "2027-12-27", id="a day off in lieu is no holiday"),
        pytest.param("BE", "2026-04-03", id="Good Friday"),
        pytest.param("BE", "2026-12-26", id="26 December"),
    ],
)
def test_a_day_that_is_no_holiday(code: str, day: str) -> None:
    assert calendar_for(code).holiday(date.fromisoformat(day)) is None
