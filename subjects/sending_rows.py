"""Reads a log of advertising that was sent, as another program wrote it, row by row."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

KINDS = ("email", "phone_number", "post")
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds the address, of which kind, and which the instant."""

    kind: str
    address: str
    sent_at: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One message: to whom, by the kind of the address, and when."""

    kind: str
    address: str
    sent_at: datetime
    line: int | None = None


class SendingError(ValueError):
    """A row, or the file, cannot be used; the sentence says which, without a value."""


def read_sendings(
    lines: Iterable[str], columns: Columns, *, zone: tzinfo
) -> Iterator[Sent | SendingError]:
    """Yield each message, or why its row cannot be used.

    Commas, semicolons or tabs part the cells. An instant without an offset is one of
    `zone`.

    Raises:
        SendingError: the first line does not name the columns.

    """
    rest = iter(lines)
    delimiter, names = _header(next(rest, ""), columns)
    where = names.index(columns.address), names.index(columns.sent_at)
    reader = csv.reader(rest, delimiter=delimiter)
    for cells in reader:
        line = reader.line_num + 1
        if not cells:
            continue
        if len(cells) != len(names):
            yield SendingError(f"line {line}: give {len(names)} cells, one a column")
            continue
        address, text = (cells[place].strip() for place in where)
        sent_at = instant(text, zone)
        if not address or sent_at is None:
            name = columns.sent_at if address else columns.address
            cure = "an instant like 2026-05-31T14:00:00+02:00" if address else "it"
            yield SendingError(f"line {line}: {name} cannot be read; write {cure}")
            continue
        yield Sent(columns.kind, address, sent_at, line)


def _header(line: str, columns: Columns) -> tuple[str, list[str]]:
    for delimiter in DELIMITERS:
        names = [one.strip() for one in next(csv.reader([line], delimiter=delimiter))]
        if columns.address in names and columns.sent_at in names:
            return delimiter, names
    raise SendingError(
        f"line 1: no columns {columns.address} and {columns.sent_at}; name yours with "
        "--address and --sent-at"
    )


def instant(value: object, zone: tzinfo) -> datetime | None:
    """Return an instant, or the beginning of a day; None for anything else."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=zone)
