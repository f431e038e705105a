"""What moved the clock of a ticket: an append-only log from which dates are derived."""

from datetime import date, datetime
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dsr.clock.calendars import Calendar
from dsr.clock.deadline import Deadline, compute
from dsr.clock.events import ClockEvent as Happened
from dsr.clock.events import ClockPolicy
from dsr.controller import current
from dsr.models.holiday import calendar_of
from dsr.models.ticket import Ticket
from dsr.vocabulary import ClockEventKind, State


class ClockEvent(models.Model):
    """One event; the dates of the ticket follow from all of them."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="clock_events"
    )
    kind = models.CharField(max_length=30, choices=ClockEventKind)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    # The day for the answer that the authority or a court set when it was reopened.
    day = models.DateField(_("day ordered"), null=True, blank=True)

    class Meta:
        verbose_name = _("clock event")
        verbose_name_plural = _("clock events")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                name="clock_event_day_is_of_a_reopening",
                condition=Q(day__isnull=True) | Q(kind=ClockEventKind.REOPENED),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


def deadline_of(
    ticket: Ticket, *further: Happened, calendar: Calendar | None = None
) -> Deadline:
    """Return the legal days of a ticket with their derivation.

    `further` are events that have not happened yet, to see what they would move;
    `calendar` is the one now in force, where the caller has read it already. A
    ticket that has ended keeps the public holidays that were known at its end.
    """
    saved = ticket.clock_events.all() if ticket.pk else ()
    log = [Happened(event.kind, event.at, event.day) for event in saved]
    controller = current()
    zone = ZoneInfo(controller.identity.time_zone)
    day = ticket.received_at.astimezone(zone).date()
    policy = ClockPolicy(**controller.clock_policy(day))
    jurisdiction = controller.identity.jurisdiction
    if calendar is None:
        ended_at = None if ticket.is_open else ticket.replied_at or ticket.closed_at
        calendar = calendar_of(jurisdiction, at=ended_at)
    return compute(ticket.received_at, jurisdiction, [*log, *further], policy, calendar)


def reopened_at(ticket: Ticket) -> datetime | None:
    """Return when a ticket was last opened again, or None where it never was."""
    reopened = [
        event.at
        for event in ticket.clock_events.all()
        if event.kind == ClockEventKind.REOPENED
    ]
    return reopened[-1] if reopened else None


def computed_otherwise() -> Q:
    """Return the condition of the open tickets whose dates are not those of today.

    They were computed with another calendar, or another version of the policy on
    time limits, than the ones now in force.
    """
    controller = current()
    calendar = calendar_of(controller.identity.jurisdiction)
    in_force = reduce(
        or_,
        (
            Q(
                policy_version=rules.version,
                received_on__gte=rules.valid_from,
                received_on__lte=rules.valid_to or date.max,
            )
            for rules in controller.clock.versions
        ),
    )
    return Q(state__in=State.OPEN) & ~(Q(calendar_version=calendar.version) & in_force)
