"""What goes out to people: one package a ticket, kept until its time is over."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Self
from zipfile import BadZipFile, ZipFile

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dsr.models import LegalHold, Ticket
from dsr.models.case import storage_name
from dsr.vocabulary import State
from exports.packages.archive import MANIFEST
from subjects.models import Work, WorkQuerySet, work_index


class PackageState(models.TextChoices):
    """building → ready → expired; `failed` is tried again."""

    BUILDING = "building", _("being built")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be built")
    EXPIRED = "expired", _("deleted")


class PackageQuerySet(WorkQuerySet["Package"]):
    """The questions the worker and the doors ask."""

    def stale(self) -> Self:
        """Keep those that lie on the disk although nobody is to have them.

        The proposal was returned, the ticket ended without a reply, or it is
        answered anew.
        """
        wanted = Q(ticket__proposed_at=F("proposed_at"))
        return self.ready().exclude(wanted & ~Q(ticket__state=State.WITHDRAWN))

    def not_held(self) -> Self:
        """Keep those of cases that no legal hold keeps from deletion."""
        held = LegalHold.objects.in_force().values("case")
        return self.exclude(ticket__case__in=held)

    def ready(self) -> Self:
        """Keep those that lie on the disk, whole."""
        return self.filter(state=PackageState.READY)


class Package(Work):
    """The copy of the data owed on one ticket.

    The row names its file before there is one, so that a killed worker leaves
    nothing behind that the next attempt does not find. `proposed_at` is the
    proposal it is made for: one that was returned and made anew wants another copy.
    """

    ticket = models.OneToOneField(
        Ticket,
        on_delete=models.PROTECT,
        related_name="package",
        verbose_name=_("ticket"),
    )
    proposed_at = models.DateTimeField(_("proposed"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=PackageState,
        default=PackageState.BUILDING,
    )
    file = models.FileField(_("file"), upload_to=storage_name)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    manifest = models.JSONField(_("list of contents"), default=dict, blank=True)
    built_at = models.DateTimeField(_("built"), null=True, blank=True)
    kept_days = models.PositiveSmallIntegerField(_("days it is kept"), null=True)
    fetches = models.PositiveIntegerField(_("times fetched"), default=0)

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("package")
        verbose_name_plural = _("packages")
        constraints = (
            models.CheckConstraint(
                name="package_built_at_iff_built",
                condition=Q(built_at__isnull=True)
                ^ Q(state__in=(PackageState.READY, PackageState.EXPIRED)),
            ),
            models.CheckConstraint(
                name="package_has_a_digest_once_built",
                condition=Q(built_at__isnull=True) | ~Q(sha256=""),
            ),
        )
        indexes = (work_index("package_due"),)

    def __str__(self) -> str:
        return f"package #{self.pk}"

    @property
    def expires_at(self) -> datetime | None:
        """When it is deleted: counted from the reply that announced it.

        None as long as no reply has, or where the policy sets no end.
        """
        released_at = self.ticket.replied_at
        if released_at is None or self.kept_days is None:
            return None
        return released_at + timedelta(days=self.kept_days)

    def can_be_fetched(self, *, at: datetime) -> bool:
        """Whether the person may have it now: answered, whole, and not too old."""
        released = self.ticket.replied_at is not None
        in_time = self.expires_at is None or at < self.expires_at
        return self.is_current and released and in_time

    @property
    def is_on_disk(self) -> bool:
        """Whether its file is there."""
        return self.file.storage.exists(str(self.file.name))

    @property
    def is_its_own(self) -> bool:
        """Whether the file on the disk is the copy that was made for this ticket.

        Every byte of it: one record changed would be somebody else's data.
        """
        try:
            with self.file.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != self.sha256:
                    return False
                file.seek(0)
                with ZipFile(file) as archive:
                    found = json.loads(archive.read(MANIFEST))
        except (OSError, BadZipFile, KeyError, ValueError):
            return False
        mine = (self.ticket.case.reference, self.ticket.right_code)
        named = (self.manifest.get("reference"), self.manifest.get("right"))
        return bool(found == self.manifest and named == mine)

    @property
    def is_current(self) -> bool:
        """Whether it lies ready, made for the proposal that stands."""
        current = self.proposed_at == self.ticket.proposed_at
        return self.state == PackageState.READY and current
