"""What a system's owner hands in: tables become records, other files documents.

A table is a CSV file, its first line naming the columns, or a JSON file with a list of
objects. Pure: reads bytes, writes nothing.
"""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from dsr.casework.new_case import NewFile
from dsr.policy import PolicyError
from subjects.systems.people import DOCUMENTS, RECORDS, PeopleSystem
from subjects.systems.shape import Address

CSV, JSON = "text/csv", "application/json"
TABLES = (CSV, JSON)
SEPARATORS = ";,\t"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The findings as lines `{"collection", "row", "record"}`, and the documents.

    A document's number in `documents` is the row of its line.
    """

    lines: tuple[dict[str, Any], ...]
    documents: dict[int, NewFile]

    @property
    def counts(self) -> Counter[str]:
        """How many records there are in each collection."""
        return Counter(line["collection"] for line in self.lines)

    @property
    def content(self) -> bytes:
        """The file of findings."""
        texts = (json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines)
        return "".join(texts).encode()


def read(system: PeopleSystem, files: Sequence[NewFile]) -> HandedIn:
    """Read what was handed in for a system.

    Raises:
        PolicyError: a table cannot be read; names file, line and cure.

    """
    lines: list[dict[str, Any]] = []
    documents: dict[int, NewFile] = {}
    rows: Counter[str] = Counter()
    for file in files:
        collection = _collection(system, file)
        for record in _records(file):
            rows[collection] += 1
            row = rows[collection]
            lines.append({"collection": collection, "row": row, "record": record})
            if file.content_type not in TABLES:
                documents[row] = file
    return HandedIn(tuple(lines), documents)


def _collection(system: PeopleSystem, file: NewFile) -> str:
    """Return where records belong: a described collection of the file's own name."""
    if file.content_type not in TABLES:
        return str(Address(system.key, DOCUMENTS))
    named = PurePath(file.name).stem.casefold()
    for dataset in system.described:
        for one in dataset.collections:
            if one.name.casefold() == named:
                return str(Address(dataset.key, one.name))
    return str(Address(system.key, RECORDS))


def _records(file: NewFile) -> Iterator[dict[str, Any]]:
    if file.content_type == CSV:
        yield from _of_csv(file)
    elif file.content_type == JSON:
        yield from _of_json(file)
    else:
        yield {
            "name": file.name,
            "content_type": file.content_type,
            "size": len(file.content),
            "sha256": hashlib.sha256(file.content).hexdigest(),
        }


def _of_csv(file: NewFile) -> Iterator[dict[str, Any]]:
    text = _text(file)
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        if not all(columns) or len(set(columns)) != len(columns) or not columns:
            raise _unusable(file, 1, _("name each column, each name once"))
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                why = _("give as many cells as the first line has columns")
                raise _unusable(file, reader.line_num, why)
            pairs = zip(columns, cells, strict=True)
            yield {name: cell.strip() or None for name, cell in pairs}
    except csv.Error as error:
        why = _("the quotation marks or cells cannot be read; save it as CSV again")
        raise _unusable(file, reader.line_num, why) from error


def _of_json(file: NewFile) -> Iterator[dict[str, Any]]:
    cure = _("write a list of objects")
    try:
        found = json.loads(_text(file))
    except RecursionError as error:
        raise _unusable(file, 1, cure) from error
    except json.JSONDecodeError as error:
        raise _unusable(file, error.lineno, cure) from error
    records = [found] if isinstance(found, dict) else found
    if not isinstance(records, list):
        raise _unusable(file, 1, cure)
    for record in records:
        if not isinstance(record, dict) or not record:
            raise _unusable(file, 1, cure)
        yield record


def _text(file: NewFile) -> str:
    try:
        return file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return file.content.decode("cp1252", errors="replace")


def _unusable(file: NewFile, line: int, cure: str) -> PolicyError:
    return PolicyError(
        _("“%(file)s”, line %(line)d: this cannot be read; %(cure)s.")
        % {"file": file.name, "line": line, "cure": cure}
    )
