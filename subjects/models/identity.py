"""Who is asking: a person, and by what they can be found."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models.functions import Upper
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from subjects.models.keyed import digest_of, normal
from subjects.models.work import at_iff_by

# As `name__upper`: unlike `name__iexact`, it finds its index in every database.
models.CharField.register_lookup(Upper)


class Subject(models.Model):
    """A person whose data we may hold. What we know of them is what they told us."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    postal_address = models.TextField(_("postal address"), blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = (models.Index(Upper("name"), name="subject_by_name"),)

    def __str__(self) -> str:
        return f"#{self.pk}"

    @cached_property
    def known_by(self) -> "list[Identifier]":
        """By what they can be found, as it is when it is first asked for."""
        return list(self.identifiers.all())

    @property
    def initials(self) -> str:
        """How lists show the person."""
        return "".join(f"{word[0]}." for word in self.name.split()[:3] if word) or "–"


class IdentifierQuerySet(models.QuerySet["Identifier"]):
    """The questions the matching asks."""

    def matching(self, kind: str, value: str) -> Self:
        """Keep those that say the same as this."""
        return self.filter(kind=kind, normalized=normal(kind, value))

    def verified(self) -> Self:
        """Keep those that we know to be the person's own.

        Only these may be searched for: an unproven one would hand a stranger
        somebody else's data.
        """
        return self.filter(verified_at__isnull=False)

    def bulk_create(
        self, objs: Iterable["Identifier"], *args: Any, **kwargs: Any
    ) -> list["Identifier"]:
        """Insert rows at once, each with its digest."""
        found = list(objs)
        for one in found:
            one.digest = digest_of(one.kind, one.value)
        return super().bulk_create(found, *args, **kwargs)


class Identifier(models.Model):
    """One thing by which a person can be found, such as a customer number.

    `digest` is what other programs ask by; it is made whenever the row is saved.
    """

    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, related_name="identifiers"
    )
    kind = models.CharField(_("kind"), max_length=20)
    value = models.CharField(_("value"), max_length=254)
    normalized = models.CharField(max_length=254, editable=False)
    digest = models.CharField(max_length=64, editable=False, db_index=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    verified_by = models.CharField(_("verified by"), max_length=150, blank=True)

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "kind", "normalized"), name="identifier_once"
            ),
            at_iff_by("verified", "identifier"),
        )
        indexes = (models.Index(fields=("kind", "normalized")),)

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row with its digest under the key of today."""
        self.digest = digest_of(self.kind, self.value)
        super().save(*args, **kwargs)

    def verify(self, *, by: str, at: datetime) -> None:
        """Record that this is the person's own; the first proof stands."""
        if self.verified_at is None:
            self.verified_at, self.verified_by = at, by
