"""What is left of a purpose once its consent is withdrawn. GDPR Art. 17(1)(b)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import CheckResult
from subjects.models import at_iff_by


class PurposeCheckQuerySet(models.QuerySet["PurposeCheck"]):
    """The question asked before a withdrawal is confirmed."""

    def unanswered(self) -> "PurposeCheckQuerySet":
        """Keep those for which nobody has looked."""
        return self.filter(result=CheckResult.OPEN)


class PurposeCheck(models.Model):
    """Whether data of a purpose are erased, or kept for another that was declared.

    `kept_for` is a purpose of the policy and `basis` one of its legal bases; never the
    withdrawn purpose on another basis (EDPB Guidelines 05/2020).
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="purpose_checks"
    )
    purpose = models.CharField(_("purpose"), max_length=50)
    result = models.CharField(
        _("result"), max_length=10, choices=CheckResult, default=CheckResult.OPEN
    )
    kept_for = models.CharField(_("kept for"), max_length=50, blank=True)
    basis = models.CharField(_("legal basis"), max_length=20, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=150, blank=True)

    objects = PurposeCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a purpose")
        verbose_name_plural = _("checks of purposes")
        ordering = ("purpose",)
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "purpose"), name="purpose_checked_once"
            ),
            at_iff_by("checked", "purpose_check"),
            models.CheckConstraint(
                name="purpose_checked_at_iff_answered",
                condition=models.Q(checked_at__isnull=True)
                ^ ~models.Q(result=CheckResult.OPEN),
            ),
            models.CheckConstraint(
                name="purpose_kept_on_a_basis",
                condition=(
                    models.Q(result=CheckResult.KEPT)
                    & ~models.Q(kept_for="")
                    & ~models.Q(basis="")
                )
                | (
                    ~models.Q(result=CheckResult.KEPT) & models.Q(kept_for="", basis="")
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk}"
