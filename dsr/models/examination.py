"""Which grounds for a restriction were examined, and found absent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import RestrictionGround
from subjects.models import at_iff_by


class RestrictionExamination(models.Model):
    """The grounds of GDPR Art. 18(1) that are not present in a ticket, and why.

    Art. 18 knows no exceptions: to refuse is to show that no ground is met.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, related_name="examination"
    )
    grounds = models.JSONField(_("grounds that are not present"), default=list)
    why = models.TextField(_("why"))
    examined_at = models.DateTimeField(_("examined"))
    examined_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("examination of the grounds for restriction")
        verbose_name_plural = _("examinations of the grounds for restriction")
        constraints = (at_iff_by("examined", "examination"),)

    def __str__(self) -> str:
        return f"examination #{self.pk}"

    @property
    def absent(self) -> list[RestrictionGround]:
        """The grounds found absent, in the order of the law."""
        return [ground for ground in RestrictionGround if ground in self.grounds]
