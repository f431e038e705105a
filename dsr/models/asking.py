"""What the desk asked the person before going on: who they are, and what they mean."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import ProofResult
from subjects.models import at_iff_by


class IdentityCheck(models.Model):
    """One round of establishing who asks; the evidence itself is never kept.

    `asked_at` is empty where the person was known without being asked.
    Source: GDPR Art. 12(6); EDPB Guidelines 01/2022 § 79.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="identity_checks"
    )
    doubts = models.TextField(_("reasonable doubts"), blank=True)
    items = models.TextField(_("what was asked for"), blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    asked_by = models.CharField(_("asked by"), max_length=150, blank=True)
    result = models.CharField(
        _("result"), max_length=12, choices=ProofResult, blank=True
    )
    method = models.CharField(_("how it was checked"), max_length=100, blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("identity check")
        verbose_name_plural = _("identity checks")
        ordering = ("pk",)
        constraints = (
            at_iff_by("asked", "identity_check"),
            at_iff_by("checked", "identity_check"),
            models.CheckConstraint(
                name="identity_check_has_a_result_iff_checked",
                condition=models.Q(result="") ^ models.Q(checked_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"identity check #{self.pk}"


class ClarificationRound(models.Model):
    """One question which data are meant, and its answer. GDPR recital 63."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="clarifications"
    )
    question = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.CharField(_("asked by"), max_length=150)
    answer = models.TextField(_("answer"), blank=True)
    timed_out = models.BooleanField(_("no answer came"), default=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.CharField(_("closed by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")
        ordering = ("pk",)
        constraints = (
            at_iff_by("asked", "clarification"),
            at_iff_by("closed", "clarification"),
        )

    def __str__(self) -> str:
        return f"clarification #{self.pk}"
