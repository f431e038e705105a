"""What the YAML of an API says: where each collection is asked, and how it answers.

api:
base: https://shop.example/api/v2/
rate: 5          # requests a second, at most
retries: 3       # of what failed for now
check: health    # a path that answers 200 when all is well
headers: {Accept-Language: en}
collections:
customers:
by:                                   # the field we look by: what we get
email: {get: customers, query: {email: "{value}"}}
id: {get: "customers/{value}"}
rows: data.items                      # where they stand in the answer
pages: {kind: cursor, at: meta.next, query: cursor}
change: {patch: "customers/{id}"}     # its body: the fields that change
delete: {delete: "customers/{id}"}
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from urllib.parse import quote, urlsplit

from subjects.systems.entry import Entry, Place
from subjects.systems.guarded_yaml import parse_yaml, read_text
from subjects.systems.shape import Dataset, Path

READS = ("get", "post")
WRITES = ("patch", "put", "post", "delete")
PAGES = ("cursor", "page", "offset", "next", "link")
NEEDS_QUERY = ("cursor", "page", "offset")
NEEDS_AT = ("cursor", "next")
HOLE = re.compile(r"\{([A-Za-z0-9_]+)\}")
HEADER = re.compile(r"[A-Za-z0-9-]+")
_KEYS = {
    "api": ("base", "rate", "retries", "check", "headers", "collections"),
    "collection": ("by", "rows", "pages", "change", "delete"),
    "pages": ("kind", "at", "query", "size", "size_query", "first"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """One request: its method, its path and query with holes such as `{id}`.

    With `post` the query is sent as the JSON body of the request.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)

    def filled(self, values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
        """Return path and query with `values` in their holes, safe within a URL."""
        path = HOLE.sub(lambda hole: quote(values[hole[1]], safe=""), self.path)
        query = {
            name: HOLE.sub(lambda hole: values[hole[1]], text)
            for name, text in self.query.items()
        }
        return path, query

    def holes(self) -> Iterator[str]:
        """Yield the names of what is to be filled in."""
        for text in (self.path, *self.query.values()):
            yield from HOLE.findall(text)


@dataclass(frozen=True, slots=True)
class Pages:
    """How an answer leads to the next one.

    cursor: the value `at` a place in the answer goes into the query; page and offset:
    counted from `first` (else 1 and 0), by `size`; next: the URL `at` a place; link:
    the header of RFC 8288.
    """

    kind: str
    at: Path = ()
    query: str = ""
    size: int = 100
    size_query: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class Resource:
    """A collection as the API has it."""

    by: Mapping[Path, Call]
    rows: Path = ()
    pages: Pages | None = None
    change: Call | None = None
    delete: Call | None = None


@dataclass(frozen=True, slots=True)
class Api:
    """An API: where it is, how patiently it is asked, and its collections by name."""

    base: str
    resources: Mapping[str, Resource]
    headers: Mapping[str, str] = field(default_factory=dict)
    rate: int | None = None
    retries: int = 3
    check: str = ""


def read_api(path: FilePath, datasets: tuple[Dataset, ...]) -> Api:
    """Read the declaration at `path` of what the datasets describe.

    Raises:
        DatasetError: it cannot be used; one sentence names file, place and cure.

    """
    place = Place(str(path))
    top = Entry(parse_yaml(path, read_text(path)), place, what="the file")
    api = top.entry("api")
    _only(api, _KEYS["api"], "api")
    given = api.table("collections") or {}
    described = {one.name for dataset in datasets for one in dataset.collections}
    for name in described - set(given):
        raise place.error(f"collections lacks {name}; say how it is asked")
    for name in set(given) - described:
        raise place.error(f"collections has {name}, which no dataset describes")
    return Api(
        base=_base(api),
        resources={
            name: _resource(Entry(one, place._replace(collection=name), what=name))
            for name, one in given.items()
        },
        headers=_texts(api, "headers"),
        rate=api.positive("rate"),
        retries=api.positive("retries") or 3,
        check=api.text("check"),
    )


def _base(api: Entry) -> str:
    base = api.needed_text("base")
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise api.place.error("base is no address; write such as https://host/api/")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise api.place.error(
            "base has a query, a fragment or a password; leave them out"
        )
    return base if base.endswith("/") else f"{base}/"


def _resource(entry: Entry) -> Resource:
    _only(entry, _KEYS["collection"], "a collection of an api")
    by = entry.table("by") or {}
    if not by:
        raise entry.place.error("by is missing; say by which field it is looked for")
    pages = entry.table("pages")
    return Resource(
        by={
            tuple(name.split(".")): _call(
                Entry(one, entry.place, what=f"by {name}"), READS, ("value",)
            )
            for name, one in by.items()
        },
        rows=_path(entry.text("rows")),
        pages=_pages(Entry(pages, entry.place, what="pages")) if pages else None,
        change=_write(entry, "change"),
        delete=_write(entry, "delete"),
    )


def _write(entry: Entry, key: str) -> Call | None:
    given = entry.table(key)
    if given is None:
        return None
    return _call(Entry(given, entry.place, what=key), WRITES, ())


def _call(entry: Entry, methods: tuple[str, ...], holes: tuple[str, ...]) -> Call:
    _only(entry, (*methods, "query"), "a request")
    named = [method for method in methods if method in entry.values]
    if len(named) != 1:
        raise entry.place.error(f"a request needs one of {', '.join(methods)}")
    path = entry.needed_text(named[0])
    if urlsplit(path).scheme or path.startswith(("/", "..")) or "/.." in path:
        raise entry.place.error(
            f"{named[0]} leaves the base; write a path below it, without a first /"
        )
    call = Call(named[0].upper(), path, _texts(entry, "query"))
    for name in call.holes():
        if holes and name not in holes:
            raise entry.place.error(f"{{{name}}} is unknown; write {{{holes[0]}}}")
    return call


def _pages(entry: Entry) -> Pages:
    _only(entry, _KEYS["pages"], "pages")
    kind = entry.one_of("kind", PAGES)
    if not kind:
        raise entry.place.error(f"pages: kind is missing; write {', '.join(PAGES)}")
    if kind in NEEDS_QUERY:
        entry.needed_text("query")
    if kind in NEEDS_AT:
        entry.needed_text("at")
    return Pages(
        kind,
        at=_path(entry.text("at")),
        query=entry.text("query"),
        size=entry.positive("size") or 100,
        size_query=entry.text("size_query"),
        first=_first(entry, 1 if kind == "page" else 0),
    )


def _first(entry: Entry, usual: int) -> int:
    given = entry.values.get("first", usual)
    if type(given) is not int or given not in {0, 1}:
        raise entry.place.error("first is the number of the first page; write 0 or 1")
    return given


def _texts(entry: Entry, key: str) -> dict[str, str]:
    given = entry.table(key) or {}
    for name, text in given.items():
        if not isinstance(text, str) or (key == "headers" and _breaks(name, text)):
            raise entry.place.error(f"{key} has {name!r}; write texts of one line")
    return dict(given)


def _breaks(name: str, text: str) -> bool:
    return not HEADER.fullmatch(name) or not text.isprintable()


def _path(text: str) -> Path:
    return tuple(text.split(".")) if text else ()


def _only(entry: Entry, known: tuple[str, ...], what: str) -> None:
    for key in entry.values:
        if key not in known:
            raise entry.place.error(
                f"{what} does not know {key!r}; write {', '.join(known)}"
            )
