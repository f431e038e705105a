"""Reads a list of consents, as another system kept it: one row a consent given."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from subjects.models import Consent, Identifier, Subject, normal

COLUMNS = ("kind", "value", "purpose", "given_at", "basis", "source")


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent: by what the person is known, to what it was given, and how."""

    kind: str
    value: str
    purpose: str
    given_at: datetime
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row may say: kinds of identifiers, and the bases of each purpose."""

    kinds: frozenset[str]
    bases: dict[str, frozenset[str]]


class RowError(ValueError):
    """A row, or the file, cannot be used; the sentence says which, and why."""


def read_rows(
    lines: Iterable[str], wanted: Wanted, *, at: datetime
) -> Iterator[ConsentRow | RowError]:
    """Yield each row, or why it cannot be used.

    Raises:
        RowError: the first line does not name the columns.

    """
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise RowError(f"line 1: name the columns {','.join(COLUMNS)}, in this order")
    for cells in reader:
        try:
            yield _read(cells, wanted, at)
        except ValueError as error:
            yield RowError(f"line {reader.line_num}: {error}")


def _read(cells: dict[str, str], wanted: Wanted, at: datetime) -> ConsentRow:
    if None in cells or None in cells.values():
        raise ValueError(f"give {len(COLUMNS)} cells, one a column")
    said = {name: text.strip() for name, text in cells.items()}
    kind, purpose, basis = said["kind"], said["purpose"], said["basis"]
    if kind not in wanted.kinds:
        raise ValueError(f"kind is {kind!r}; use one of {_all(wanted.kinds)}")
    if not said["value"]:
        raise ValueError("value is empty; give the identifier")
    if purpose not in wanted.bases:
        raise ValueError(f"purpose is {purpose!r}; use one of {_all(wanted.bases)}")
    if basis not in wanted.bases[purpose]:
        known = _all(wanted.bases[purpose])
        raise ValueError(f"basis is {basis!r}; for {purpose} use one of {known}")
    if not said["source"]:
        raise ValueError("source is empty; say where the consent was given")
    return ConsentRow(
        kind=kind,
        value=said["value"],
        purpose=purpose,
        given_at=_instant(said["given_at"], at),
        basis=basis,
        source=said["source"],
    )


def _instant(text: str, at: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"given_at is {text!r}; write it like 2024-05-31T14:00:00+02:00"
        ) from None
    instant = found if found.tzinfo else found.replace(tzinfo=UTC)
    if instant > at:
        raise ValueError(f"given_at is {text!r}; a consent is not given in the future")
    return instant


def _all(known: Iterable[str]) -> str:
    return ", ".join(sorted(known)) or "none: the policy rests nothing on consent"


def keep(row: ConsentRow, *, language: str, at: datetime) -> bool:
    """Keep a consent, unless one to that purpose is in force; say whether it is new.

    The identifier is not verified by it: it proves nothing of who asks.
    """
    found = Identifier.objects.matching(row.kind, row.value).order_by("pk").first()
    subject = found.subject if found else _new(row, language=language, at=at)
    known = Consent.objects.filter(subject=subject, purpose=row.purpose)
    same = known.filter(given_at=row.given_at)
    if same.exists() or known.in_force().exists():
        return False
    Consent.objects.create(
        subject=subject,
        purpose=row.purpose,
        given_at=row.given_at,
        basis=row.basis,
        source=row.source,
    )
    return True


def _new(row: ConsentRow, *, language: str, at: datetime) -> Subject:
    subject = Subject.objects.create(language=language, created_at=at)
    Identifier.objects.create(
        subject=subject,
        kind=row.kind,
        value=row.value,
        normalized=normal(row.kind, row.value),
    )
    return subject
