"""The review of an automated decision by a person who can change it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import ReviewResult, State
from subjects.models import at_iff_by


class HumanReviewQuerySet(models.QuerySet["HumanReview"]):
    """The questions the desk asks."""

    def current(self) -> Self:
        """Keep those that were not given to somebody else."""
        return self.filter(replaced_at__isnull=True)

    def of_reviewer(self, name: str) -> Self:
        """Keep what a reviewer has to look at: open tickets only."""
        return self.current().filter(reviewer=name, ticket__state__in=State.OPEN)


class HumanReview(models.Model):
    """One reviewer, what they looked at, and what they decided. GDPR Art. 22(3).

    `authority` says by what they can change the decision; until `view_by` the person
    may give their view; `minutes` is the time it took.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="human_reviews"
    )
    reviewer = models.CharField(_("reviewer"), max_length=150)
    authority = models.TextField(_("authority to change the decision"))
    effects_suspended = models.BooleanField(_("effects suspended meanwhile"))
    view_by = models.DateField(_("view of the person by"))
    assigned_at = models.DateTimeField(_("assigned"))
    assigned_by = models.CharField(max_length=150)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    inputs = models.TextField(_("what was looked at"), blank=True)
    view = models.TextField(_("the person's view"), blank=True)
    view_considered = models.TextField(_("how the view was considered"), blank=True)
    result = models.CharField(
        _("result"), max_length=12, choices=ReviewResult, blank=True
    )
    reasons = models.TextField(_("the reviewer's own reasons"), blank=True)
    explanation = models.TextField(_("explanation of the logic"), blank=True)
    minutes = models.PositiveIntegerField(_("minutes spent"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), null=True, blank=True)
    recorded_by = models.CharField(max_length=150, blank=True)

    objects = HumanReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("human review")
        verbose_name_plural = _("human reviews")
        ordering = ("pk",)
        constraints = (
            at_iff_by("assigned", "review"),
            at_iff_by("recorded", "review"),
            models.UniqueConstraint(
                fields=("ticket",),
                condition=Q(replaced_at__isnull=True),
                name="review_one_at_a_time",
            ),
            models.CheckConstraint(
                name="review_recorded_by_its_reviewer",
                condition=Q(recorded_by="") | Q(recorded_by=models.F("reviewer")),
            ),
            models.CheckConstraint(
                name="review_is_whole_once_recorded",
                condition=Q(recorded_at__isnull=True, result="")
                | Q(recorded_at__isnull=False, minutes__gt=0)
                & ~Q(result="")
                & ~Q(inputs="")
                & ~Q(view_considered="")
                & ~Q(reasons="")
                & ~Q(explanation=""),
            ),
        )

    def __str__(self) -> str:
        return f"human review #{self.pk}"
