"""What officers leave behind at the tray: labels, blocked senders, further cases."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.case import Case
from dsr.models.message import Arrival
from subjects.models import Whether, at_iff_by


class LabelledExample(models.Model):
    """What the reader proposed for a mail, and what an officer made of it.

    Both are `{"kind": code, "rights": [codes], "language": code, "agent": bool}`:
    no word of the mail and no address. It goes when the mail's bytes go.
    """

    arrival = models.OneToOneField(
        Arrival, on_delete=models.PROTECT, related_name="example"
    )
    proposed = models.JSONField(_("proposed"))
    settled = models.JSONField(_("settled"))
    settled_at = models.DateTimeField(_("when"), db_index=True)
    settled_by = models.CharField(_("by"), max_length=150)

    class Meta:
        verbose_name = _("labelled example")
        verbose_name_plural = _("labelled examples")
        constraints = (at_iff_by("settled", "example"),)

    def __str__(self) -> str:
        return f"example #{self.pk}"


class BlockedSenderManager(models.Manager["BlockedSender"]):
    """The question the intake asks."""

    def blocks(self, address: str) -> bool:
        """Say whether mail from this address is listed as spam."""
        return bool(address) and _is_blocked(address.casefold())


class BlockedSender(models.Model):
    """An address whose mail is kept and listed as spam, and never answered.

    It lasts as long as a mail of that sender is kept, unless it is lifted before.
    """

    address = models.EmailField(_("address"), unique=True)  # casefolded
    blocked_at = models.DateTimeField(_("blocked"))
    blocked_by = models.CharField(_("by"), max_length=150)

    objects = BlockedSenderManager()

    class Meta:
        verbose_name = _("blocked sender")
        verbose_name_plural = _("blocked senders")
        ordering = ("-blocked_at",)
        constraints = (at_iff_by("blocked", "sender"),)

    def __str__(self) -> str:
        return f"blocked sender #{self.pk}"


_is_blocked = Whether(lambda address: BlockedSender.objects.filter(address=address))


class FurtherCase(models.Model):
    """Another case that one mail opened, because it spoke for several people."""

    arrival = models.ForeignKey(
        Arrival, on_delete=models.PROTECT, related_name="further"
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="shared_mails"
    )

    class Meta:
        verbose_name = _("further case of a mail")
        verbose_name_plural = _("further cases of a mail")
        constraints = (
            models.UniqueConstraint(
                fields=("arrival", "case"), name="further_case_once"
            ),
        )

    def __str__(self) -> str:
        return f"further case #{self.pk}"
