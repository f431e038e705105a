"""The tray: mails to be looked at, each with what the reader made of it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dsr.desk.days import today
from dsr.desk.permissions import actor
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.desk.tray_letter import Letter
from dsr.desk.tray_page import arrival_page
from dsr.intake.mailbox import aside
from dsr.models import Arrival, ArrivalResult, BlockedSender
from dsr.policy import PolicyError

URGENT, UNSEEN, UNSENT = "urgent", "unseen", "unsent"


class TrayFilter(admin.SimpleListFilter):
    """What became of the mails; those in the tray unless asked otherwise."""

    title = _("what became of it")
    parameter_name = "result"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """Offer every result, what is urgent, what nobody has looked over, and all."""
        urgent = (URGENT, _("waits in the tray, of an authority or a court"))
        unseen = (UNSEEN, _("put aside by the machine, not looked over"))
        unsent = (UNSENT, _("with a mail that could not be sent"))
        others = (urgent, unseen, unsent, ("all", _("all")))
        return [*ArrivalResult.choices, *others]

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
        some = {
            URGENT: queryset.in_tray().filter(is_urgent=True),
            UNSEEN: queryset.not_looked_over(),
            UNSENT: queryset.unsent(),
            "all": queryset,
        }
        return some.get(chosen, queryset.filter(result=chosen))


@admin.register(Arrival, site=desk)
class ArrivalAdmin(ReadOnlyAdmin[Arrival]):
    """Every mail that reached the mailbox; the list begins with the tray."""

    date_field = "received_at"
    list_display = ("opened", "when", "result", "reason", "proposed", "seen", "case")
    list_display_links = None
    list_filter = (TrayFilter, "received_at")
    list_select_related = ("case",)
    actions = ("look_over",)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Begin the tray with what is urgent, then the oldest; else the newest."""
        if request.GET.get(TrayFilter.parameter_name, ArrivalResult.TRAY) == "tray":
            return ("-is_urgent", "received_at", "pk")
        return ("-received_at", "-pk")

    def get_actions(self, request: HttpRequest, *args: Any) -> Any:
        """Offer to tick off only where there is something put aside."""
        chosen = request.GET.get(TrayFilter.parameter_name, ArrivalResult.TRAY)
        aside_too = (UNSEEN, "all", ArrivalResult.IGNORED, ArrivalResult.SPAM)
        return super().get_actions(request, *args) if chosen in aside_too else {}

    @admin.action(description=_("Looked over: rightly put aside"))
    def look_over(self, request: HttpRequest, queryset: QuerySet[Arrival]) -> None:
        """Note that the mails ticked were seen."""
        chosen = queryset.values_list("pk", flat=True)
        try:
            number = aside.look_over(list(chosen), by=actor(request), at=today().at)
        except PolicyError as error:
            messages.error(request, str(error))
            return
        said = ngettext(
            "%(number)d mail looked over.", "%(number)d mails looked over.", number
        )
        messages.success(request, said % {"number": number})

    @admin.display(description=_("Mail"))
    def opened(self, arrival: Arrival) -> SafeString:
        """Lead to the letter; what an authority writes says so."""
        url = reverse("admin:dsr_arrival_change", args=[arrival.pk])
        link = format_html('<a href="{}">{} {}</a>', url, _("mail"), arrival.pk)
        if not arrival.is_urgent:
            return link
        urgent = _("urgent: an authority or a court")
        return format_html('{} <strong class="flag urgent">⚠ {}</strong>', link, urgent)

    @admin.display(description=_("Proposal"))
    def proposed(self, arrival: Arrival) -> str:
        """Name the rights that the reader found."""
        return ", ".join(Letter(arrival).rights.values())

    @admin.display(description=_("Seen by"))
    def seen(self, arrival: Arrival) -> str:
        """Name who settled it, or looked it over."""
        return arrival.settled_by or arrival.looked_over_by

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
        return arrival_page(request, find_arrival(object_id))


@admin.register(BlockedSender, site=desk)
class BlockedSenderAdmin(ReadOnlyAdmin[BlockedSender]):
    """Whose mail is listed as spam, and the way to end that."""

    date_field = "blocked_at"
    list_display = ("address", "when", "blocked_by")
    list_display_links = None
    actions = ("unblock",)

    @admin.action(description=_("No longer block"))
    def unblock(self, request: HttpRequest, queryset: QuerySet[BlockedSender]) -> None:
        """Read the mail of the senders ticked as anybody's again."""
        try:
            for pk in queryset.values_list("pk", flat=True):
                aside.unblock_sender(pk, by=actor(request), at=today().at)
        except PolicyError as error:
            messages.error(request, str(error))
        else:
            said = _("Done. What came meanwhile stays listed as spam: look it over.")
            messages.success(request, str(said))


def find_arrival(pk: int | str) -> Arrival:
    """Return a mail, or raise Http404."""
    if not str(pk).isdecimal():
        raise Http404
    return get_object_or_404(Arrival.objects.select_related("case"), pk=pk)
