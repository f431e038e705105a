"""A case: what one person sent us once, by one channel."""

import secrets
from typing import Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Upper
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from dsr.reference import make_reference
from dsr.vocabulary import Channel
from subjects.models import Subject, at_iff_by


def storage_name(instance: models.Model, filename: str) -> str:
    """Return a random path: file names given by people never reach the disk."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


# The first of a year makes its row; whoever takes the next one waits for its commit.
NEXT_NUMBER = """
    INSERT INTO dsr_yearnumber (year, last) VALUES (%s, 1)
    ON CONFLICT (year) DO UPDATE SET last = dsr_yearnumber.last + 1
    RETURNING last
"""


class YearNumber(models.Model):
    """The last case number given out in a year; its row is the lock."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

    @classmethod
    def next_reference(cls, year: int) -> str:
        """Take the next number of the year; call it inside the act's transaction."""
        with connection.cursor() as cursor:
            cursor.execute(NEXT_NUMBER, [year])
            (number,) = cursor.fetchone()
        return make_reference(year, number)


class CaseQuerySet(models.QuerySet["Case"]):
    """The questions the doors ask."""

    def of_contact(self, email: str) -> Self:
        """Keep those answered at this address."""
        return self.filter(contact_email__upper=Upper(Value(email.strip())))


class Case(models.Model):
    """What one person sent us once.

    `text` is the person's own words; the bytes as they came lie in a
    `Document` of kind original. `received_at` starts every clock of the case.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    received_at = models.DateTimeField(_("received"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.ForeignKey(
        Subject,
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name=_("person"),
    )
    text = models.TextField(_("the person's words"), blank=True)
    own_reference = models.CharField(
        _("the person's own reference"), max_length=100, blank=True
    )
    contact_email = models.EmailField(_("e-mail for the answer"), blank=True)
    contact_confirmed_at = models.DateTimeField(
        _("address confirmed"), null=True, blank=True
    )
    contact_confirmed_by = models.CharField(max_length=150, blank=True)
    postal_address = models.TextField(_("postal address for the answer"), blank=True)
    agent_name = models.CharField(_("represented by"), max_length=200, blank=True)
    agent_relation = models.CharField(
        _("relation to the person"), max_length=100, blank=True
    )
    opened_by = models.CharField(max_length=150)
    message_id = models.CharField(max_length=998, blank=True, db_index=True)
    # Since when only the register row is left, without the person.
    forgotten_at = models.DateTimeField(_("person forgotten"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ("-received_at",)
        constraints = (
            at_iff_by("contact_confirmed", "case"),
            models.CheckConstraint(
                name="case_can_be_answered",
                condition=~models.Q(contact_email="", postal_address="", channel="web")
                | models.Q(forgotten_at__isnull=False),
            ),
        )
        # Each mail asks for the cases of its sender, in whatever case it is written.
        indexes = (models.Index(Upper("contact_email"), name="case_by_contact"),)

    def __str__(self) -> str:
        return self.reference

    @property
    def language_in_words(self) -> str:
        """Name the language of the answer in the reader's."""
        return str(get_language_info(self.language)["name_translated"])

    @property
    def is_by_agent(self) -> bool:
        """Whether somebody else writes for the person."""
        return bool(self.agent_name or self.agent_relation)

    @property
    def was_spoken(self) -> bool:
        """Whether the person asked by word of mouth."""
        return self.channel in Channel.ORAL

    @property
    def answers_by_post(self) -> bool:
        """Whether the answer must travel on paper."""
        return not self.contact_email


class DocumentKind(models.TextChoices):
    """What a file of a case is."""

    ORIGINAL = "original", _("the request as it came")
    ATTACHMENT = "attachment", _("attachment")
    MANDATE = "mandate", _("mandate")
    PROOF = "proof", _("proof")


class Document(models.Model):
    """A file that belongs to a case, kept as it came."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    file = models.FileField(_("file"), upload_to=storage_name)
    name = models.CharField(_("name given"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    is_health = models.BooleanField(_("holds health data"), default=False)
    added_at = models.DateTimeField(_("added"))
    added_by = models.CharField(_("added by"), max_length=150)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = (at_iff_by("added", "document"),)

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
