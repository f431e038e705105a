"""The direct transfer of a person's files to another controller. GDPR Art. 20(2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import TransferState
from subjects.models import at_iff_by


class DirectTransfer(models.Model):
    """One receiver whom the person named, and what became of the transfer.

    `reason` is the technical one why it is not feasible, for the person; `receipt`
    what the receiver confirmed.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, related_name="transfer"
    )
    to = models.CharField(_("receiver"), max_length=300)
    state = models.CharField(
        _("state"), max_length=12, choices=TransferState, default=TransferState.ASKED
    )
    reason = models.TextField(_("technical reason"), blank=True)
    receipt = models.CharField(_("receipt"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.CharField(max_length=150)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("direct transfer")
        verbose_name_plural = _("direct transfers")
        constraints = (
            at_iff_by("asked", "transfer"),
            at_iff_by("settled", "transfer"),
            models.CheckConstraint(
                name="transfer_settled_iff_closed",
                condition=Q(state__in=TransferState.STILL_OPEN)
                ^ Q(settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_done_has_a_receipt",
                condition=~Q(state=TransferState.DONE, receipt=""),
            ),
            models.CheckConstraint(
                name="transfer_infeasible_has_a_reason",
                condition=~Q(state=TransferState.INFEASIBLE, reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"transfer #{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the receiver has neither the files nor cannot have them."""
        return self.state in TransferState.STILL_OPEN
