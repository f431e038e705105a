"""The calendar of public holidays: what is in it, what the DPO adds or takes back."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr import casework
from dsr.casework import Recomputed
from dsr.clock.deadline import FIRST_YEAR, LAST_YEAR
from dsr.controller import current
from dsr.desk.calendar_forms import HolidayForm, RemoveForm
from dsr.desk.dates_moved import moved_by
from dsr.desk.days import Today, today
from dsr.desk.languages import reader_language
from dsr.desk.permissions import DPO, actor
from dsr.desk.site import desk
from dsr.desk.timeline import moment
from dsr.models import (
    DESK,
    LedgerEntry,
    PublicHoliday,
    Ticket,
    computed_otherwise,
)
from dsr.models.holiday import HolidayQuerySet
from dsr.policy import PolicyError
from dsr.vocabulary import Event

CHANGES = (Event.HOLIDAY_ADDED, Event.HOLIDAY_REMOVED, Event.DATES_RECOMPUTED)


@dataclass(frozen=True, slots=True)
class Row:
    """A public holiday as the list shows it; `record` if the desk added it."""

    day: date
    name: str
    source: str
    record: PublicHoliday | None


@desk.page("calendar/", name="calendar", roles=DPO, nav=gettext_lazy("Public holidays"))
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a year's holidays; add one, then lead to what it moved."""
    bound = request.method == "POST"
    form = HolidayForm(request.POST) if bound else HolidayForm()
    now, refusal = today(), ""
    if form.is_valid():
        try:
            done = casework.add_holiday(form.holiday(), by=actor(request), at=now.at)
        except PolicyError as error:
            refusal = str(error)
        else:
            return _show(request, done)
    year = _year(request, now)
    return desk.render(
        request,
        "calendar.html",
        title=_("Public holidays"),
        status=409 if refusal else 400 if bound else 200,
        form=form,
        refusal=refusal,
        year=year,
        years=[one for one in (year - 1, year + 1) if FIRST_YEAR <= one <= LAST_YEAR],
        calendar=now.calendar,
        rows=_rows(now, year),
        removed=_removed(year),
        outdated=Ticket.objects.filter(computed_otherwise()).count(),
    )


@desk.page("calendar/<int:pk>/remove/", name="remove_holiday", roles=DPO)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a holiday is none; take it back, then lead to what that moved."""
    holiday = get_object_or_404(PublicHoliday, pk=pk)
    bound = request.method == "POST"
    form = RemoveForm(request.POST) if bound else RemoveForm()
    refusal = ""
    if form.is_valid():
        why, by, at = form.cleaned_data["why"], actor(request), today().at
        try:
            return _show(request, casework.remove_holiday(pk, why=why, by=by, at=at))
        except PolicyError as error:
            refusal = str(error)
    return desk.render(
        request,
        "holiday_remove.html",
        title=_("Remove the public holiday"),
        status=409 if refusal else 400 if bound else 200,
        form=form,
        refusal=refusal,
        holiday=holiday,
        name=holiday.names.text(reader_language()),
    )


@desk.page("calendar/recompute/", name="recompute", roles=DPO, methods=("POST",))
def recompute(request: HttpRequest) -> HttpResponse:
    """Compute anew what was computed otherwise, then lead to what moved."""
    try:
        done = casework.recompute(by=actor(request), at=today().at)
    except PolicyError as error:
        messages.error(request, str(error))
        return redirect("admin:calendar")
    return _show(request, done)


@desk.page(
    "calendar/change/<int:number>/",
    name="calendar_change",
    roles=DPO,
    methods=("GET", "HEAD"),
)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Show which tickets a change of the calendar or the policy moved, and how."""
    line = get_object_or_404(
        LedgerEntry, reference=DESK, number=number, event__in=CHANGES
    )
    return desk.render(
        request,
        "calendar_change.html",
        title=_("What moved"),
        change=moment(line),
        moved=moved_by(line),
    )


def _show(request: HttpRequest, done: Recomputed) -> HttpResponse:
    if done.change is None:
        messages.info(request, _("Every open ticket is up to date; nothing moved."))
        return redirect("admin:calendar")
    return redirect("admin:calendar_change", done.change)


def _year(request: HttpRequest, now: Today) -> int:
    """Return the year asked for; this year when it is none the clock can compute."""
    asked = request.GET.get("year", "")
    known = asked.isascii() and asked.isdecimal() and len(asked) == len(str(LAST_YEAR))
    year = int(asked) if known else now.day.year
    return year if FIRST_YEAR <= year <= LAST_YEAR else now.day.year


def _rows(now: Today, year: int) -> list[Row]:
    added = {one.day: one for one in _of_the_desk().in_force()}
    language = reader_language()
    return [
        Row(one.day, one.names.text(language), one.source, added.get(one.day))
        for one in now.calendar.holidays(year).values()
    ]


def _removed(year: int) -> list[Row]:
    rows = _of_the_desk().filter(removed_at__isnull=False, day__year=year)
    language = reader_language()
    return [Row(one.day, one.names.text(language), one.source, one) for one in rows]


def _of_the_desk() -> HolidayQuerySet:
    return PublicHoliday.objects.of(current().identity.jurisdiction)
