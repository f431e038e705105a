"""Mails the desk writes about what came in and waits, sent by a worker."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.case import Case
from dsr.models.message import Arrival
from dsr.models.scan import Scan
from subjects.models import Work, WorkQuerySet, at_iff_by, work_index


class DeskMailKind(models.TextChoices):
    """What such a mail is for."""

    NOTE = "note", _("note to the sender: who will answer")
    PASSED_ON = "passed_on", _("the mail, to the department that will answer")
    ALERT = "alert", _("alert: an authority or a court writes")


class DeskMailQuerySet(WorkQuerySet["DeskMail"]):
    """The questions the sender and the desk ask."""

    def of_paper(self) -> Self:
        """Keep the alerts about letters on paper."""
        return self.filter(arrival=None)

    def given_up(self) -> Self:
        """Keep those that could not be sent."""
        return self.filter(failed_at__isnull=False)


class DeskMail(Work):
    """One mail about an arrival. Its text is written when it is sent, never stored.

    `enclosed` are digests of the arrival's attachments that go with it. An alert may
    be about a letter on paper instead: its `scan`, while it waits, then its `case`.
    """

    arrival = models.ForeignKey(
        Arrival, on_delete=models.PROTECT, related_name="desk_mails", null=True
    )
    scan = models.ForeignKey(
        Scan, on_delete=models.SET_NULL, related_name="desk_mails", null=True
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="desk_mails", null=True
    )
    kind = models.CharField(_("kind"), max_length=10, choices=DeskMailKind)
    to_email = models.EmailField(_("to"))
    enclosed = models.JSONField(default=list, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(_("written"))
    created_by = models.CharField(max_length=150)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up"), null=True, blank=True)

    objects = DeskMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail of the desk")
        verbose_name_plural = _("mails of the desk")
        ordering = ("created_at", "pk")
        constraints = (
            at_iff_by("created", "desk_mail"),
            models.CheckConstraint(
                name="desk_mail_sent_or_given_up",
                condition=models.Q(sent_at=None) | models.Q(failed_at=None),
            ),
        )
        indexes = (work_index("desk_mail_due"),)

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
