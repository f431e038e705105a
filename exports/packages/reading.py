"""Values as a person reads them: codes explained, days written out, signs visible."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exports.days import written, written_instant
from exports.packages.described import field_title
from subjects.systems.shape import Field

DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
# Control signs, and those that turn the direction of what follows: shown, not obeyed.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


class Reader:
    """Writes values in the language that is active, instants in one time zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self._language = language
        self._zone = zone

    def html(self, value: Any, field: Field | None = None) -> SafeString:
        """Return a value as HTML; what it comes from was written by anybody."""
        if value is None or value == "":
            return format_html('<span class="none">{}</span>', _("not filled in"))
        if isinstance(value, Mapping):
            return self._mapping(value, field)
        if isinstance(value, list):
            return self._list(value, field)
        return self._plain(value, field)

    def _mapping(self, value: Mapping[str, Any], field: Field | None) -> SafeString:
        inner = {one: field.child(one) if field else None for one in value}
        rows = (
            (
                field_title(inner[name], name, self._language),
                self.html(one, inner[name]),
            )
            for name, one in value.items()
        )
        lines = format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)
        return format_html("<dl>{}</dl>", lines)

    def _list(self, value: list[Any], field: Field | None) -> SafeString:
        rows = ((self.html(one, field),) for one in value)
        items = format_html_join("", "<li>{}</li>", rows)
        return format_html("<ul>{}</ul>", items)

    def _plain(self, value: Any, field: Field | None) -> SafeString:
        meaning = field.about.meaning(value, self._language) if field else ""
        if meaning:
            return format_html(
                '{} <span class="code">({})</span>', meaning, visible(str(value))
            )
        if isinstance(value, bool):
            return format_html("{}", _("yes") if value else _("no"))
        if isinstance(value, str):
            return self._text(value)
        return format_html("{}", value)

    def _text(self, value: str) -> SafeString:
        said = self._day(value)
        if said:
            return format_html('<time datetime="{}">{}</time>', value, said)
        return format_html("{}", visible(value))

    def _day(self, value: str) -> str:
        """Write a day or an instant out, or return nothing where it is none."""
        try:
            if DAY.fullmatch(value):
                return written(date.fromisoformat(value))
            if INSTANT.fullmatch(value):
                return self._instant(datetime.fromisoformat(value))
        except ValueError:
            pass  # looks like a day, is none: shown as it is
        return ""

    def _instant(self, instant: datetime) -> str:
        local = instant.astimezone(self._zone) if instant.tzinfo else instant
        return written_instant(local)


def visible(text: str) -> str:
    """Return a text with its invisible signs named, as in ⟨U+202E⟩."""
    return UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
