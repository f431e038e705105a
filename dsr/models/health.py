"""That a medical adviser has looked at the health data that were found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from subjects.models import at_iff_by


class HealthClearance(models.Model):
    """A medical adviser's word that the health envelope was looked at. GDPR Art. 9.

    It holds for the findings as they were, which `findings` is the digest of: what a
    later search brings wants to be looked at anew.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="health_clearances"
    )
    findings = models.CharField("SHA-256", max_length=64)
    cleared_at = models.DateTimeField(_("looked at"))
    cleared_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("health clearance")
        verbose_name_plural = _("health clearances")
        ordering = ("cleared_at", "pk")
        constraints = (
            at_iff_by("cleared", "health_clearance"),
            models.UniqueConstraint(
                fields=("ticket", "findings"), name="health_cleared_once"
            ),
        )

    def __str__(self) -> str:
        return f"health clearance #{self.pk}"
