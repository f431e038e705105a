"""What the desk deleted of its own data, and what must not be deleted yet."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.case import Case
from subjects.models import at_iff_by

DESK_ITSELF = "rightsdesk"


class Deletion(models.Model):
    """The proof that something was deleted: what kind, how many, when; no content.

    It names the case by its reference, as the ledger does, so that no deletion
    takes it away. GDPR Art. 5(2).
    """

    tier = models.CharField(_("tier"), max_length=2)
    reference = models.CharField(_("reference"), max_length=20, blank=True)
    system = models.CharField(_("system"), max_length=100, default=DESK_ITSELF)
    kind = models.CharField(_("kind of record"), max_length=60)
    count = models.PositiveIntegerField(_("number"))
    job = models.CharField(_("job"), max_length=60)
    deleted_at = models.DateTimeField(_("deleted"), db_index=True)

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        ordering = ("-deleted_at", "-pk")

    def __str__(self) -> str:
        return f"{self.tier} {self.kind} #{self.pk}"


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """The questions the job and the desk ask."""

    def in_force(self) -> Self:
        """Keep those that nobody lifted."""
        return self.filter(lifted_at__isnull=True)

    def to_review(self, today: date) -> Self:
        """Keep those in force whose day of review has come."""
        return self.in_force().filter(review_on__lte=today)


class LegalHold(models.Model):
    """A case that must be kept longer: a complaint, a court, the authority's file."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField(_("reason"))
    review_on = models.DateField(_("to be reviewed on"))
    placed_at = models.DateTimeField(_("placed"))
    placed_by = models.CharField(max_length=150)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.CharField(max_length=150, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ("placed_at", "pk")
        constraints = (
            at_iff_by("placed", "hold"),
            at_iff_by("lifted", "hold"),
            models.UniqueConstraint(
                fields=("case",),
                condition=models.Q(lifted_at__isnull=True),
                name="hold_one_in_force_a_case",
            ),
        )

    def __str__(self) -> str:
        return f"hold #{self.pk}"
