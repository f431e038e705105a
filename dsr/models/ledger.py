"""The ledger: append-only, one chain of lines per case, each bound to the one before.

Database triggers refuse updates and deletions; whoever gets round them breaks
the chain, and `check_ledger` names the line.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.case import Case
from dsr.vocabulary import Event

DESK = "DESK"  # the chain of acts that belong to no case
GONE = "line 1 is missing: the whole chain is gone"


class LedgerHead(models.Model):
    """Where a chain ends. Its row is the lock of the chain, and shows a cut end."""

    reference = models.CharField(max_length=20, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.reference} {self.number}"

    def follow(
        self, event: Event, *, by: str, at: datetime, facts: Mapping[str, Any]
    ) -> "LedgerEntry":
        """Return the line that follows, and move to it; the caller saves both."""
        entry = LedgerEntry(
            reference=self.reference,
            number=self.number + 1,
            event=event.value,
            by=by,
            at=at,
            facts=facts,
            previous=self.digest,
        )
        entry.digest = entry.compute_digest()
        self.number, self.digest = entry.number, entry.digest
        return entry


class LedgerManager(models.Manager["LedgerEntry"]):
    """Appends; there is no other way to write."""

    def append(
        self, reference: str, event: Event, *, by: str, at: datetime, **facts: Any
    ) -> "LedgerEntry":
        """Write one line, chained to the line before it by its SHA-256 digest.

        `facts` are codes, ids, counts and dates; never a name or a person's words.
        """
        begun = _BEGUN.get()
        if begun is not None and begun.head.reference == reference:
            entry = begun.head.follow(event, by=by, at=at, facts=facts)
            begun.lines.append(entry)
            return entry
        head = _lock_head(reference)
        entry = head.follow(event, by=by, at=at, facts=facts)
        entry.save(force_insert=True)
        head.save(update_fields=["number", "digest"])
        return entry

    @contextmanager
    def beginning(self, reference: str) -> Iterator[None]:
        """Write the first lines of a chain together, when the block has ended.

        For a case that this transaction makes: nobody else can know its chain yet.
        Nothing inside the block may read the chain, or undo a part of itself.
        """
        begun = _Begun(LedgerHead(reference=reference), [])
        token = _BEGUN.set(begun)
        try:
            yield
        finally:
            _BEGUN.reset(token)
        self.bulk_create(begun.lines)
        begun.head.save(force_insert=True)


class _Begun(NamedTuple):
    """A chain that is being begun: where it ends so far, and its lines."""

    head: LedgerHead
    lines: list["LedgerEntry"]


_BEGUN: ContextVar[_Begun | None] = ContextVar("begun", default=None)


def _lock_head(reference: str) -> LedgerHead:
    """Return where a chain ends, locked until the transaction ends."""
    heads = LedgerHead.objects.select_for_update().filter(reference=reference)
    head = heads.first()
    if head is None:
        LedgerHead.objects.get_or_create(reference=reference)
        head = heads.get()
    return head


class LedgerEntry(models.Model):
    """One line of the ledger.

    It names the case by its reference instead of by a foreign key, so that
    erasing a case can never erase, or be blocked by, the proof of it.
    """

    reference = models.CharField(_("reference"), max_length=20)
    number = models.PositiveIntegerField(_("line"))
    event = models.CharField(_("event"), max_length=40, choices=Event)
    by = models.CharField(_("by"), max_length=150)
    at = models.DateTimeField(_("when"))
    facts = models.JSONField(_("facts"), default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = LedgerManager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ("reference", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("reference", "number"), name="ledger_one_line_per_number"
            ),
        )
        indexes = (models.Index(fields=("at",)),)

    def __str__(self) -> str:
        return f"{self.reference} #{self.number} {self.event}"

    def compute_digest(self) -> str:
        """Return the digest this line should carry: of canonical JSON, in UTC."""
        # SQLite stores any text as an instant; what is none is read as None.
        at = self.at.astimezone(UTC) if self.at else None
        instant = at and at.isoformat(timespec="microseconds")
        line = [self.reference, self.number, self.event, self.by, instant]
        line += [self.facts, self.previous]
        text = json.dumps(
            line, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()


def find_faults(reference: str = "") -> Iterator[str]:
    """Read every chain, or one, and say of each broken one where it breaks first.

    Yields:
        One sentence a broken chain, such as "DSR-2026-000123-K7: line 4 was
        changed: its digest does not fit its contents".

    """
    lines = LedgerEntry.objects.order_by("reference", "number")
    heads = LedgerHead.objects.order_by("reference")
    if reference:
        lines, heads = lines.filter(reference=reference), heads.filter(pk=reference)
    try:
        yield from list(_chain_faults(lines.iterator(2000), heads.in_bulk()))
    except ValueError:
        yield from _chain_faults(_one_by_one(lines), heads.in_bulk())
    # Every case has a first line, so that not even its head can be taken away.
    cases = Case.objects.exclude(reference__in=LedgerHead.objects.values("pk"))
    if reference:
        cases = cases.filter(reference=reference)
    headless = cases.exclude(reference__in=LedgerEntry.objects.values("reference"))
    for name in headless.values_list("reference", flat=True):
        yield f"{name}: {GONE}"


def _one_by_one(lines: models.QuerySet[LedgerEntry]) -> Iterator[LedgerEntry]:
    """Read a table of which a value cannot be read; its line comes without it."""
    known = ("pk", "reference", "number", "previous")
    for row in lines.values(*known):
        try:
            yield lines.get(pk=row["pk"])
        except ValueError:
            yield LedgerEntry(**row)


def _chain_faults(
    lines: Iterable[LedgerEntry], heads: dict[str, LedgerHead]
) -> Iterator[str]:
    """Say of each chain that does not end at its head where it breaks first."""
    for name, chain in groupby(lines, lambda line: line.reference):
        fault = _chain_fault(chain, heads.pop(name, None))
        if fault:
            yield f"{name}: {fault}"
    for name in heads:
        yield f"{name}: {GONE}"


def _chain_fault(chain: Iterable[LedgerEntry], head: LedgerHead | None) -> str:
    """Say what is wrong with a chain that should end at `head`, or nothing."""
    number, previous = 0, ""
    for entry in chain:
        number += 1
        if entry.number != number:
            return f"line {number} is missing"
        if entry.previous != previous:
            return f"line {number} does not follow from the line before it"
        if entry.digest != entry.compute_digest():
            return f"line {number} was changed: its digest does not fit its contents"
        previous = entry.digest
    return _end_fault(number, previous, head)


def _end_fault(number: int, digest: str, head: LedgerHead | None) -> str:
    """Say what is wrong with the last line of a chain that hangs together."""
    if head is None:
        return f"line {number} is the last, but the record of the chain's end is gone"
    if number < head.number:
        return f"line {number + 1} is missing: the chain ends before its recorded head"
    if number > head.number:
        return f"line {head.number + 1} was added behind the recorded end of the chain"
    if digest != head.digest:
        return f"line {number} was changed: its digest is not the recorded one"
    return ""
