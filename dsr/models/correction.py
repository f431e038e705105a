"""A datum that the person says is wrong or incomplete, and what became of it."""

import hashlib
import hmac

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import CorrectionVerdict
from subjects.models import at_iff_by

DERIVED_FOR = b"corrections"  # no other digest of ours has this key


class Correction(models.Model):
    """One contested datum of a ticket. GDPR Art. 16.

    What it says and should say are personal data: they stand here only, for as
    long as the request is kept (tier T4); the ledger gets keyed digests.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="corrections"
    )
    system = models.CharField(_("system"), max_length=100)
    place = models.CharField(_("where in it"), max_length=200)
    says = models.TextField(_("it says now"), blank=True)
    should_say = models.TextField(_("it should say"))
    evidence = models.TextField(_("evidence considered"), blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)
    verdict = models.CharField(
        _("verdict"), max_length=10, choices=CorrectionVerdict, blank=True
    )
    why = models.TextField(_("how it was verified"), blank=True)
    statement = models.TextField(_("supplementary statement"), blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("contested datum")
        verbose_name_plural = _("contested data")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "system", "place"), name="correction_once_a_place"
            ),
            at_iff_by("noted", "correction"),
            at_iff_by("judged", "correction"),
            models.CheckConstraint(
                name="correction_judged_iff_verdict",
                condition=Q(verdict="") ^ Q(judged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="correction_supplement_has_statement",
                condition=~Q(verdict=CorrectionVerdict.SUPPLEMENT) | ~Q(statement=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.system} #{self.pk}"

    @property
    def digests(self) -> dict[str, str]:
        """Return what the ledger may know of the two values."""
        return {"before": _digest(self.says), "after": _digest(self.should_say)}


def _digest(value: str) -> str:
    """Return a digest with a key: a short value could be guessed from a plain one."""
    secret = force_bytes(settings.SECRET_KEY)
    key = hmac.digest(secret, DERIVED_FOR, hashlib.sha256)
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()
