"""In which language the page is read."""

from django.utils.translation import get_language

from dsr.clock.languages import LANGUAGES


def reader_language() -> str:
    """Return the language of the page, as the clock knows it."""
    language = (get_language() or "en")[:2]
    return language if language in LANGUAGES else "en"
