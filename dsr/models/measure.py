"""A restriction of processing: a measure with a life of its own. GDPR Art. 18.

A ticket begins it; it outlives the ticket, and ends only after a notice was sent.
"""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from dsr.models.guarded import Guarded
from dsr.models.letter import Letter
from dsr.models.ticket import Ticket
from dsr.vocabulary import MeasureState, RestrictionGround, UseException
from subjects.models import Subject, at_iff_by

PROPOSED, ACTIVE = MeasureState.PROPOSED, MeasureState.ACTIVE
LIFT_PROPOSED, LIFTED = MeasureState.LIFT_PROPOSED, MeasureState.LIFTED
LIFT_NOTICE_SENT = MeasureState.LIFT_NOTICE_SENT


class MeasureQuerySet(models.QuerySet["RestrictionMeasure"]):
    """The questions the desk, an erasure and an auditor ask."""

    def in_force(self) -> Self:
        """Keep those under which data are only stored."""
        return self.filter(state__in=MeasureState.IN_FORCE)

    def of(self, subject: Subject) -> Self:
        """Keep those about the data of one person, whichever the case."""
        return self.filter(ticket__case__subject=subject)

    def keeping_from_erasure(self) -> Self:
        """Keep those that forbid to erase. GDPR Art. 18(1)(b) and (c)."""
        return self.in_force().filter(ground__in=RestrictionGround.KEEPS_FROM_ERASURE)


class RestrictionMeasure(Guarded, models.Model):
    """One restriction, on one ground. Only the transitions below move it.

    `lift_on` is the first day on which it may be lifted: the day of the notice and
    the days that the policy makes the desk wait.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="measures"
    )
    ground = models.CharField(_("ground"), max_length=24, choices=RestrictionGround)
    what = models.TextField(_("what is restricted"), blank=True)
    state = FSMField(
        _("state"), default=PROPOSED, choices=MeasureState.choices, protected=True
    )
    begun_at = models.DateTimeField(_("begun"))
    begun_by = models.CharField(max_length=150)
    active_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    lift_reason = models.TextField(_("why it is lifted"), blank=True)
    lift_proposed_at = models.DateTimeField(null=True, blank=True)
    lift_proposed_by = models.CharField(max_length=150, blank=True)
    lift_approved_at = models.DateTimeField(null=True, blank=True)
    lift_approved_by = models.CharField(max_length=150, blank=True)
    notice = models.OneToOneField(
        Letter,
        on_delete=models.PROTECT,
        related_name="measure",
        null=True,
        blank=True,
        verbose_name=_("notice of lifting"),
    )
    notice_sent_at = models.DateTimeField(_("lifting announced"), null=True, blank=True)
    lift_on = models.DateField(_("may be lifted from"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.CharField(max_length=150, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("restriction")
        verbose_name_plural = _("restrictions")
        ordering = ("begun_at", "pk")
        constraints = (
            at_iff_by("begun", "measure"),
            at_iff_by("lift_proposed", "measure"),
            at_iff_by("lift_approved", "measure"),
            at_iff_by("lifted", "measure"),
            models.UniqueConstraint(
                fields=("ticket", "ground"),
                condition=~Q(state=LIFTED),
                name="measure_one_in_force_a_ground",
            ),
            models.CheckConstraint(
                name="measure_lifted_at_iff_lifted",
                condition=Q(lifted_at__isnull=True) ^ Q(state=LIFTED),
            ),
            models.CheckConstraint(  # GDPR Art. 18(3)
                name="measure_lifted_after_notice",
                condition=Q(lifted_at__isnull=True)
                | Q(notice_sent_at__isnull=False, notice_sent_at__lt=F("lifted_at")),
            ),
            models.CheckConstraint(
                name="measure_announced_iff_sent",
                condition=Q(notice_sent_at__isnull=False, lift_on__isnull=False)
                ^ ~Q(state__in=(LIFT_NOTICE_SENT, LIFTED)),
            ),
        )

    def __str__(self) -> str:
        return f"restriction {self.pk} ({self.article})"

    @property
    def article(self) -> str:
        """The place in the law on which it rests."""
        return RestrictionGround(self.ground).article

    @property
    def is_in_force(self) -> bool:
        """Whether the data are only stored."""
        return self.state in MeasureState.IN_FORCE

    @property
    def is_announced(self) -> bool:
        """Whether a notice of its lifting is on its way or has gone out."""
        return self.lift_approved_at is not None

    # Transitions. Each is named after what the desk does and cites why it may.

    @transition("state", source=PROPOSED, target=ACTIVE)
    def activate(self, *, at: datetime) -> None:
        """Know every system to have marked the data. GDPR Art. 18(1), recital 67."""
        self.active_at = at

    @transition("state", source=MeasureState.IN_FORCE, target=None)
    def note_use(self) -> None:
        """Use restricted data as the law still allows. GDPR Art. 18(2)."""

    @transition("state", source=ACTIVE, target=LIFT_PROPOSED)
    def propose_lift(self, *, reason: str, by: str, at: datetime) -> None:
        """Find that the ground has ended. GDPR Art. 18(1)."""
        self.lift_reason = reason
        self.lift_proposed_by, self.lift_proposed_at = by, at

    @transition("state", source=LIFT_PROPOSED, target=None)
    def approve_lift(self, *, notice: Letter, by: str, at: datetime) -> None:
        """Agree, and tell the person before anything is lifted. GDPR Art. 18(3)."""
        self.notice = notice
        self.lift_approved_by, self.lift_approved_at = by, at

    @transition("state", source=LIFT_PROPOSED, target=LIFT_NOTICE_SENT)
    def announce_lift(self, *, at: datetime, lift_on: date) -> None:
        """Have sent the notice; from now on the desk waits. GDPR Art. 18(3)."""
        self.notice_sent_at, self.lift_on = at, lift_on

    @transition("state", source=(LIFT_PROPOSED, LIFT_NOTICE_SENT), target=ACTIVE)
    def keep(self) -> None:
        """Keep the restriction after all: the ground lasts. GDPR Art. 18(1)."""
        self.lift_reason = self.lift_proposed_by = self.lift_approved_by = ""
        self.lift_proposed_at = self.lift_approved_at = None
        self.notice = self.notice_sent_at = self.lift_on = None

    @transition("state", source=LIFT_NOTICE_SENT, target=LIFTED)
    def lift(self, *, by: str, at: datetime) -> None:
        """Use the data again, as the person was told. GDPR Art. 18(3)."""
        self.lifted_by, self.lifted_at = by, at


class MeasureUse(models.Model):
    """One use of restricted data that the law still allows. GDPR Art. 18(2)."""

    measure = models.ForeignKey(
        RestrictionMeasure, on_delete=models.PROTECT, related_name="uses"
    )
    exception = models.CharField(_("exception"), max_length=20, choices=UseException)
    why = models.TextField(_("why"))
    used_at = models.DateTimeField(_("used"))
    used_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("use of restricted data")
        verbose_name_plural = _("uses of restricted data")
        ordering = ("used_at", "pk")
        constraints = (at_iff_by("used", "measure_use"),)

    def __str__(self) -> str:
        return f"{self.exception} #{self.pk}"
