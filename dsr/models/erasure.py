"""A category to be erased: on which ground, or why it is kept and how long."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import ErasureGround, ErasureVerdict, Outcome
from subjects.models import at_iff_by

KEPT = Q(verdict=ErasureVerdict.RETAIN, erased_at__isnull=True)
# A withdrawn request promised nothing; its data follow the policy's own periods.
PROMISED = Q(ticket__outcome__in=(Outcome.PARTIAL, Outcome.REFUSED))


class ErasureQuerySet(models.QuerySet["ErasureItem"]):
    """The questions asked of what is kept."""

    def kept(self) -> Self:
        """Keep what was not erased, and what the person was told goes later."""
        return self.filter(KEPT, PROMISED)

    def held(self) -> Self:
        """Keep what nobody has let go yet."""
        return self.kept().filter(released_at=None)

    def past(self, today: date) -> Self:
        """Keep what should be erased by now."""
        return self.kept().filter(keep_until__lt=today)


class ErasureItem(models.Model):
    """One category of the policy, in one request for erasure. GDPR Art. 17.

    `reckoning` holds the facts from which `keep_until` was derived, if it was; the
    last day may be moved later, with a reason.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="erasures"
    )
    category = models.CharField(_("category"), max_length=50)
    ground = models.CharField(
        _("ground"), max_length=30, choices=ErasureGround, blank=True
    )
    made_public = models.BooleanField(_("made public"), default=False)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)
    verdict = models.CharField(
        _("verdict"), max_length=10, choices=ErasureVerdict, blank=True
    )
    exception = models.CharField(_("exception"), max_length=40, blank=True)
    keep_until = models.DateField(_("kept until"), null=True, blank=True)
    why = models.TextField(_("why it is kept"), blank=True)
    reckoning = models.JSONField(_("time limit"), null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.CharField(max_length=150, blank=True)
    moved_at = models.DateTimeField(_("day moved"), null=True, blank=True)
    moved_by = models.CharField(max_length=150, blank=True)
    moved_why = models.TextField(_("why the day was moved"), blank=True)
    public_steps = models.TextField(_("steps towards other controllers"), blank=True)
    released_at = models.DateTimeField(_("let go"), null=True, blank=True)
    released_by = models.CharField(max_length=150, blank=True)
    released_why = models.TextField(_("why nothing keeps it"), blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    erased_by = models.CharField(max_length=150, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("category to erase")
        verbose_name_plural = _("categories to erase")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "category"), name="erasure_once_a_category"
            ),
            at_iff_by("noted", "erasure"),
            at_iff_by("judged", "erasure"),
            at_iff_by("moved", "erasure"),
            at_iff_by("released", "erasure"),
            at_iff_by("erased", "erasure"),
            models.CheckConstraint(
                name="erasure_judged_iff_verdict",
                condition=Q(verdict="") ^ Q(judged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="erasure_verdict_needs_ground",
                condition=Q(verdict="") | ~Q(ground=""),
            ),
            models.CheckConstraint(
                name="erasure_kept_iff_exception_and_day",
                condition=Q(verdict=ErasureVerdict.RETAIN, keep_until__isnull=False)
                & ~Q(exception="")
                | ~Q(verdict=ErasureVerdict.RETAIN)
                & Q(exception="", keep_until__isnull=True),
            ),
        )
        indexes = (
            models.Index(fields=("keep_until",), name="erasure_kept", condition=KEPT),
        )

    def __str__(self) -> str:
        return f"{self.category} #{self.pk}"
