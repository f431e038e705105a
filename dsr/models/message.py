"""Messages of a case, and every mail that arrived, whatever became of it."""

from enum import nonmember
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.case import Case, storage_name
from dsr.vocabulary import MailFlag, TrustLevel
from subjects.models import at_iff_by


class MessageKind(models.TextChoices):
    """Which way a message goes."""

    RECEIVED = "received", _("from the person")
    SENT = "sent", _("from the desk")
    NOTE = "note", _("note of the desk, not shown to the person")


class Message(models.Model):
    """One message of the thread between the person and the desk, or a note on it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(_("kind"), max_length=10, choices=MessageKind)
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("by"), max_length=150)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"message #{self.pk}"


class ArrivalResult(models.TextChoices):
    """What became of a mail."""

    OPENED = "opened", _("opened a case")
    THREADED = "threaded", _("joined a case")
    TRAY = "tray", _("waits in the tray")
    IGNORED = "ignored", _("no request")
    SPAM = "spam", _("spam")
    PASSED_ON = "passed_on", _("passed on to another department")

    # Put aside without a case; an officer may put it into the tray again.
    ASIDE = nonmember(("ignored", "spam", "passed_on"))


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    """The questions the desk asks."""

    def in_tray(self) -> Self:
        """Keep those that wait: what an authority writes first, then the oldest."""
        waiting = self.filter(result=ArrivalResult.TRAY)
        return waiting.order_by("-is_urgent", "received_at", "pk")

    def not_looked_over(self) -> Self:
        """Keep those that no person has put aside or looked over since."""
        aside = self.filter(result__in=(ArrivalResult.IGNORED, ArrivalResult.SPAM))
        return aside.filter(settled_at=None, looked_over_at=None).exclude(raw="")

    def unsent(self) -> Self:
        """Keep those about which a mail of the desk could not be sent."""
        return self.filter(desk_mails__failed_at__isnull=False).distinct()


class Arrival(models.Model):
    """One mail as it reached us. Its bytes are known by their digest: once only.

    A message that reached two of our mailboxes is known by `content_sha256`, the
    digest of what its sender wrote.

    `proposal` is what the reader made of it, for the officer at the tray; `is_urgent`
    says that an authority or a court writes; `passed_to` names a department of the
    policy. `trust` says how far its sender may be believed, `checks` what each check
    found (such as {"spf": "pass"}), `flags` what is unusual (codes of `MailFlag`).
    """

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    content_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    raw = models.FileField(_("as it came"), upload_to=storage_name)
    message_id = models.CharField(max_length=998, blank=True, db_index=True)
    sender = models.EmailField(_("sender"), blank=True)
    received_at = models.DateTimeField(_("received"))
    source = models.CharField(_("source"), max_length=250, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=ArrivalResult)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    proposal = models.JSONField(_("proposal"), default=dict, blank=True)
    trust = models.CharField(
        _("sender"), max_length=12, choices=TrustLevel, default=TrustLevel.NOT_CHECKED
    )
    checks = models.JSONField(default=dict, blank=True)
    flags = models.JSONField(default=list, blank=True)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="arrivals", null=True, blank=True
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.CharField(max_length=150, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    passed_to = models.CharField(_("passed on to"), max_length=60, blank=True)
    looked_over_at = models.DateTimeField(_("looked over"), null=True, blank=True)
    looked_over_by = models.CharField(max_length=150, blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("-received_at",)
        constraints = (
            at_iff_by("settled", "arrival"),
            models.UniqueConstraint(
                fields=("content_sha256",),
                name="arrival_once_however_it_travelled",
                condition=~models.Q(content_sha256=""),
            ),
            at_iff_by("looked_over", "arrival"),
            models.CheckConstraint(
                name="arrival_has_a_case_if_it_joined_one",
                condition=~models.Q(result__in=("opened", "threaded"))
                | models.Q(case__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=("-is_urgent", "received_at"),
                name="arrival_in_tray",
                condition=models.Q(result="tray"),
            ),
            models.Index(
                fields=("received_at",),
                name="arrival_not_looked_over",
                condition=models.Q(
                    result__in=("ignored", "spam"),
                    settled_at__isnull=True,
                    looked_over_at__isnull=True,
                ),
            ),
        )

    def __str__(self) -> str:
        return f"mail #{self.pk}"

    @property
    def checks_in_words(self) -> str:
        """Give the word of each check, such as "SPF pass, DKIM none"."""
        return ", ".join(
            f"{name.upper()} {self.checks[name]}"
            for name in ("spf", "dkim", "dmarc")
            if self.checks.get(name)
        )

    @property
    def flags_in_words(self) -> list[str]:
        """Say each thing that is unusual about the sender in a sentence."""
        words = dict(MailFlag.choices)
        return [str(words[flag]) for flag in self.flags if flag in words]

    @property
    def is_doubtful(self) -> bool:
        """Whether an officer should look twice at who sent it."""
        return bool(self.flags) or self.trust == TrustLevel.FAILED
