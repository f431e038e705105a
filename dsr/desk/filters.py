"""The queue's filters. They stand in the URL, and never hold a person's data."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dsr.desk.conditions import DUE, MONTH, OPEN, STAND, Condition
from dsr.desk.days import today
from dsr.desk.home import QUEUE_LABELS
from dsr.models.ticket import TicketQuerySet
from dsr.vocabulary import State

TOO_LONG = 19  # digits; no database holds such a key
ANSWERING = (
    State.PACKAGING,
    State.EXPORTING,
    *State.CARRYING_OUT,
    State.REPLY_PENDING,
)
GROUPS: dict[str, tuple[Promise, Q]] = {
    "open": (_("open"), OPEN),
    "new": (_("to qualify"), Q(state__in=(State.RECEIVED, State.TRIAGE))),
    "waiting": (_("waiting for them"), Q(state__in=State.WAITING)),
    "working": (
        _("in progress"),
        Q(state__in=(State.IN_PROGRESS, *State.EXAMINING, *State.AT_ONCE)),
    ),
    "deciding": (_("decision pending"), Q(state=State.DECISION_PENDING)),
    "answering": (
        _("answer being prepared"),
        Q(state__in=ANSWERING),
    ),
    "ended": (_("answered or ended"), ~OPEN),
    "all": (_("all"), Q()),
}


class QueueFilter(admin.SimpleListFilter):
    """A filter whose choices are conditions; nothing chosen keeps every row."""

    conditions: Mapping[str, Condition]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer one choice a condition, under the words of the home page."""
        return [(code, str(QUEUE_LABELS[code][1])) for code in self.conditions]

    def queryset(self, request: HttpRequest, queryset: Any) -> TicketQuerySet:
        """Keep the rows of the chosen condition; an unknown one is as none."""
        chosen = self.conditions.get(self.value() or "")
        tickets = cast("TicketQuerySet", queryset)
        return tickets.filter(chosen(today())) if chosen else tickets


class GroupFilter(admin.SimpleListFilter):
    """Which states; open ones unless another group is asked for."""

    title = _("state")
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the groups of states."""
        return [(code, str(label)) for code, (label, _condition) in GROUPS.items()]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Offer the groups; “open” is what one sees without choosing."""
        chosen = self.value() or "open"
        for code, (label, _condition) in GROUPS.items():
            yield {
                "selected": code == chosen,
                "query_string": changelist.get_query_string(
                    {self.parameter_name: code}
                ),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> TicketQuerySet:
        """Keep the rows of the group."""
        _label, condition = GROUPS.get(self.value() or "open", GROUPS["open"])
        return cast("TicketQuerySet", queryset).filter(condition)


class DueFilter(QueueFilter):
    """How near the legal day is."""

    title = _("legal day")
    parameter_name = "due"
    conditions = DUE


class StandFilter(QueueFilter):
    """What a ticket waits for."""

    title = _("what it waits for")
    parameter_name = "stand"
    conditions = STAND


class MonthFilter(QueueFilter):
    """What happened this month."""

    title = _("this month")
    parameter_name = "month"
    conditions = MONTH


class OwnerFilter(admin.SimpleListFilter):
    """Whose ticket it is."""

    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer oneself and nobody; all is what one sees without choosing."""
        return [("me", gettext("me")), ("nobody", gettext("nobody"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> TicketQuerySet:
        """Keep one's own, or those nobody has taken in hand."""
        tickets = cast("TicketQuerySet", queryset)
        keep: dict[str, Callable[[], TicketQuerySet]] = {
            "me": lambda: tickets.filter(owner=request.user.get_username()),
            "nobody": lambda: tickets.filter(owner=""),
        }
        return keep.get(self.value() or "", lambda: tickets)()


class PersonFilter(admin.SimpleListFilter):
    """The persons that a search found, by their numbers; chosen through the search."""

    title = _("person")
    parameter_name = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer what the search brought, and nothing else."""
        chosen = request.GET.get(self.parameter_name)
        return [(chosen, gettext("found by the search"))] if chosen else []

    def queryset(self, request: HttpRequest, queryset: Any) -> TicketQuerySet:
        """Keep the tickets of these persons."""
        tickets = cast("TicketQuerySet", queryset)
        said = (self.value() or "").split(",")
        numbers = [part for part in said if part.isdecimal() and len(part) < TOO_LONG]
        if self.value() is None:
            return tickets
        return tickets.filter(case__subject__in=[int(number) for number in numbers])
