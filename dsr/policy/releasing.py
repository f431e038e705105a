"""What of the findings the person is given, and what is kept back of each record.

Where several items concern the same field, the strongest holds: what may not even be
mentioned, then what is kept back whole, then what is blacked out in a text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from dsr.models import SearchTask, Withholding
from dsr.models.search import EVERY_ROW
from dsr.rights.grounds import SILENT
from subjects.others.documents import as_document, bytes_of
from subjects.others.passages import Passages, texts_of
from subjects.others.pdfs import UnreadableError
from subjects.systems.people import DOCUMENTS
from subjects.systems.shape import Address, Path

Found = Mapping[str, Any]  # {"collection", "row", "record"}
FILE = "file"  # of a document that an owner handed in: it lies beside its record
MISSING = object()
_EMPTY: tuple[Any, ...] = (None, "", [], {})


class Kind(NamedTuple):
    """A kind of data that is kept back, as the person is told of it."""

    collection: str
    field: str
    in_part: bool  # only passages of a text
    ground: str
    law: str


class Rule:
    """One item, ready to be held against records."""

    def __init__(self, item: Withholding, search: SearchTask) -> None:
        self.item, self._search = item, search
        self.passages = Passages(item.passages) if item.passages else None
        self._where = Passages([item.where_text]) if item.where_text else None
        self._health = search.health_fields(item.collection)

    @property
    def is_silent(self) -> bool:
        """Whether the law forbids even to mention it."""
        return self.item.ground == SILENT

    @property
    def strength(self) -> tuple[bool, bool, int]:
        """Its place among several: the lowest holds."""
        return not self.is_silent, self.passages is not None, self.item.pk or 0

    def concerns(self, found: Found) -> bool:
        """Say whether it keeps something back of a record."""
        item, record = self.item, found["record"]
        here = (
            item.collection == found["collection"]
            and item.row in (EVERY_ROW, found["row"])
            and self._is_where(record)
        )
        if not here or not item.field:
            return here
        value = said_in(self._search, found, item.field)
        return value is not MISSING and self._takes(value)

    def _takes(self, value: Any) -> bool:
        try:
            return self.passages is None or self.passages.stand_in(value)
        except UnreadableError:
            return True  # nobody can say that it is not in there

    def _is_where(self, record: Mapping[str, Any]) -> bool:
        if self._where is None:
            return True
        if self.item.where_field:
            path = path_of(record, self.item.where_field)
            values = [value_at(record, path)] if path else []
        else:  # an envelope is not searched by who may not open it
            values = [record[name] for name in record if name not in self._health]
        return any(_says(self._where, value) for value in values)


class Release:
    """What one search's findings become on their way to the person."""

    def __init__(self, search: SearchTask, items: Iterable[Withholding]) -> None:
        self._search = search
        self._of_row: dict[tuple[str, int], list[Rule]] = defaultdict(list)
        self._of_all: dict[str, list[Rule]] = defaultdict(list)
        for item in items:
            rule = Rule(item, search)
            if item.row == EVERY_ROW:
                self._of_all[item.collection].append(rule)
            else:
                self._of_row[item.collection, item.row].append(rule)

    def verdicts(self, found: Found) -> dict[str, list[Rule]]:
        """Return what is kept back of a record: by field, the strongest item first."""
        kept: dict[str, list[Rule]] = {}
        collection = found["collection"]
        of_row = self._of_row.get((collection, found["row"]), ())
        for rule in (*of_row, *self._of_all.get(collection, ())):
            if rule.concerns(found):
                kept.setdefault(rule.item.field, []).append(rule)
        for rules in kept.values():
            rules.sort(key=lambda rule: rule.strength)
        return kept

    def released(self, found: Found) -> dict[str, Any] | None:
        """Return the record as the person gets it; None where they get nothing of it.

        A field that the law forbids even to mention is empty, like any that nobody
        filled in: were it missing, its place would speak. Where it is the whole
        column, no record has it, as if it did not exist.
        """
        verdicts = self.verdicts(found)
        if "" in verdicts:
            return None
        record: dict[str, Any] = found["record"]
        for field, rules in verdicts.items():
            path = path_of(record, field)
            if path is not None:
                record = dict(_without(record, path, rules))
        return record

    def released_file(self, found: Found, content: bytes) -> bytes | None:
        """Return a file that was handed in as the person gets it; None if not at all.

        `found` is its record, `content` the file as it was handed in.
        """
        verdicts = self.verdicts(found)
        rules = verdicts.get("") or verdicts.get(FILE)
        if not rules:
            return content
        if rules[0].passages is None:
            return None
        try:
            return bytes_of(_blackened(as_document(content), rules))
        except UnreadableError:
            return None

    def told(self, found: Found) -> Iterator[Kind]:
        """Yield what is kept back of a record and may be mentioned."""
        verdicts = self.verdicts(found)
        whole = verdicts.get("")
        if whole:
            if not whole[0].is_silent:
                yield _kind(whole[0])
            return
        gone = [name for name, rules in verdicts.items() if rules[0].passages is None]
        for field, rules in verdicts.items():
            inside = any(field.startswith(f"{name}.") for name in gone)
            if inside or rules[0].is_silent:
                continue
            said = said_in(self._search, found, field)
            if said not in _EMPTY or rules[0].item.row != EVERY_ROW:
                yield _kind(rules[0])


