"""What the policy promises of each right, in the language of the page."""

from collections.abc import Iterable

from dsr.controller import current
from dsr.portal.page import language_now


def promised(codes: Iterable[str]) -> list[dict[str, str]]:
    """Return, for each right: code, article, title, sentence, gives and takes."""
    language, rights = language_now(), current().rights
    return [
        {
            "code": code,
            "article": rights[code].article,
            "title": rights[code].title.to(language),
            "sentence": rights[code].sentence.to(language),
            "gives": rights[code].gives.to(language),
            "takes": rights[code].takes.to(language),
        }
        for code in codes
    ]
