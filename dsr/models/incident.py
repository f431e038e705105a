"""Advertising that went out after an objection: an incident, until somebody settles it.

GDPR Arts. 5(2), 21(3) and 24; that an employee forgot is no excuse (C-741/21).
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from subjects.models import (
    SuppressionChannel,
    SuppressionEntry,
    Work,
    WorkQuerySet,
    at_iff_by,
    work_index,
)


class IncidentQuerySet(models.QuerySet["Incident"]):
    """The question that the home page asks."""

    def unsettled(self) -> Self:
        """Keep those about which nobody has said what was done."""
        return self.filter(settled_at__isnull=True)


class Incident(models.Model):
    """One message to an address on the suppression list, known by the entry alone.

    `source` is the log in which it stood, a file or `dataset:collection`, `line` where
    in a file. `objected_at` is when the objection came in.
    """

    entry = models.ForeignKey(
        SuppressionEntry,
        on_delete=models.CASCADE,
        related_name="incidents",
        verbose_name=_("entry of the suppression list"),
    )
    channel = models.CharField(_("channel"), max_length=5, choices=SuppressionChannel)
    objected_at = models.DateTimeField(_("objected"))
    sent_at = models.DateTimeField(_("sent"))
    source = models.CharField(_("log"), max_length=200)
    line = models.PositiveBigIntegerField(_("line"), null=True, blank=True)
    found_at = models.DateTimeField(_("found"))
    found_by = models.CharField(max_length=150)
    done = models.TextField(_("what was done"), blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.CharField(max_length=150, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("message sent after an objection")
        verbose_name_plural = _("messages sent after an objection")
        ordering = ("-sent_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "sent_at", "source"), name="incident_once"
            ),
            at_iff_by("found", "incident"),
            at_iff_by("settled", "incident"),
            models.CheckConstraint(
                name="incident_after_the_objection",
                condition=models.Q(sent_at__gt=models.F("objected_at")),
            ),
        )

    def __str__(self) -> str:
        return f"incident #{self.pk}"


class SendingLogQuerySet(WorkQuerySet["SendingLog"]):
    """The questions the worker and the home page ask."""

    def unread(self) -> Self:
        """Keep those that could not be read when it was last tried."""
        return self.exclude(last_error="")


class SendingLog(Work):
    """A collection of a system that is a log of advertising, and when it was compared.

    `last_error` says in one sentence why it was not, since.
    """

    address = models.CharField(_("log"), max_length=200, unique=True)
    checked_at = models.DateTimeField(_("last compared"), null=True, blank=True)

    objects = SendingLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("log of advertising")
        verbose_name_plural = _("logs of advertising")
        ordering = ("address",)
        indexes = (work_index("sending_log_due"),)

    def __str__(self) -> str:
        return self.address
