"""Orders to systems: what each was to do, whether it is done, and why not."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dsr.desk.act_page import case_url
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.models import SystemOrder


class Undone(admin.SimpleListFilter):
    """Those that a machine tried to carry out in vain."""

    title = _("last attempt")
    parameter_name = "undone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer them alone."""
        return [("yes", str(_("could not be carried out")))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[SystemOrder]
    ) -> QuerySet[SystemOrder]:
        """Keep them if asked for."""
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=SystemOrder.objects.all().not_carried_out())


@admin.register(SystemOrder, site=desk)
class SystemOrderAdmin(ReadOnlyAdmin[SystemOrder]):
    """Every order to every system, with why it could not be carried out."""

    list_display = ("ticket_of", "system", "act", "state", "when", "last_error")
    list_display_links = None
    list_filter = (Undone, "state", "act", "system")
    list_select_related = ("ticket__case",)
    ordering = ("-pk",)
    date_field = "ordered_at"

    @admin.display(description=_("Reference"))
    def ticket_of(self, order: SystemOrder) -> SafeString:
        """Lead to the card on which it is answered for."""
        url, reference = case_url(order.ticket), order.ticket.case.reference
        return format_html('<a href="{}">{}</a>', url, reference)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the card on which it is answered for."""
        if not object_id.isdecimal():
            raise Http404
        return redirect(case_url(get_object_or_404(SystemOrder, pk=object_id).ticket))
