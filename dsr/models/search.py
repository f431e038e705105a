"""The search for a person's data, system by system, and what is withheld."""

import json
from collections.abc import Iterator
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dsr.models.case import storage_name
from dsr.models.ticket import Ticket
from dsr.vocabulary import SearchState
from subjects.models import Work, WorkQuerySet, at_iff_by, work_index


class SearchQuerySet(WorkQuerySet["SearchTask"]):
    """The questions the worker and the desk ask."""

    def unreachable(self) -> Self:
        """Keep the searches in systems that did not answer."""
        return self.filter(state=SearchState.UNREACHABLE)

    def with_health(self) -> Self:
        """Keep the searches that found data on health."""
        return self.exclude(health={})


class SearchTask(Work):
    """The search in one system, for one ticket.

    `findings` is a file of JSON lines `{"collection", "row", "record"}`;
    `counts` the number of records in each collection. `health` says, of a collection
    that has any, which of its fields are data on health, in how many records, and
    whether it is nothing else: `{"fields": […], "records": 3, "whole": false}`.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="searches"
    )
    system = models.CharField(_("system"), max_length=100)
    state = models.CharField(
        _("state"), max_length=12, choices=SearchState, default=SearchState.WAITING
    )
    counts = models.JSONField(_("records"), default=dict, blank=True)
    health = models.JSONField(_("health data"), default=dict, blank=True)
    findings = models.FileField(_("findings"), upload_to=storage_name, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    done_at = models.DateTimeField(_("searched"), null=True, blank=True)
    excused_at = models.DateTimeField(null=True, blank=True)
    excused_by = models.CharField(max_length=150, blank=True)
    excuse = models.TextField(_("why it was not searched"), blank=True)

    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        ordering = ("system",)
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "system"), name="search_once_a_system"
            ),
            at_iff_by("excused", "search"),
        )
        indexes = (work_index("search_due"),)

    def __str__(self) -> str:
        return f"{self.system} #{self.pk}"

    @property
    def total(self) -> int:
        """How many records were found."""
        return sum(self.counts.values())

    @property
    def is_open(self) -> bool:
        """Whether the system is neither searched nor excused."""
        return self.state in SearchState.STILL_OPEN

    def read(self) -> Iterator[dict[str, Any]]:
        """Yield what was found: `{"collection", "row", "record"}` a record."""
        if not self.findings:
            return
        with self.findings.open("rb") as lines:
            for line in lines:
                yield json.loads(line)

    def health_fields(self, collection: str) -> frozenset[str]:
        """Return which fields of a collection are data on health."""
        return frozenset(self.health.get(collection, {}).get("fields", ()))

    @property
    def health_records(self) -> int:
        """How many records hold data on health."""
        return sum(one["records"] for one in self.health.values())

    @property
    def health_field_count(self) -> int:
        """How many fields, over all collections, are data on health."""
        return sum(len(one["fields"]) for one in self.health.values())


EVERY_ROW = 0  # rows are counted from 1


class Withholding(models.Model):
    """A field, a whole record or passages of a text, kept out of the copy, and why.

    An empty `field` means the whole record; a dotted one lies in an object. With
    `passages` only these are blacked out of the field, and its rest is given. The
    `row` EVERY_ROW means that of every record, such as a column; with `where_text`, of
    every record in which `where_field`, or with an empty one any field, says this: a
    rule. `note` is the balancing, for the file; `law` the national article that the
    person is told of. GDPR Arts. 15(4) and 23.
    """

    search = models.ForeignKey(
        SearchTask, on_delete=models.CASCADE, related_name="withheld"
    )
    collection = models.CharField(max_length=200)
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=200, blank=True)
    where_field = models.CharField(max_length=200, blank=True)
    where_text = models.CharField(max_length=200, blank=True)
    passages = models.JSONField(default=list, blank=True)
    ground = models.CharField(_("ground"), max_length=40)
    note = models.TextField(_("balancing, for the file"))
    law = models.CharField(_("national law"), max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("withheld item")
        verbose_name_plural = _("withheld items")
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "search",
                    "collection",
                    "row",
                    "field",
                    "where_field",
                    "where_text",
                ),
                name="withheld_once",
            ),
            models.CheckConstraint(
                name="withholding_rule_is_of_every_row",
                condition=models.Q(row=EVERY_ROW) | models.Q(where_text=""),
            ),
            at_iff_by("added", "withholding"),
            models.CheckConstraint(
                name="withholding_has_a_note", condition=~models.Q(note="")
            ),
            models.CheckConstraint(
                name="withholding_names_the_law_that_restricts",
                condition=~models.Q(ground="legal_restriction", law=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.collection} #{self.pk}"
