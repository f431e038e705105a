"""Rows that a worker carries out: claimed, tried again, given up in the open.

A killed worker loses nothing: its row is free again when the lease has run out.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import connection, models, transaction

LEASE = timedelta(seconds=settings.WORK_LEASE)  # a row stays with who claimed it
BACKOFF = timedelta(seconds=30)  # doubled with each failed attempt
MOST_ATTEMPTS = 8  # about an hour in all; then an officer must look

WorkT = TypeVar("WorkT", bound="Work")


class WorkQuerySet(models.QuerySet[WorkT]):
    """The questions every worker asks."""

    def due(self, at: datetime) -> Self:
        """Keep the rows that should be carried out now, oldest first."""
        return self.filter(next_attempt_at__lte=at).order_by("next_attempt_at", "pk")

    def claim(self, at: datetime) -> WorkT | None:
        """Take the next due row for the length of a lease, or return None.

        Two workers never get the same row: the claim is a transaction of its
        own, and the row is not due again before the lease has run out.
        """
        with transaction.atomic():
            locked = connection.features.has_select_for_update_skip_locked
            row = self.due(at).select_for_update(skip_locked=locked).first()
            if row is None:
                return None
            row.attempts += 1
            row.next_attempt_at = at + LEASE
            row.save(update_fields=["attempts", "next_attempt_at"])
            return row

    def claim_each(self, at: datetime) -> Iterator[tuple[WorkT, datetime]]:
        """Yield the due rows one after the other, each with the instant of its claim.

        That is `at` and the time that has passed since: a run may take longer than
        a lease, and a row claimed late must not be free again while it is worked on.
        """
        started = monotonic()
        now = at
        while (row := self.claim(now)) is not None:
            yield row, now
            now = at + timedelta(seconds=monotonic() - started)


class Work(models.Model):
    """A row with something to do. `next_attempt_at` is empty when nothing is."""

    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    next_attempt_at = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(blank=True, editable=False)

    class Meta:
        abstract = True

    def wait(self, *, at: datetime) -> None:
        """Put the row in the queue from this instant on."""
        self.attempts, self.next_attempt_at, self.last_error = 0, at, ""

    def finish(self) -> None:
        """Take the row out of the queue: it is done."""
        self.next_attempt_at, self.last_error = None, ""

    def postpone(self, error: str, *, at: datetime) -> bool:
        """Try again later; return False when it has been tried often enough."""
        self.last_error = error[:500]
        if self.attempts >= MOST_ATTEMPTS:
            self.next_attempt_at = None
            return False
        self.next_attempt_at = at + BACKOFF * 2 ** (self.attempts - 1)
        return True


def work_index(name: str) -> models.Index:
    """Return an index on the rows that are due; finished rows leave it."""
    condition = models.Q(next_attempt_at__isnull=False)
    return models.Index(fields=["next_attempt_at"], name=name, condition=condition)


def at_iff_by(prefix: str, model: str) -> models.CheckConstraint:
    """Return the constraint that `<prefix>_at` and `<prefix>_by` are set together."""
    unset: dict[str, Any] = {f"{prefix}_at__isnull": True, f"{prefix}_by": ""}
    name = f"{model}_{prefix}_at_iff_by"
    both = models.Q(**{f"{prefix}_at__isnull": False}) & ~models.Q(
        **{f"{prefix}_by": ""}
    )
    return models.CheckConstraint(name=name, condition=models.Q(**unset) | both)
