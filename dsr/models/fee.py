"""A fee: its amount is told first, and nothing is charged before. GDPR Art. 12(5)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dsr.models.letter import Letter
from dsr.models.ticket import Ticket
from dsr.vocabulary import FeeBasis
from subjects.models import at_iff_by


class FeeNoticeQuerySet(models.QuerySet["FeeNotice"]):
    """The questions the desk asks."""

    def awaited(self) -> Self:
        """Keep those of which the person was told, and which are not settled."""
        return self.filter(
            noticed_at__isnull=False, paid_at__isnull=True, lapsed_at__isnull=True
        )


class FeeNotice(models.Model):
    """The one fee that may be asked for a ticket.

    `noticed_at` is when the letter left; until `pay_by` the person may pay, narrow
    the request, or withdraw it. The time limit runs on.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, related_name="fee_notice"
    )
    amount = models.DecimalField(_("amount"), max_digits=8, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    basis = models.CharField(_("legal basis"), max_length=20, choices=FeeBasis)
    cost_basis = models.TextField(_("what it covers"))
    pay_by = models.DateField(_("to be paid by"))
    proposed_at = models.DateTimeField(_("proposed"))
    proposed_by = models.CharField(max_length=150)
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    noticed_at = models.DateTimeField(_("told"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    paid_by = models.CharField(_("noted by"), max_length=150, blank=True)
    lapsed_at = models.DateTimeField(_("not paid"), null=True, blank=True)
    lapsed_by = models.CharField(max_length=150, blank=True)

    objects = FeeNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        constraints = (
            at_iff_by("proposed", "fee"),
            at_iff_by("paid", "fee"),
            at_iff_by("lapsed", "fee"),
            models.CheckConstraint(
                name="fee_is_more_than_nothing", condition=Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="fee_is_told_before_it_is_paid_or_lapses",
                condition=Q(noticed_at__isnull=False, letter__isnull=False)
                | Q(noticed_at__isnull=True, paid_at=None, lapsed_at=None),
            ),
            models.CheckConstraint(
                name="fee_is_paid_or_lapses",
                condition=Q(paid_at=None) | Q(lapsed_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"fee #{self.pk}"
