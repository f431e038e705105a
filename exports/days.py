"""Days as everybody writes them: "3 November 2026", in the active language."""

from datetime import date, datetime

from django.utils import formats
from django.utils.translation import get_language

DAY = {"de": "j. F Y"}
OTHERWISE = "j F Y"


def written(day: date) -> str:
    """Write a day out; French counts the first, and no other."""
    language = (get_language() or "en").split("-")[0]
    text = formats.date_format(day, DAY.get(language, OTHERWISE))
    return text.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else text


def written_instant(instant: datetime) -> str:
    """Write an instant out, in its own time zone."""
    return f"{written(instant.date())}, {instant:%H:%M}"
