"""Public holidays that the desk added to those of the calendar files, on record.

A row is never deleted: what was removed says when, by whom and why, so that the
calendar of any past day can still be shown.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dsr.clock.calendars import Calendar, calendar_for
from dsr.clock.holiday_rules import Holiday
from dsr.clock.languages import Names
from subjects.models import Whether, at_iff_by


class HolidayQuerySet(models.QuerySet["PublicHoliday"]):
    """The questions a calendar asks."""

    def of(self, jurisdiction: str) -> Self:
        """Keep those of a country, or of a Land with those of its country."""
        return self.filter(jurisdiction__in=_codes(jurisdiction))

    def in_force(self, at: datetime | None = None) -> Self:
        """Keep those that stand now, or that stood at an instant."""
        if at is None:
            return self.filter(removed_at__isnull=True)
        return self.filter(added_at__lte=at).exclude(removed_at__lte=at)


class PublicHoliday(models.Model):
    """One day on which no period ends, with the text that makes it a holiday.

    Source: Regulation 1182/71 Art. 2(1): the days designated as such by the Member
    State; the calendar files hold those that come back every year.
    """

    jurisdiction = models.CharField(_("jurisdiction"), max_length=10)
    day = models.DateField(_("day"))
    name_en = models.CharField(_("name in English"), max_length=100)
    name_fr = models.CharField(_("name in French"), max_length=100)
    name_nl = models.CharField(_("name in Dutch"), max_length=100)
    name_de = models.CharField(_("name in German"), max_length=100)
    source = models.CharField(_("source"), max_length=250)
    added_at = models.DateTimeField(_("added"))
    added_by = models.CharField(_("added by"), max_length=150)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = models.CharField(_("removed by"), max_length=150, blank=True)
    removed_because = models.TextField(_("removed because"), blank=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ("day", "pk")
        constraints = (
            at_iff_by("added", "publicholiday"),
            at_iff_by("removed", "publicholiday"),
            models.CheckConstraint(
                name="publicholiday_removed_with_a_reason",
                condition=Q(removed_at__isnull=True) ^ ~Q(removed_because=""),
            ),
            models.UniqueConstraint(
                fields=("jurisdiction", "day"),
                name="publicholiday_stands_once",
                condition=Q(removed_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.day}"

    @property
    def names(self) -> Names:
        """Its name in the four languages."""
        return Names(self.name_en, self.name_fr, self.name_nl, self.name_de)

    @property
    def holiday(self) -> Holiday:
        """The same, as the clock knows it."""
        return Holiday(self.day, self.names, self.source)


def calendar_of(jurisdiction: str, *, at: datetime | None = None) -> Calendar:
    """Return a jurisdiction's calendar with what the desk added; as it stood `at`.

    Raises:
        ValueError: we have no calendar for that code.

    """
    calendar = calendar_for(jurisdiction)
    if at is None and not _is_any_in_force(*_codes(jurisdiction)):
        return calendar
    added = PublicHoliday.objects.of(jurisdiction).in_force(at)
    return calendar.with_holidays(one.holiday for one in added)


def _codes(jurisdiction: str) -> tuple[str, str]:
    """Return a country or a Land, and its country."""
    return jurisdiction, jurisdiction.partition("-")[0]


_is_any_in_force = Whether(
    lambda *codes: PublicHoliday.objects.filter(jurisdiction__in=codes).in_force()
)
