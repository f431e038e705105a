"""What shows that a request is unfounded or excessive; we bear the burden of it.

GDPR Art. 12(5), last sentence. None of it is inferred: an officer writes it down.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from subjects.models import at_iff_by


class AbuseEvidence(models.Model):
    """The two parts of an abuse, and what they are read from. CJEU C-526/24.

    `objective`: although its conditions are met on paper, the purpose of the right
    is not reached; `subjective`: the will to gain an advantage from that.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, related_name="abuse_evidence"
    )
    objective = models.TextField(_("objective part"))
    subjective = models.TextField(_("subjective part"))
    given_voluntarily = models.TextField(_("whether the data were given voluntarily"))
    purpose = models.TextField(_("for what the data were given"))
    time_elapsed = models.TextField(_("time between giving the data and asking"))
    conduct = models.TextField(_("conduct of the person"))
    public_pattern = models.TextField(_("what is publicly known"), blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("evidence of abuse")
        verbose_name_plural = _("evidence of abuse")
        constraints = (at_iff_by("recorded", "abuse"),)

    def __str__(self) -> str:
        return f"evidence of abuse #{self.pk}"


class UnfoundedEvidence(models.Model):
    """The facts that make a request manifestly unfounded. GDPR Art. 12(5)(b)."""

    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, related_name="unfounded_evidence"
    )
    facts = models.TextField(_("facts"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("evidence that it is unfounded")
        verbose_name_plural = _("evidence that it is unfounded")
        constraints = (at_iff_by("recorded", "unfounded"),)

    def __str__(self) -> str:
        return f"evidence that it is unfounded #{self.pk}"


class EarlierReply(models.Model):
    """An earlier request of the same person that was answered. GDPR Art. 12(5)."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="earlier_replies"
    )
    earlier = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="later_requests"
    )
    replied_on = models.DateField(_("replied"))
    scope = models.TextField(_("what was given, and what is asked again"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("earlier reply")
        verbose_name_plural = _("earlier replies")
        ordering = ("replied_on", "pk")
        constraints = (
            at_iff_by("recorded", "earlier_reply"),
            models.UniqueConstraint(
                fields=("ticket", "earlier"), name="earlier_reply_once"
            ),
            models.CheckConstraint(
                name="earlier_reply_is_another_ticket",
                condition=~models.Q(ticket=models.F("earlier")),
            ),
        )

    def __str__(self) -> str:
        return f"earlier reply #{self.pk}"
