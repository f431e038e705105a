"""What other programs wanted to do with a person's data, and were told not to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.vocabulary import LockKind, UseException
from subjects.models import at_iff_by


class RefusedUse(models.Model):
    """One use that was refused. GDPR Art. 18(2).

    It names what forbade it by kind and number, and no person: by neither a name nor
    a digest. `exception` is one that was claimed, and does not open this lock.
    """

    asked_at = models.DateTimeField(_("when"))
    asked_by = models.CharField(_("program"), max_length=150)
    purpose = models.CharField(_("purpose"), max_length=50)
    exception = models.CharField(
        _("exception claimed"), max_length=20, choices=UseException, blank=True
    )
    kind = models.CharField(_("forbidden by"), max_length=12, choices=LockKind)
    number = models.PositiveBigIntegerField(_("number"))

    class Meta:
        verbose_name = _("refused use")
        verbose_name_plural = _("refused uses")
        ordering = ("-asked_at", "-pk")
        constraints = (at_iff_by("asked", "refused_use"),)
        indexes = (
            models.Index(fields=("kind", "number"), name="refused_use_of_lock"),
            models.Index(fields=("asked_at",), name="refused_use_by_age"),
        )

    def __str__(self) -> str:
        return f"refused use #{self.pk}"
