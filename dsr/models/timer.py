"""A due act in a row; Celery only asks what is due."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import TimerKind


class TimerQuerySet(models.QuerySet["Timer"]):
    """The questions beat and the desk ask."""

    def pending(self) -> Self:
        """Keep those still to come."""
        return self.filter(fired_at__isnull=True)

    def due(self, at: datetime) -> Self:
        """Keep those to fire now, the earliest first."""
        return self.pending().filter(due_at__lte=at).order_by("due_at", "pk")


class Timer(models.Model):
    """One due act of a ticket; it fires once, and is moved when the clock moves."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="timers")
    kind = models.CharField(_("kind"), max_length=24, choices=TimerKind)
    due_at = models.DateTimeField(_("due"))
    fired_at = models.DateTimeField(_("fired"), null=True, blank=True)

    objects = TimerQuerySet.as_manager()

    class Meta:
        verbose_name = _("timer")
        verbose_name_plural = _("timers")
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "kind"), name="timer_one_of_a_kind"
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at", "id"),
                name="timer_pending",
                condition=models.Q(fired_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
