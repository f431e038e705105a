"""The tray: mails to be looked at, each with what the reader made of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.desk.tray_forms import CaseForm, NothingForm, RightsForm
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.intake.mailbox.reading import read
from dsr.models import Arrival, ArrivalResult
from dsr.vocabulary import RightCode


@dataclass(frozen=True, slots=True)
class Quote:
    """A right that the reader proposes, with the words it rests on."""

    right: str
    words: str


class TrayFilter(admin.SimpleListFilter):
    """What became of the mails; those in the tray unless asked otherwise."""

    title = _("what became of it")
    parameter_name = "result"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """Offer every result, and all."""
        return [*ArrivalResult.choices, ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        """Offer the results; the tray is what one sees without choosing."""
        chosen = self.value() or ArrivalResult.TRAY
        for code, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: code})
            yield {
                "selected": code == chosen,
                "query_string": query,
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the mails with the chosen result."""
        chosen = self.value() or ArrivalResult.TRAY
        return queryset if chosen == "all" else queryset.filter(result=chosen)


@admin.register(Arrival, site=desk)
class ArrivalAdmin(ReadOnlyAdmin[Arrival]):
    """Every mail that reached the mailbox; the list begins with the tray."""

    date_field = "received_at"
    list_display = ("opened", "when", "result", "reason", "proposed", "case")
    list_display_links = None
    list_filter = (TrayFilter, "received_at")
    list_select_related = ("case",)

    @admin.display(description=_("Mail"))
    def opened(self, arrival: Arrival) -> SafeString:
        """Lead to the letter."""
        url = reverse("admin:dsr_arrival_change", args=[arrival.pk])
        return format_html('<a href="{}">{} {}</a>', url, _("mail"), arrival.pk)

    @admin.display(description=_("Proposal"))
    def proposed(self, arrival: Arrival) -> str:
        """Name the rights that the reader found."""
        return ", ".join(str(label) for label in rights_proposed(arrival).values())

    @method_decorator(require_safe)
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the letter, what the reader proposes, and what can be done with it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        arrival = find_arrival(object_id)
        return arrival_page(request, arrival)


def find_arrival(pk: int | str) -> Arrival:
    """Return a mail, or raise Http404."""
    if not str(pk).isdecimal():
        raise Http404
    return get_object_or_404(Arrival.objects.select_related("case"), pk=pk)


def arrival_page(
    request: HttpRequest, arrival: Arrival, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Return the page of one mail; `context` may hold a bound form and a refusal."""
    rights = list(rights_proposed(arrival))
    reference = arrival.proposal.get("case_reference") or ""
    forms = {
        "open_form": RightsForm(initial={"rights": rights}),
        "attach_form": CaseForm(initial={"reference": reference}),
        "nothing_form": NothingForm(),
    }
    return desk.render(
        request,
        "arrival.html",
        title=_("Mail in the tray"),
        status=status,
        arrival=arrival,
        mail=mail_of(arrival),
        quotes=quotes_of(arrival),
        waits=arrival.result == ArrivalResult.TRAY,
        **(forms | context),
    )


def mail_of(arrival: Arrival) -> ParsedMail:
    """Read the mail anew from its bytes."""
    with arrival.raw.open("rb") as raw:
        return read(raw.read())


def rights_proposed(arrival: Arrival) -> dict[str, str]:
    """Return the rights of the proposal with their labels, those that we know."""
    labels = dict(RightCode.choices)
    codes = arrival.proposal.get("rights", [])
    return {code: str(labels[code]) for code in codes if code in labels}


def quotes_of(arrival: Arrival) -> list[Quote]:
    """Return the words that each proposed right rests on."""
    labels = dict(RightCode.choices)
    return [
        Quote(str(labels.get(one["right"], one["right"])), one["quote"])
        for one in arrival.proposal.get("evidence", [])
    ]
