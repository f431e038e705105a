"""Where each field found came from, and whether it may be taken along. Art. 20(1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.vocabulary import LeftBehind
from subjects.models import at_iff_by


class ProvenanceMap(models.Model):
    """The fields of the collections in which something was found, names only.

    `fields` is a list of `{"collection", "field", "left"}`; `left` says why a field
    stays behind (`LeftBehind`), and is empty where it is taken along.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, related_name="provenance"
    )
    fields = models.JSONField(_("fields"), default=list)
    drawn_at = models.DateTimeField(_("drawn"))
    drawn_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("map of origins")
        verbose_name_plural = _("maps of origins")
        constraints = (at_iff_by("drawn", "provenance"),)

    def __str__(self) -> str:
        return f"map #{self.pk}"

    @property
    def taken(self) -> list[str]:
        """The fields that are taken along, with their collections."""
        return [self._name(one) for one in self.fields if not one["left"]]

    @property
    def left(self) -> list[tuple[str, list[str]]]:
        """The fields that stay behind, by the reason why."""
        found: dict[str, list[str]] = {}
        for one in self.fields:
            if one["left"]:
                found.setdefault(one["left"], []).append(self._name(one))
        return [(str(LeftBehind(why).label), names) for why, names in found.items()]

    def _name(self, one: dict[str, str]) -> str:
        return f"{one['collection']}.{one['field']}"
