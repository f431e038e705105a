"""What moved the clock of a ticket: an append-only log from which dates are derived."""

from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.clock.deadline import Deadline, compute
from dsr.clock.events import ClockEvent as Happened
from dsr.clock.events import ClockPolicy
from dsr.controller import current
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


def deadline_of(ticket: Ticket, *further: Happened) -> Deadline:
    """Return the legal days of a ticket with their derivation.

    `further` are events that have not happened yet, to see what they would move.
    """
    saved = ticket.clock_events.all() if ticket.pk else ()
    log = [Happened(event.kind, event.at) for event in saved]
    controller = current()
    zone = ZoneInfo(controller.identity.time_zone)
    day = ticket.received_at.astimezone(zone).date()
    policy = ClockPolicy(**controller.clock_policy(day))
    jurisdiction = controller.identity.jurisdiction
    return compute(ticket.received_at, jurisdiction, [*log, *further], policy)
