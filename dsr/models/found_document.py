"""A document a system's owner handed in: a file beside its line in the findings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.case import storage_name
from dsr.models.search import SearchTask


class FoundDocument(models.Model):
    """The file of row `row` of the documents that a search found.

    Name, kind, size and digest stand in the findings, where they are reviewed and
    withheld like any other record.
    """

    search = models.ForeignKey(
        SearchTask, on_delete=models.CASCADE, related_name="documents"
    )
    row = models.PositiveIntegerField()
    content_type = models.CharField(_("kind"), max_length=100)
    file = models.FileField(_("file"), upload_to=storage_name)
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("document found")
        verbose_name_plural = _("documents found")
        ordering = ("row",)
        constraints = (
            models.UniqueConstraint(
                fields=("search", "row"), name="found_document_one_a_row"
            ),
        )

    def __str__(self) -> str:
        return f"document #{self.pk}"
