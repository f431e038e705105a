"""A letter: draft → approved → queued → sent, as a row that a worker sends."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.case import Case, storage_name
from dsr.models.ticket import Ticket
from dsr.vocabulary import LetterKind, LetterState
from subjects.models import Work, WorkQuerySet, at_iff_by, work_index


class LetterQuerySet(WorkQuerySet["Letter"]):
    """The questions the sender and the desk ask."""

    def to_approve(self) -> Self:
        """Keep the drafts that wait for an officer."""
        return self.filter(state=LetterState.DRAFT)

    def to_post(self) -> Self:
        """Keep those that go on paper and wait to be posted."""
        return self.filter(state=LetterState.QUEUED, to_email="")

    def returned(self) -> Self:
        """Keep those that a mail server gave up, and nobody has looked after."""
        return self.filter(Letter.RETURNED)


class Letter(Work):
    """One letter to a person, or about them to a recipient; kept as it was sent.

    `parts` holds the free texts an officer wrote; `text` the mail and `pdf` the
    full letter, both fixed at approval. `message_id` stays the same however
    often a mail is sent, so that a repeat can be recognised. A mail server's report
    that a sent letter did not arrive leaves it sent, and stands beside it.
    """

    # The letter that came back, if this one repeats it.
    again_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="repeats", null=True, blank=True
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="letters", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=30, choices=LetterKind)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"), max_length=10, choices=LetterState, default=LetterState.DRAFT
    )
    parts = models.JSONField(_("free texts"), default=dict, blank=True)
    to_name = models.CharField(
        _("to whom, if not the person"), max_length=250, blank=True
    )
    to_email = models.EmailField(_("to"), blank=True)
    to_address = models.TextField(_("to, by post"), blank=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(_("mail as sent"), blank=True)
    pdf = models.FileField(_("letter as sent"), upload_to=storage_name, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(_("written"))
    created_by = models.CharField(max_length=150)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.CharField(max_length=150, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    proof = models.CharField(_("proof of dispatch"), max_length=250, blank=True)
    delayed_at = models.DateTimeField(_("delayed"), null=True, blank=True)
    undelivered_at = models.DateTimeField(_("not delivered"), null=True, blank=True)
    undelivered_code = models.CharField(_("code"), max_length=20, blank=True)
    looked_after_at = models.DateTimeField(_("looked after"), null=True, blank=True)
    looked_after_by = models.CharField(max_length=150, blank=True)

    # A mail server gave it up, and nobody has looked after it.
    RETURNED = models.Q(undelivered_at__isnull=False, looked_after_at__isnull=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("created_at", "pk")
        constraints = (
            at_iff_by("created", "letter"),
            at_iff_by("approved", "letter"),
            at_iff_by("looked_after", "letter"),
            models.CheckConstraint(
                name="letter_looked_after_if_undelivered",
                condition=models.Q(looked_after_at__isnull=True)
                | models.Q(undelivered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_sent_at_iff_sent",
                condition=models.Q(sent_at__isnull=True) ^ models.Q(state="sent"),
            ),
        )
        indexes = (
            work_index("letter_due"),
            models.Index(
                fields=("undelivered_at",),
                name="letter_returned",
                condition=models.Q(
                    undelivered_at__isnull=False, looked_after_at__isnull=True
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def is_returned(self) -> bool:
        """Whether a mail server gave it up, and nobody has looked after it."""
        return self.undelivered_at is not None and self.looked_after_at is None

    @property
    def may_go_again(self) -> bool:
        """Whether it came back, is of use still, and does not go again already."""
        of_use = self.is_returned and self.kind not in LetterKind.OF_ONE_ADDRESS
        return of_use and not self.repeats.filter(state__in=LetterState.UNSENT).exists()
