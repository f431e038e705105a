"""The mailboxes that are read, and which message of each became which mail."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.message import Arrival
from subjects.models import Work, WorkQuerySet, work_index


class MailboxQuerySet(WorkQuerySet["Mailbox"]):
    """The questions the worker and the desk ask."""

    def unreachable(self) -> Self:
        """Keep those that could not be read when it was last tried."""
        return self.filter(unreachable_since__isnull=False)


class Mailbox(Work):
    """One folder of one account, and how far it was read.

    Every message up to the number `done_to` has its delivery, as long as the server
    keeps `uid_validity` (RFC 3501, section 2.3.1.1). `last_error` says in one
    sentence why it has not been read since `unreachable_since`.
    """

    account = models.CharField(_("account"), max_length=320)
    folder = models.CharField(_("folder"), max_length=255)
    uid_validity = models.PositiveBigIntegerField(default=0)
    done_to = models.PositiveBigIntegerField(default=0)
    checked_at = models.DateTimeField(_("last read"), null=True, blank=True)
    unreachable_since = models.DateTimeField(
        _("not reachable since"), null=True, blank=True
    )

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        ordering = ("account", "folder")
        constraints = (
            models.UniqueConstraint(fields=("account", "folder"), name="mailbox_once"),
        )
        indexes = (work_index("mailbox_due"),)

    def __str__(self) -> str:
        return f"{self.account}/{self.folder}"


class Delivery(models.Model):
    """That one message of a mailbox was taken in, so that it is never taken in again.

    An IMAP message is known by account, folder, UIDVALIDITY and UID, one in a Maildir
    by its unique name. The row outlives its mail: the digest knows the bytes even
    when nothing else is left of them. `mark_owed`: the message still has to be marked
    as read, or moved, where it lies.
    """

    account = models.CharField(max_length=320)
    folder = models.CharField(max_length=255)
    uid_validity = models.PositiveBigIntegerField()
    uid = models.CharField(max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_index=True)
    # No relation of the mail: what forgets a mail leaves this row.
    arrival = models.ForeignKey(
        Arrival, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    tries = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    mark_owed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("account", "folder", "uid_validity", "uid"),
                name="delivery_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("account", "folder"),
                name="delivery_mark_owed",
                condition=models.Q(mark_owed=True),
            ),
        )

    def __str__(self) -> str:
        return f"delivery #{self.pk}"
