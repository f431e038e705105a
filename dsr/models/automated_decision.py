"""The automated decision that a person contests, as it was qualified."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import DecisionBasis, SpecialBasis
from subjects.models import at_iff_by


class AutomatedDecision(models.Model):
    """Which decision it is, who made it, and whether it falls under GDPR Art. 22.

    `maker` is a user name of the desk or the company, or `system`; `evidence` says
    who decided, or why the effect is not significant (WP251 rev.01).
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, related_name="automated_decision"
    )
    what = models.TextField(_("which decision"))
    maker = models.CharField(_("made by"), max_length=150)
    rules = models.TextField(_("model, version or rules in force"))
    is_automated = models.BooleanField(_("taken by a machine alone"))
    is_significant = models.BooleanField(_("legal or similarly significant effect"))
    effect = models.TextField(_("its effect on the person"))
    evidence = models.TextField(_("evidence"), blank=True)
    basis = models.CharField(
        _("basis in Article 22(2)"), max_length=20, choices=DecisionBasis, blank=True
    )
    uses_special_data = models.BooleanField(_("uses special categories of data"))
    special_basis = models.CharField(
        _("basis in Article 22(4)"), max_length=20, choices=SpecialBasis, blank=True
    )
    qualified_at = models.DateTimeField(_("qualified"))
    qualified_by = models.CharField(max_length=150)
    special_use_stopped_at = models.DateTimeField(
        _("use of special data ended"), null=True, blank=True
    )
    special_use_stopped_by = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("automated decision")
        verbose_name_plural = _("automated decisions")
        constraints = (
            at_iff_by("qualified", "decision"),
            at_iff_by("special_use_stopped", "decision"),
            models.CheckConstraint(
                name="decision_of_article_22_has_a_basis_or_none",
                condition=Q(is_automated=True, is_significant=True) & ~Q(basis="")
                | (Q(is_automated=False) | Q(is_significant=False)) & ~Q(evidence=""),
            ),
            models.CheckConstraint(
                name="decision_says_what_allows_special_data",
                condition=Q(uses_special_data=True) ^ Q(special_basis=""),
            ),
        )

    def __str__(self) -> str:
        return f"automated decision #{self.pk}"

    @property
    def is_under_article_22(self) -> bool:
        """Whether a machine decided alone, and it matters. GDPR Art. 22(1)."""
        return self.is_automated and self.is_significant

    @property
    def lacks_special_basis(self) -> bool:
        """Whether special data were used without a basis. GDPR Art. 22(4)."""
        return self.uses_special_data and self.special_basis == SpecialBasis.NONE

    @property
    def is_unlawful(self) -> bool:
        """Whether nothing allowed a machine to decide so. GDPR Art. 22(2) and (4)."""
        no_basis = self.basis == DecisionBasis.NONE
        return self.is_under_article_22 and (no_basis or self.lacks_special_basis)
