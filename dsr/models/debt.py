"""What an erasure had to leave in the systems for now, and when it has to go."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket


class DebtQuerySet(models.QuerySet["ErasureDebt"]):
    """The questions asked of what is still owed."""

    def open(self) -> Self:
        """Keep what is not erased yet."""
        return self.filter(settled_at=None)

    def past(self, today: date) -> Self:
        """Keep what should be erased by now."""
        return self.open().filter(keep_until__lt=today)

    def settle(self, system: str, *, ordered_on: date, at: datetime) -> None:
        """Note that a system has erased what was due when it was ordered to."""
        self.filter(system=system).past(ordered_on).update(settled_at=at)


class ErasureDebt(models.Model):
    """Records of one collection that a rule keeps until a day, the last included.

    Only their number stands here: which ones they are, the systems are asked again
    when the day has come. `ground` is an exception of Art. 17(3), `basis` the law.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="debts")
    system = models.CharField(_("system"), max_length=100)
    collection = models.CharField(_("collection"), max_length=200)
    ground = models.CharField(_("ground"), max_length=40)
    basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    keep_until = models.DateField(_("kept until"))
    records = models.PositiveIntegerField(_("records"))
    noted_at = models.DateTimeField()
    settled_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = DebtQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure still owed")
        verbose_name_plural = _("erasures still owed")
        ordering = ("keep_until", "system", "collection")
        indexes = (
            models.Index(
                fields=("keep_until",),
                name="erasure_owed",
                condition=Q(settled_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.collection} #{self.pk}"