def tally(search: SearchTask) -> Counter[Kind]:
    """Count the records from which each kind of data is kept back.

    What may not be mentioned is not counted, nor what lies in such a record.
    """
    items = list(search.withheld.all())
    if all(item.ground == SILENT for item in items):
        return Counter()
    release = Release(search, items)
    return Counter(kind for found in search.read() for kind in release.told(found))


def records_at(search: SearchTask, item: Withholding) -> Iterator[dict[str, Any]]:
    """Yield the records among which an item chooses."""
    for found in search.read():
        here = found["collection"] == item.collection
        if here and item.row in (EVERY_ROW, found["row"]):
            yield found


def silent_records(search: SearchTask) -> int:
    """Count the records that may not even be mentioned."""
    whole = list(search.withheld.filter(ground=SILENT, field=""))
    if all(item.row != EVERY_ROW for item in whole):
        return len(whole)
    release = Release(search, whole)
    return sum(bool(release.verdicts(found)) for found in search.read())


def said_in(search: SearchTask, found: Found, field: str) -> Any:
    """Return what stands in a field of a record, or in its file; MISSING if nothing."""
    path = path_of(found["record"], field)
    if path is not None:
        return value_at(found["record"], path)
    return _handed_in(search, found) if field == FILE else MISSING


def _handed_in(search: SearchTask, found: Found) -> Any:
    """Return the file of a record as a document; MISSING where it has none."""
    if found["collection"] != str(Address(search.system, DOCUMENTS)):
        return MISSING
    paper = search.documents.filter(row=found["row"]).exclude(file="").first()
    if paper is None:
        return MISSING
    with paper.file.open("rb") as file:
        return as_document(file.read())


def path_of(record: Mapping[str, Any], field: str) -> Path | None:
    """Return where a field lies in a record, by its name or dotted through objects."""
    if field in record:
        return (field,)
    path, value = tuple(field.split(".")), record
    return path if _reaches(value, path) else None


def _reaches(value: Any, path: Path) -> bool:
    if isinstance(value, list):
        return any(_reaches(one, path) for one in value)
    if not path:
        return True
    return (
        isinstance(value, Mapping)
        and path[0] in value
        and _reaches(value[path[0]], path[1:])
    )


def value_at(value: Any, path: Path) -> Any:
    """Return what stands at a path; of a list, what stands there in each element."""
    if isinstance(value, list) and path:
        return [value_at(one, path) for one in value]
    if not path or not isinstance(value, Mapping):
        return value if not path else None
    return value_at(value.get(path[0]), path[1:])


def _says(where: Passages, value: Any) -> bool:
    try:
        return any(where.pattern.search(text) for text in texts_of(value))
    except UnreadableError:
        return False


def _kind(rule: Rule) -> Kind:
    item = rule.item
    in_part = rule.passages is not None
    return Kind(item.collection, item.field, in_part, item.ground, item.law)


def _without(record: Any, path: Path, rules: list[Rule]) -> Any:
    first = rules[0]
    column = first.item.row == EVERY_ROW and not first.item.where_text
    if first.is_silent and not column:
        return _changed(record, path, lambda _value: None)
    if first.passages is None:
        return _changed(record, path, None)
    try:
        return _changed(record, path, lambda value: _blackened(value, rules))
    except UnreadableError:
        return _changed(record, path, None)


def _blackened(value: Any, rules: list[Rule]) -> Any:
    """Return a value without the passages of all these rules."""
    return Passages(text for rule in rules for text in rule.item.passages).blackened(
        value
    )


def _changed(value: Any, path: Path, change: Any) -> Any:
    """Return a value changed at a path; without what stands there, with no `change`."""
    if isinstance(value, list):
        return [_changed(one, path, change) for one in value]
    if not isinstance(value, Mapping) or path[0] not in value:
        return value
    name, rest = path[0], path[1:]
    if rest:
        return {**value, name: _changed(value[name], rest, change)}
    if change is None:
        return {key: one for key, one in value.items() if key != name}
    return {**value, name: change(value[name])}
