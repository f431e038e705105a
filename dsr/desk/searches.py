"""Searches: which system was asked, what it holds, what is kept out of the copy."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr import casework
from dsr.desk.act_forms import reason
from dsr.desk.days import today
from dsr.desk.downloads import note_seen
from dsr.desk.finding_pages import case_of, find_search, search_form, seen
from dsr.desk.findings import ALL, GIVEN, OTHERS, WITHHELD, Asked, Page, Table
from dsr.desk.permissions import CASES, FINDINGS, actor
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.desk.withholding import items_of
from dsr.models import FoundDocument, SearchTask
from dsr.policy import PolicyError
from subjects.systems.people import DOCUMENTS
from subjects.systems.shape import Address


@admin.register(SearchTask, site=desk)
class SearchTaskAdmin(ReadOnlyAdmin[SearchTask]):
    """Every search of every ticket, with why it failed."""

    list_display = ("found", "system", "state", "records", "last_error")
    list_display_links = None
    list_filter = ("state", "system")
    list_select_related = ("ticket__case",)
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("Reference"))
    def found(self, search: SearchTask) -> SafeString:
        """Lead to what was found."""
        url = reverse("admin:findings", args=[search.pk])
        return format_html('<a href="{}">{}</a>', url, search.ticket.case.reference)

    @admin.display(description=gettext_lazy("Records"))
    def records(self, search: SearchTask) -> int:
        """Count what was found."""
        return search.total

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what was found."""
        if not object_id.isdecimal():
            raise Http404
        return redirect("admin:findings", int(object_id))


class ExcuseForm(forms.Form):
    """Why the answer goes out without this system."""

    excuse = reason(
        gettext_lazy("Why is this system not searched?"),
        gettext_lazy("An auditor will read this."),
    )


@desk.page("search/<int:pk>/", name="findings", roles=FINDINGS, methods=("GET",))
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a system holds, one table a collection, a page at a time."""
    search = find_search(pk)
    sight = seen(request, search)
    if search.health and sight.health:
        note_seen(request, search.ticket.case_id, search=search.pk)
    counts = sight.counts(search)
    asked = request.GET.get("collection", "")
    collection = asked if asked in counts else next(iter(counts), "")
    wanted = Asked.of(request.GET, collection)
    page = Table(search, collection, sight).page(wanted)
    others = [
        (one, sum(sight.counts(one).values()))
        for one in search.ticket.searches.order_by("system")
        if sight.rest or one.health
    ]
    return desk.render(
        request,
        "findings.html",
        title=_("Found in %(system)s") % {"system": search.system},
        search=search,
        case=case_of(search, sight),
        others=others,
        counts=counts,
        collection=collection,
        documents=documents_in(search, collection),
        asked=wanted,
        page=page,
        links=_links(wanted, page),
        shown=_shown(wanted),
        items=items_of(search, collection, sight),
    )


def _links(asked: Asked, page: Page) -> dict[str, str]:
    """Return the addresses of the pages around this one."""
    around = {
        "first": 1,
        "earlier": page.number - 1,
        "further": page.number + 1,
        "last": page.last,
    }
    return {
        name: asked.query(page=number)
        for name, number in around.items()
        if 1 <= number <= page.last and number != page.number
    }


def _shown(asked: Asked) -> list[tuple[str, str, bool]]:
    """Return what may be shown: its word, its name, and whether it is shown now."""
    names = {
        ALL: _("all records"),
        OTHERS: _("what may be about others"),
        WITHHELD: _("what is withheld"),
        GIVEN: _("what the person will see"),
    }
    return [(word, name, word == asked.show) for word, name in names.items()]


def documents_in(search: SearchTask, collection: str) -> list[FoundDocument]:
    """Return the files of a collection that has some."""
    is_theirs = collection == str(Address(search.system, DOCUMENTS))
    return list(search.documents.all()) if is_theirs else []


@desk.page("search/<int:pk>/excuse/", name="excuse", roles=CASES)
def excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on without a system, for a reason."""
    search = find_search(pk)
    form = ExcuseForm(request.POST or None)
    back = reverse("admin:dsr_case_change", args=[search.ticket.case_id])
    refusal = ""
    if form.is_valid():
        try:
            casework.excuse_search(
                pk, **form.cleaned_data, by=actor(request), at=today().at
            )
            messages.success(request, _("Noted: the answer goes out without it."))
            return redirect(back)
        except PolicyError as error:
            refusal = str(error)
    title = _("Go on without %(system)s") % {"system": search.system}
    return search_form(request, title, search, form, refusal=refusal, back=back)
