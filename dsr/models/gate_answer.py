"""What was answered at a gate: appended, never changed; the last answer holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import Gate, GateAnswerCode
from subjects.models import at_iff_by


class GateAnswer(models.Model):
    """One answer to one gate of a ticket.

    An officer writes it; the system writes down what the facts showed when the
    ticket was decided, so that the assessment stays readable afterwards.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="gate_answers"
    )
    gate = models.CharField(_("check"), max_length=2, choices=Gate)
    answer = models.CharField(_("answer"), max_length=20, choices=GateAnswerCode)
    note = models.TextField(_("note"), blank=True)
    answered_at = models.DateTimeField(_("answered"))
    answered_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("answer to a check")
        verbose_name_plural = _("answers to checks")
        ordering = ("answered_at", "pk")
        constraints = (at_iff_by("answered", "gate_answer"),)

    def __str__(self) -> str:
        return f"{self.gate} #{self.pk}"
