"""What the data protection officer said on a ticket before others decided it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from subjects.models import at_iff_by


class Advice(models.Model):
    """Advice of the DPO, who does not decide. GDPR Arts. 38(6) and 39(1)(a)."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="advice")
    text = models.TextField(_("advice"))
    advised_at = models.DateTimeField(_("advised"))
    advised_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("advice")
        verbose_name_plural = _("advice")
        ordering = ("advised_at", "pk")
        constraints = (at_iff_by("advised", "advice"),)

    def __str__(self) -> str:
        return f"advice #{self.pk}"


class LateRefusalQuerySet(models.QuerySet["LateRefusal"]):
    """The question the policy asks."""

    def for_proposal(self, ticket: Ticket) -> Self:
        """Keep what was allowed of the proposal as it stands, not of an earlier one."""
        return self.filter(ticket=ticket, overridden_at__gte=ticket.proposed_at)


class LateRefusal(models.Model):
    """The DPO's leave to decide a refusal after its day. GDPR Art. 12(4).

    It holds for the proposal it was given to; the decision stays the decider's.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="late_refusals"
    )
    due = models.DateField(_("last day to refuse"))
    why = models.TextField(_("why it is allowed"))
    overridden_at = models.DateTimeField(_("allowed"))
    overridden_by = models.CharField(max_length=150)

    objects = LateRefusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("late refusal")
        verbose_name_plural = _("late refusals")
        ordering = ("overridden_at", "pk")
        constraints = (at_iff_by("overridden", "late_refusal"),)

    def __str__(self) -> str:
        return f"late refusal #{self.pk}"
