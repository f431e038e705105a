"""Finds the named contents of a letter, and refuses one that lacks a required one."""

from collections import defaultdict
from collections.abc import Sequence
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from dsr.letters.content_labels import content_label
from dsr.policy import PolicyError

VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "wbr"})


class IncompleteLetterError(PolicyError):
    """A letter lacks something that the law wants in it."""


class ContentFinder(HTMLParser):
    """Collects the text inside elements marked `data-content`."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, ...]] = []  # the names on each element entered
        self.found: defaultdict[str, str] = defaultdict(str)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element."""
        if tag not in VOID:
            names = dict(attrs).get("data-content") or ""
            self.open.append(tuple(names.split()))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Note the text under every name around it."""
        for names in self.open:
            for name in names:
                self.found[name] += data


def find_contents(html: str) -> dict[str, str]:
    """Return the text of each named content."""
    finder = ContentFinder()
    finder.feed(html)
    finder.close()
    return {name: " ".join(text.split()) for name, text in finder.found.items()}


def check_contents(html: str, required: Sequence[str]) -> None:
    """Raise IncompleteLetterError unless each required content is there with text."""
    found = find_contents(html)
    missing = [name for name in required if not found.get(name)]
    if missing:
        raise IncompleteLetterError(
            _("The letter does not say what the law wants: %(missing)s. Add it.")
            % {"missing": ", ".join(content_label(name) for name in missing)}
        )
