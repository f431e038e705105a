"""Who wants no advertising, as digests only; and which consents were taken back."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from subjects.models.identity import Subject
from subjects.models.keyed import digest_of, digest_under, keys
from subjects.models.work import at_iff_by

DIRECT_MARKETING = "direct_marketing"  # the one scope that Art. 21(2) knows


class SuppressionChannel(models.TextChoices):
    """On which way nothing more may be sent."""

    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")
    POST = "post", _("post")
    ALL = "all", _("every channel")


class SuppressionQuerySet(models.QuerySet["SuppressionEntry"]):
    """The question that whoever sends advertising has to ask."""

    def of(self, kind: str, value: str) -> Self:
        """Keep the entries of an identifier, those made under a former key too."""
        return self.filter(
            digest__in=[digest_under(one, kind, value) for one in keys()]
        )


class SuppressionEntry(models.Model):
    """One identifier to which no advertising goes; the identifier is not stored.

    `reference` names the ticket in words: the entry outlives it. GDPR Art. 21(3).
    """

    channel = models.CharField(
        _("channel"), max_length=5, choices=SuppressionChannel, default="all"
    )
    digest = models.CharField(_("keyed digest"), max_length=64)
    scope = models.CharField(_("scope"), max_length=50, default=DIRECT_MARKETING)
    since = models.DateTimeField(_("since"))
    reference = models.CharField(_("asked for by"), max_length=60)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the suppression list")
        verbose_name_plural = _("suppression list")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("digest", "channel", "scope"), name="suppression_once"
            ),
        )

    def __str__(self) -> str:
        return f"suppression #{self.pk}"


def suppress(
    kind: str,
    value: str,
    *,
    channel: str = SuppressionChannel.ALL,
    scope: str = DIRECT_MARKETING,
    reference: str,
    at: datetime,
) -> SuppressionEntry:
    """Put an identifier on the list; the first entry stands."""
    entry, _created = SuppressionEntry.objects.get_or_create(
        channel=channel,
        digest=digest_of(kind, value),
        scope=scope,
        defaults={"since": at, "reference": reference},
    )
    return entry


def is_suppressed(kind: str, value: str) -> bool:
    """Whether no advertising may go to this e-mail, phone or postal address."""
    return SuppressionEntry.objects.of(kind, value).exists()


class ConsentQuerySet(models.QuerySet["Consent"]):
    """The questions asked of the consents."""

    def in_force(self) -> Self:
        """Keep those that nobody took back."""
        return self.filter(revoked_at__isnull=True)


class Consent(models.Model):
    """A consent to one purpose of the controller's policy. GDPR Art. 7.

    One that we only learn of by its withdrawal was given at an unknown instant.
    """

    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(_("purpose"), max_length=50)
    given_at = models.DateTimeField(_("given"), null=True, blank=True)
    basis = models.CharField(_("legal basis"), max_length=20, blank=True)
    source = models.CharField(_("where it was given"), max_length=200, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    revoked_by = models.CharField(max_length=150, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "purpose"),
                name="consent_once_in_force",
                condition=models.Q(revoked_at__isnull=True),
            ),
            at_iff_by("revoked", "consent"),
        )

    def __str__(self) -> str:
        return f"consent #{self.pk}"


def consents_of(subject: Subject) -> ConsentQuerySet:
    """Return the consents of a person: theirs, and those given under what they name.

    A list of consents knows people by an address or a number, before they ask.
    """
    known = subject.identifiers.values_list("kind", "normalized")
    named = models.Q(pk=subject.pk)
    for kind, value in known:
        named |= models.Q(identifiers__kind=kind, identifiers__normalized=value)
    return Consent.objects.filter(subject__in=Subject.objects.filter(named))


def revoke(subject: Subject, purpose: str, *, by: str, at: datetime) -> list[Consent]:
    """Take back a person's consents to a purpose, known to us or not; return them.

    Taken back already, the first withdrawal stands. GDPR Art. 7(3).
    """
    consents = consents_of(subject).filter(purpose=purpose)
    in_force = list(consents.in_force().select_for_update())
    if not in_force and (former := consents.last()):
        return [former]
    found = in_force or [Consent(subject=subject, purpose=purpose)]
    for consent in found:
        consent.revoked_by, consent.revoked_at = by, at
        consent.save()
    return found
