"""What moved the clock of a ticket: an append-only log from which dates are derived."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import ClockEventKind


class ClockEvent(models.Model):
    """One event; the dates of the ticket follow from all of them."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="clock_events"
    )
    kind = models.CharField(max_length=30, choices=ClockEventKind)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("clock event")
        verbose_name_plural = _("clock events")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
