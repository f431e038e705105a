"""Who received a person's data, and is told what became of them. GDPR Art. 19."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from dsr.models.letter import Letter
from dsr.models.ticket import Ticket
from dsr.vocabulary import NoticeState, OrderAct, RightCode, State
from subjects.models import at_iff_by


class NoticeQuerySet(models.QuerySet["RecipientNotice"]):
    """The questions asked before a ticket goes on, and for its reply."""

    def still_open(self) -> Self:
        """Keep those neither sent nor justified."""
        return self.filter(state__in=NoticeState.STILL_OPEN)

    def awaited(self) -> Self:
        """Keep those that still have to be told, also of what is answered.

        Of a ticket that ended otherwise only its restriction lives on.
        """
        ended = Q(ticket__state__in=State.ENDED_OTHERWISE)
        of_measure = Q(operation__in=OrderAct.OF_MEASURES)
        return self.still_open().exclude(ended & ~of_measure)

    def of_answer(self) -> Self:
        """Keep those of what was asked for.

        A restriction is asked for by its own right; by another it is only a measure
        on the way.
        """
        of_measure = Q(operation__in=OrderAct.OF_MEASURES)
        return self.exclude(of_measure & ~Q(ticket__right_code=RightCode.RESTRICTION))

    def told(self) -> Self:
        """Keep those that went out."""
        return self.filter(state__in=NoticeState.TOLD)

    def of_last_turn(self) -> Self:
        """Keep those of what was done last; the earlier ones are proof."""
        later = RecipientNotice.objects.filter(
            ticket=OuterRef("ticket"),
            operation=OuterRef("operation"),
            turn__gt=OuterRef("turn"),
        )
        return self.exclude(Exists(later))


class RecipientNotice(models.Model):
    """What one recipient is told of one operation on a person's data.

    `recipient` is the code of the policy, such as `reinsurers.demo_re`, and `name`
    its name on that day: who was told does not change with the policy. A later `turn`
    tells of the same operation once more, when it was done once more.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="notices")
    recipient = models.CharField(max_length=120)
    name = models.CharField(_("recipient"), max_length=250)
    operation = models.CharField(_("operation"), max_length=10, choices=OrderAct)
    turn = models.PositiveSmallIntegerField(_("turn"), default=1)
    state = models.CharField(
        _("state"), max_length=16, choices=NoticeState, default=NoticeState.OPEN
    )
    owed_at = models.DateTimeField(_("owed"))
    owed_by = models.CharField(max_length=150)
    letter = models.OneToOneField(
        Letter,
        on_delete=models.PROTECT,
        related_name="notice",
        null=True,
        blank=True,
    )
    sent_at = models.DateTimeField(_("told"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.CharField(max_length=150, blank=True)
    excused_at = models.DateTimeField(_("excused"), null=True, blank=True)
    excused_by = models.CharField(max_length=150, blank=True)
    reason = models.TextField(_("why they are not told"), blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice to a recipient")
        verbose_name_plural = _("notices to recipients")
        ordering = ("operation", "turn", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "recipient", "operation", "turn"),
                name="notice_once_a_recipient",
            ),
            at_iff_by("owed", "notice"),
            at_iff_by("confirmed", "notice"),
            at_iff_by("excused", "notice"),
            models.CheckConstraint(
                name="notice_sent_at_iff_told",
                condition=models.Q(sent_at__isnull=True)
                ^ models.Q(state__in=NoticeState.TOLD),
            ),
            models.CheckConstraint(
                name="notice_excused_at_iff_excused",
                condition=models.Q(excused_at__isnull=True)
                ^ models.Q(state__in=NoticeState.EXCUSED),
            ),
            models.CheckConstraint(
                name="notice_excuse_explained",
                condition=~models.Q(state__in=NoticeState.NEEDS_REASON)
                | ~models.Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.operation} {self.recipient} #{self.pk}"

    @property
    def waits_for_post(self) -> bool:
        """Whether its letter is printed, and somebody has to note when it left."""
        queued = self.state == NoticeState.QUEUED
        return queued and self.letter is not None and not self.letter.to_email

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the recipient was told and has not confirmed."""
        return self.state == NoticeState.SENT
