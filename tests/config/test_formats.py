"""Days are written as each language writes them, on every page."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

DAY = date(2026, 4, 7)


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        ("en", "7 April 2026", "Tuesday 7 April 2026"),
        ("fr", "7 avril 2026", "mardi 7 avril 2026"),
        ("nl", "7 april 2026", "dinsdag 7 april 2026"),
        ("de", "7. April 2026", "Dienstag, 7. April 2026"),
    ],
)
def test_a_day_is_written_as_its_language_does(
    language: str, short: str, long: str
) -> None:
    page = Template('{{ day|date:"j F Y" }} / {{ day|date:"l j F Y" }}')
    with translation.override(language):
        assert date_format(DAY) == short
        assert page.render(Context({"day": DAY})).lower() == f"{short} / {long}".lower()
