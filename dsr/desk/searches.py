"""Searches: which system was asked, what it holds, what is kept out of the copy."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr import casework
from dsr.desk.act_forms import ground_label, reason, set_choices
from dsr.desk.days import today
from dsr.desk.downloads import note_seen
from dsr.desk.envelope import Sight, sight_of
from dsr.desk.findings import RecordView, find_record, page_of
from dsr.desk.permissions import CASES, FINDINGS, actor
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.models import Case, FoundDocument, SearchTask, Withholding
from dsr.policy import PolicyError
from dsr.policy.health import envelopes_seen
from dsr.policy.withholding import grounds_to_withhold
from dsr.rights import Right, right_of
from dsr.rights.grounds import SILENT, SILENT_LAW
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


class WithholdForm(forms.Form):
    """What of a record is kept out of the copy, and on which ground."""

    field = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    ground = forms.ChoiceField(
        label=gettext_lazy("On which ground"), widget=forms.RadioSelect
    )
    law = forms.CharField(
        label=gettext_lazy("The article of the national law"),
        help_text=gettext_lazy("Only where a law restricts the right; they read it."),
        max_length=200,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("The balancing"),
        help_text=gettext_lazy("Whose rights, and why they outweigh; for the file."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        max_length=2000,
    )

    def __init__(
        self, *args: Any, record: RecordView, right: Right, **kwargs: Any
    ) -> None:
        """Offer the fields of the record, and the grounds for giving a part."""
        super().__init__(*args, **kwargs)
        fields = [(name, name) for name in record.fields]
        whole = [("", _("the whole record"))] if record.is_theirs else []
        set_choices(self, "field", [*whole, *fields])
        grounds = [(g.code, ground_label(g)) for g in grounds_to_withhold(right)]
        set_choices(self, "ground", [*grounds, (SILENT, silent_label())])


def silent_label() -> SafeString:
    """Name what is kept back without a word, and on which law that rests."""
    return format_html(
        '{} <span class="law">{}</span> <span class="must">{}</span>',
        _("The law forbids even to mention it"),
        SILENT_LAW,
        _("Nothing is stated: no letter, no package and no count shows it."),
    )


def find_search(pk: int) -> SearchTask:
    """Return a search with its case, or raise Http404."""
    searches = SearchTask.objects.select_related("ticket__case__subject")
    return get_object_or_404(searches.prefetch_related("withheld"), pk=pk)


def _seen(request: HttpRequest, search: SearchTask) -> Sight:
    """Return what somebody may see of a search, or raise PermissionDenied."""
    by = actor(request)
    sight = sight_of(by)
    envelope = search.health and envelopes_seen(by).filter(pk=search.ticket_id)
    if not sight.rest and not (envelope and envelope.exists()):
        raise PermissionDenied
    return sight


def _case_of(search: SearchTask, sight: Sight) -> Case | None:
    """Return the case for its links, to who may follow them."""
    return search.ticket.case if sight.rest else None


@desk.page("search/<int:pk>/", name="findings", roles=FINDINGS, methods=("GET",))
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a system holds, one table a collection, a page at a time."""
    search = find_search(pk)
    sight = _seen(request, search)
    if search.health and sight.health:
        note_seen(request, search.ticket.case_id, search=search.pk)
    counts = sight.counts(search)
    asked = request.GET.get("collection", "")
    collection = asked if asked in counts else next(iter(counts), "")
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
        case=_case_of(search, sight),
        others=others,
        counts=counts,
        collection=collection,
        documents=documents_in(search, collection),
        page=page_of(search, collection, request.GET.get("page", "1"), sight),
    )


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
    return _form(request, title, search, form, refusal=refusal, back=back)


@desk.page("search/<int:pk>/withhold/<int:row>/", name="withhold", roles=FINDINGS)
def withhold(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Keep a field or a record out of the copy."""
    search = find_search(pk)
    collection = request.GET.get("collection", "")
    sight = _seen(request, search)
    record = find_record(search, collection, row, sight)
    if record is None:
        raise Http404
    right = right_of(search.ticket)
    form = WithholdForm(request.POST or None, record=record, right=right)
    back = f"{reverse('admin:findings', args=[pk])}?collection={collection}"
    refusal = ""
    if form.is_valid():
        try:
            casework.withhold(
                pk,
                collection=collection,
                row=row,
                **form.cleaned_data,
                by=actor(request),
                at=today().at,
            )
            messages.success(request, _("Withheld. The person will not receive it."))
            return redirect(back)
        except PolicyError as error:
            refusal = str(error)
    title = _("Withhold from the copy")
    return _form(
        request, title, search, form, refusal=refusal, back=back, record=record
    )


@desk.page(
    "withheld/<int:pk>/release/", name="release", roles=FINDINGS, methods=("POST",)
)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what was withheld after all."""
    item = get_object_or_404(Withholding, pk=pk)
    search, collection = item.search_id, item.collection
    _seen(request, find_search(search))
    back = f"{reverse('admin:findings', args=[search])}?collection={collection}"
    try:
        casework.release(pk, by=actor(request), at=today().at)
    except PolicyError as error:
        form = forms.Form()
        return _form(
            request,
            _("Give it after all"),
            find_search(search),
            form,
            refusal=str(error),
            back=back,
        )
    messages.success(request, _("No longer withheld: the person will receive it."))
    return redirect(back)


def _form(
    request: HttpRequest,
    title: str,
    search: SearchTask,
    form: forms.Form,
    *,
    refusal: str,
    back: str,
    **context: Any,
) -> HttpResponse:
    invalid = form.is_bound and not form.is_valid()
    return desk.render(
        request,
        "form.html",
        title=title,
        status=409 if refusal else 400 if invalid else 200,
        case=_case_of(search, sight_of(actor(request))),
        form=form,
        refusal=refusal,
        back=back,
        **context,
    )
