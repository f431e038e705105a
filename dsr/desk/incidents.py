"""Advertising that went out after an objection: the list, and how each is settled."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dsr.casework.tripwire import settle_incident
from dsr.desk.act_forms import reason
from dsr.desk.days import today
from dsr.desk.permissions import CASES, REGISTERS, actor, has_role
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.models import Incident, SendingLog
from dsr.policy import PolicyError

LIST = "admin:dsr_incident_changelist"
COLUMNS = (
    *("when", "channel", "asked_for_by", "objected_at", "source", "line"),
    *("settled_at", "done"),
)


class SettleForm(forms.Form):
    """How it came about, and what was done."""

    done = reason(
        _("How did it come about, and what was done so that it stops?"),
        _("Name the program and the campaign; say whether it is a breach to report."),
    )


class SettledFilter(admin.SimpleListFilter):
    """Whether somebody has looked after it."""

    title = _("stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what is to be looked after, and what was."""
        return [("open", _("to settle")), ("settled", _("settled"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Incident]
    ) -> QuerySet[Incident]:
        """Keep the ones asked for."""
        if self.value() is None:
            return queryset
        return queryset.filter(settled_at__isnull=self.value() == "open")


@admin.register(Incident, site=desk)
class IncidentAdmin(ReadOnlyAdmin[Incident]):
    """The incidents, the latest message first; they name no address."""

    roles = REGISTERS
    date_field = "sent_at"
    list_display = COLUMNS
    list_display_links = None
    list_filter = (SettledFilter, "channel")
    list_select_related = ("entry",)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Offer the act to those who may do it."""
        return (*COLUMNS, "act") if has_role(request, CASES) else COLUMNS

    @admin.display(description=_("Asked for by"))
    def asked_for_by(self, incident: Incident) -> str:
        """Name the ticket of the objection."""
        return incident.entry.reference

    @admin.display(description=_("What to do"))
    def act(self, incident: Incident) -> SafeString | str:
        """Lead to the page that settles it."""
        if incident.settled_at is not None:
            return ""
        url = reverse("admin:incident", args=[incident.pk])
        return format_html('<a href="{}">{}</a>', url, _("Settle"))


@admin.register(SendingLog, site=desk)
class SendingLogAdmin(ReadOnlyAdmin[SendingLog]):
    """Every log of advertising that a system holds: when last compared, or why not."""

    roles = REGISTERS
    list_display = ("address", "checked_at", "last_error")
    list_display_links = None
    fields = list_display


@desk.page("incident/<int:pk>/", name="incident", roles=CASES)
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what was done about a message that should not have gone out."""
    found = get_object_or_404(Incident.objects.select_related("entry"), pk=pk)
    bound = request.method == "POST"
    form = SettleForm(request.POST) if bound else SettleForm()
    refusal = ""
    if form.is_valid():
        try:
            settle_incident(pk, **form.cleaned_data, by=actor(request), at=today().at)
            messages.success(request, _("Settled; it stays in the list."))
            return redirect(f"{reverse(LIST)}?stand=open")
        except PolicyError as error:
            refusal = str(error)
    return desk.render(
        request,
        "incident.html",
        title=_("Settle"),
        status=409 if refusal else 400 if bound else 200,
        incident=found,
        form=form,
        refusal=refusal,
        back=f"{reverse(LIST)}?stand=open",
    )
