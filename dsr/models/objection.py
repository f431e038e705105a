"""What an objection is about, purpose by purpose, and how the interests were weighed.

GDPR Art. 21(1): the controller demonstrates; where it does not, the processing stops.
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import Weighing
from subjects.models import at_iff_by

# On these alone the right to object rests; GDPR Art. 21(1).
OBJECTIONABLE = ("6(1)(e)", "6(1)(f)")


class ObjectedQuerySet(models.QuerySet["ObjectedPurpose"]):
    """The questions asked before a decision."""

    def stopping(self) -> Self:
        """Keep those that stop."""
        return self.filter(objectionable=True).exclude(result=Weighing.CONTINUE)

    def continuing(self) -> Self:
        """Keep those that go on, because compelling grounds were shown."""
        return self.filter(result=Weighing.CONTINUE)


class ObjectedPurpose(models.Model):
    """One purpose that is objected to, with its legal basis on that day.

    `basis` is copied from the policy: what it rested on does not change with it.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="objected"
    )
    purpose = models.CharField(_("purpose"), max_length=100)
    basis = models.JSONField(_("legal basis"), default=list)
    objectionable = models.BooleanField(_("can be objected to"))
    result = models.CharField(_("result"), max_length=10, choices=Weighing, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)

    objects = ObjectedQuerySet.as_manager()

    class Meta:
        verbose_name = _("purpose objected to")
        verbose_name_plural = _("purposes objected to")
        ordering = ("purpose",)
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "purpose"), name="objected_once_a_purpose"
            ),
            at_iff_by("noted", "objected"),
            models.CheckConstraint(
                name="objected_weighed_only_if_objectionable",
                condition=models.Q(objectionable=True) | models.Q(result=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk}"


class BalancingRecord(models.Model):
    """How the interests were weighed. GDPR Art. 21(1).

    `business_owner` answers for the purpose, and so may not decide about it.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, related_name="balancing"
    )
    situation = models.TextField(_("the person's situation"))
    interest = models.TextField(_("the interest in the processing"))
    alternatives = models.TextField(_("alternatives considered"))
    business_owner = models.CharField(
        _("business owner of the purpose"), max_length=150
    )
    weighed_at = models.DateTimeField(_("weighed"))
    weighed_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("weighing of interests")
        verbose_name_plural = _("weighings of interests")
        constraints = (at_iff_by("weighed", "balancing"),)

    def __str__(self) -> str:
        return f"weighing #{self.pk}"
