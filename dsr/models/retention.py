"""What the desk deleted of its own data, and what must not be deleted yet."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.case import Case
from dsr.vocabulary import Channel, Outcome, RightCode
from subjects.models import at_iff_by

DESK_ITSELF = "rightsdesk"


class Deletion(models.Model):
    """The proof that something was deleted: what kind, how many, when; no content.

    It names the case by its reference, as the ledger does, so that no deletion
    takes it away. It has no tier if nobody knows any more what it was of. It is tier
    T7 itself. GDPR Art. 5(2).
    """

    tier = models.CharField(_("tier"), max_length=2, blank=True)
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


class RegisterTotal(models.Model):
    """What is left of register rows whose time is over: numbers of nobody. Tier T5."""

    year = models.PositiveSmallIntegerField(_("year of receipt"))
    right_code = models.CharField(_("right"), max_length=30, choices=RightCode)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    number = models.PositiveIntegerField(_("number"), default=0)
    in_time = models.PositiveIntegerField(_("answered in time, strictly"), default=0)
    extended = models.PositiveIntegerField(_("extended"), default=0)

    class Meta:
        verbose_name = _("total of the register")
        verbose_name_plural = _("totals of the register")
        ordering = ("year", "right_code", "channel", "outcome")
        constraints = (
            models.UniqueConstraint(
                fields=("year", "right_code", "channel", "outcome"),
                name="register_total_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.right_code} {self.channel} {self.outcome}"


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
