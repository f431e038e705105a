"""What a person who asks for access is told, item by item. GDPR Art. 15."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import InfoItem, InfoState
from subjects.models import at_iff_by

ASKED = "asked-"  # with a number: what the person's own letter asks besides


class InformationItem(models.Model):
    """One item of Art. 15, or one question of the person's own letter.

    `because` is what the person is told about it, as written: why it does not apply,
    why it is refused, or the answer to the question.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="information"
    )
    item = models.CharField(_("item"), max_length=20)
    question = models.TextField(_("the person's question"), blank=True)
    state = models.CharField(
        _("state"), max_length=15, choices=InfoState, default=InfoState.OPEN
    )
    because = models.TextField(_("what the person is told"), blank=True)
    filled_at = models.DateTimeField(_("answered"), null=True, blank=True)
    filled_by = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("information")
        verbose_name_plural = _("information")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "item"), name="information_once_an_item"
            ),
            at_iff_by("filled", "information"),
            models.CheckConstraint(
                name="information_open_iff_not_filled",
                condition=Q(state=InfoState.OPEN) ^ Q(filled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="information_left_out_says_why",
                condition=~Q(state__in=InfoState.LEFT_OUT, because=""),
            ),
            models.CheckConstraint(
                name="information_question_is_answered_in_words",
                condition=Q(question="") | Q(state=InfoState.OPEN) | ~Q(because=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} #{self.pk}"

    @property
    def label(self) -> str:
        """What it is called: the item's name, or the question itself."""
        return self.question or str(InfoItem(self.item).label)
