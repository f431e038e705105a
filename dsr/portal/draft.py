"""What a person has typed so far, kept in the session until it is sent or too old.

It holds the words as typed, right or wrong, so that no page loses them.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict

KEY = "portal.draft"
LASTS = timedelta(hours=2)  # since the last page sent
LONGEST = 20_000  # characters of one field; twice what any field allows


class Draft:
    """The answers of each page, by page and field."""

    def __init__(self, request: HttpRequest, *, at: datetime) -> None:
        """Take up the draft of this browser, unless it is too old."""
        self.session = request.session
        stored = self.session.get(KEY)
        if stored and at - datetime.fromisoformat(stored["at"]) > LASTS:
            self.wipe()
            stored = None
        self.pages: dict[str, dict[str, Any]] = stored["pages"] if stored else {}
        self.token: str = stored["token"] if stored else secrets.token_hex(16)

    def keep(
        self, page: str, data: QueryDict, fields: Iterable[str], *, at: datetime
    ) -> None:
        """Keep what was typed on a page, in the fields that the page has."""
        self.pages[page] = {name: _typed(data, name) for name in fields}
        self.session[KEY] = {
            "at": at.isoformat(),
            "token": self.token,
            "pages": self.pages,
        }

    def wipe(self) -> None:
        """Forget everything typed."""
        self.session.pop(KEY, None)
        self.pages = {}


def _typed(data: QueryDict, name: str) -> str | list[str]:
    values = [value[:LONGEST] for value in data.getlist(name)[:20]]
    return values if name == "rights" else (values[-1] if values else "")
