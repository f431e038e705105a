"""From one answer of an API to the next, until there is no more."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from subjects.systems.base import ReadError, TooManyRowsError
from subjects.systems.shape import Path
from subjects.systems.web.client import Answer, Client
from subjects.systems.web.declared import Call, Pages, Resource

MOST_PAGES = 10_000
LINK = re.compile(r'<([^>]*)>[^,]*;\s*rel="?next"?(?=[\s;,]|$)')  # RFC 8288
MISSING = 404  # nobody is there; a search finds nothing


def rows_of(
    client: Client, resource: Resource, call: Call, values: Mapping[str, str]
) -> Iterator[Mapping[str, Any]]:
    """Yield the rows that a request finds, page after page.

    Raises:
        ReadError: the API cannot answer, or its answer has no rows where it should.

    """
    path, query = call.filled(values)
    walk = _Walk(client, resource.pages, path, query)
    for _page in range(MOST_PAGES):
        answer = walk.ask(call.method)
        found = _rows(client.key, answer, resource.rows)
        yield from found
        if not walk.goes_on(answer, len(found)):
            return
    raise TooManyRowsError(
        f"{client.key}: the API has more than {MOST_PAGES:,} pages for one question; "
        "check `pages`, or declare larger ones"
    )


class _Walk:
    """Where we are in the pages of one request."""

    def __init__(
        self, client: Client, pages: Pages | None, path: str, query: dict[str, str]
    ) -> None:
        self._client, self._pages = client, pages
        self._path, self._query = path, query
        self._url = ""  # of the next page, where the answer named it
        self._count = pages.first if pages else 0
        if pages and pages.size_query:
            query[pages.size_query] = str(pages.size)
        self._count_up(0)

    def ask(self, method: str) -> Answer:
        if method == "POST":
            url = self._url or self._client.url(self._path, {})
            return self._client.ask(method, url, self._query, good=(MISSING,))
        url = self._url or self._client.url(self._path, self._query)
        return self._client.ask(method, url, good=(MISSING,))

    def goes_on(self, answer: Answer, found: int) -> bool:
        """Say whether there is another page, and turn to it."""
        pages = self._pages
        if pages is None or answer.status == MISSING:
            return False
        if pages.kind == "page":
            self._count_up(1)
            return found > 0
        if pages.kind == "offset":
            self._count_up(found)
            return found > 0
        if pages.kind == "cursor":
            return self._turn_to(at(answer.body, pages.at))
        if pages.kind == "link":
            link = LINK.search(answer.headers.get("link", ""))
            return self._follow(link[1] if link else None)
        return self._follow(at(answer.body, pages.at))

    def _count_up(self, number: int) -> None:
        if self._pages and self._pages.kind in {"page", "offset"}:
            self._count += number
            self._query[self._pages.query] = str(self._count)

    def _turn_to(self, cursor: object) -> bool:
        if self._pages is None or cursor in (None, "", False):
            return False
        if str(cursor) == self._query.get(self._pages.query):
            raise self._circle()
        self._query[self._pages.query] = str(cursor)
        return True

    def _follow(self, url: object) -> bool:
        if not isinstance(url, str) or not url:
            return False
        whole = self._client.further(url)
        if whole == self._url:
            raise self._circle()
        self._url = whole
        return True

    def _circle(self) -> ReadError:
        return ReadError(
            f"{self._client.key}: the API names the page we are on as the next one; "
            "check `pages`"
        )


def at(body: Any, path: Path) -> Any:
    """Return what stands at a place of an answer, None where nothing does."""
    for step in path:
        if not isinstance(body, Mapping):
            return None
        body = body.get(step)
    return body


def _rows(key: str, answer: Answer, path: Path) -> list[Mapping[str, Any]]:
    """Return the rows of an answer; an object that stands alone is one row."""
    if answer.status == MISSING:
        return []
    found = at(answer.body, path)
    if found is None and (path or answer.body is None):
        found = []
    rows = found if isinstance(found, list) else [found]
    if not all(isinstance(row, Mapping) for row in rows):
        raise ReadError(
            f"{key}: the API's answer holds no rows at {'.'.join(path) or 'its top'}; "
            "check `rows`"
        )
    return rows
