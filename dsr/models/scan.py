"""A letter on paper, scanned: it waits here until an officer says what it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.case import storage_name
from subjects.models import at_iff_by


class Scan(models.Model):
    """A scan that waits. Once it is settled its file lies with a case, or nowhere.

    `text` is what was read in it, `problem` the sentence that says why nothing was;
    `references` are those of our cases that it bears as a QR code; `is_urgent` says
    that an authority or a court writes.
    """

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    file = models.FileField(_("as it was scanned"), upload_to=storage_name)
    name = models.CharField(_("name given"), max_length=255)
    content_type = models.CharField(max_length=100)
    text = models.TextField(_("text as read"), blank=True)
    problem = models.CharField(max_length=250, blank=True)
    references = models.JSONField(default=list, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    added_at = models.DateTimeField(_("added"))
    added_by = models.CharField(_("added by"), max_length=150)

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ("-is_urgent", "added_at", "pk")
        constraints = (at_iff_by("added", "scan"),)

    def __str__(self) -> str:
        return f"scan #{self.pk}"
