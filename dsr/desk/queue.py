"""The queue: one row a ticket, the earliest legal day first."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.desk.conditions import annotated
from dsr.desk.days import Today, short_day, time_left, today
from dsr.desk.filters import (
    DueFilter,
    GroupFilter,
    MonthFilter,
    OwnerFilter,
    PersonFilter,
    StandFilter,
)
from dsr.desk.permissions import CASES, REGISTERS, has_role
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.desk.words import flags_of, next_step
from dsr.models import Ticket

# Lists that somebody wants every morning; each is a set of filters.
VIEWS = (
    (gettext_lazy("Everything open"), ""),
    (gettext_lazy("Mine"), "owner=me"),
    (gettext_lazy("Taken by nobody"), "owner=nobody"),
    (gettext_lazy("Due within 5 working days"), "due=5"),
    (gettext_lazy("Overdue"), "due=overdue"),
    (gettext_lazy("To decide"), "stand=to_decide"),
    (gettext_lazy("Waiting for them"), "stand=waiting"),
)


def _left_column(now: Today) -> Callable[[Ticket], str]:
    """Return the column of the time left: all rows share one day and one calendar."""

    @admin.display(description=_("Time left"), ordering="due_strict")
    def left(ticket: Ticket) -> str:
        """Say how many working days are left, in words and by a shape."""
        if not ticket.is_open:
            return "–"
        left = time_left(ticket.due_strict, now)
        return format_html(
            '<span class="left left-{}"><span aria-hidden="true">{}</span> {}</span>',
            left.urgency,
            left.shape,
            left.words,
        )

    return left


@admin.register(Ticket, site=desk)
class TicketAdmin(ReadOnlyAdmin[Ticket]):
    """Tickets by urgency. Auditors read them too, but open no case."""

    roles = REGISTERS
    change_list_template = "admin/dsr/ticket/change_list.html"
    list_display = (
        "reference",
        "right",
        "person",
        "where",
        "legal_day",
        "next_step",
        "owner",
        "flags",
    )
    list_display_links = None
    list_filter = (
        GroupFilter,
        DueFilter,
        StandFilter,
        OwnerFilter,
        MonthFilter,
        PersonFilter,
        "right_code",
    )
    list_select_related = ("case__subject",)
    sortable_by = ("legal_day", "owner", "where", "right")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ticket]:
        """Return every ticket with its alarms."""
        return annotated(Ticket.objects.all(), today())

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Put the earliest strict day first."""
        return ("due_strict", "pk")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Show the queue under the ready-made lists."""
        known = {
            "title": _("Queue"),
            "views": [(label, f"?{filters}") for label, filters in VIEWS],
            "chosen_view": f"?{request.META.get('QUERY_STRING', '')}",
        }
        return super().changelist_view(request, known | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Go to the case: a ticket is worked on there."""
        number = int(object_id) if object_id.isdecimal() else 0
        ticket = get_object_or_404(Ticket, pk=number)
        url = reverse("admin:dsr_case_change", args=[ticket.case_id])
        return redirect(f"{url}#ticket-{ticket.pk}")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Link the reference for those who may open the case; count the time once."""
        first = "opened" if has_role(request, CASES) else "reference"
        rest = self.list_display[1:]
        place = rest.index("legal_day") + 1
        return (first, *rest[:place], _left_column(today()), *rest[place:])

    @admin.display(description=gettext_lazy("Reference"))
    def reference(self, ticket: Ticket) -> str:
        """Name the case."""
        return ticket.case.reference

    @admin.display(description=gettext_lazy("Reference"))
    def opened(self, ticket: Ticket) -> SafeString:
        """Name the case, and lead to this ticket's card on its page."""
        url = reverse("admin:dsr_case_change", args=[ticket.case_id])
        return format_html(
            '<a href="{}#ticket-{}">{}</a>', url, ticket.pk, ticket.case.reference
        )

    @admin.display(description=gettext_lazy("Right"), ordering="right_code")
    def right(self, ticket: Ticket) -> str:
        """Name the right."""
        return ticket.get_right_code_display()

    @admin.display(description=gettext_lazy("Person"))
    def person(self, ticket: Ticket) -> str:
        """Show initials; the name stands on the case page."""
        return ticket.case.subject.initials

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def where(self, ticket: Ticket) -> str:
        """Say where it stands."""
        return str(ticket.get_state_display())

    @admin.display(description=gettext_lazy("Legal day"), ordering="due_strict")
    def legal_day(self, ticket: Ticket) -> SafeString:
        """Show the strict day, and the day with suspensions where it differs."""
        strict = short_day(ticket.due_strict)
        if ticket.due is None:
            return format_html("{} <small>{}</small>", strict, _("suspended"))
        if ticket.due == ticket.due_strict:
            return format_html("{}", strict)
        with_pauses = _("with pauses %(day)s") % {"day": short_day(ticket.due)}
        return format_html("{} <small>{}</small>", strict, with_pauses)

    @admin.display(description=gettext_lazy("Next"))
    def next_step(self, ticket: Ticket) -> str:
        """Say what has to happen next."""
        return str(next_step(ticket))

    @admin.display(description=gettext_lazy("Flags"))
    def flags(self, ticket: Ticket) -> SafeString:
        """Name what is special about the ticket."""
        return format_html_join(
            " ", '<span class="flag">{}</span>', ((flag,) for flag in flags_of(ticket))
        )
