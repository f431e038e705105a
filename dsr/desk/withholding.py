"""Keeping something out of the copy: of one record, of a column, or by a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr import casework
from dsr.desk.act_forms import ground_label, set_choices
from dsr.desk.days import today
from dsr.desk.downloads import attachment, note_seen
from dsr.desk.envelope import Sight
from dsr.desk.finding_cells import content_type_of, in_short
from dsr.desk.finding_pages import find_search, search_form, seen
from dsr.desk.findings import Table
from dsr.desk.permissions import FINDINGS, actor
from dsr.desk.site import desk
from dsr.models import FoundDocument, SearchTask, Withholding
from dsr.models.search import EVERY_ROW
from dsr.policy import PolicyError
from dsr.policy.releasing import Release
from dsr.policy.withholding import grounds_to_withhold
from dsr.rights import Right, right_of
from dsr.rights.grounds import SILENT, SILENT_LAW
from subjects.others.documents import is_document
from subjects.systems.people import DOCUMENTS
from subjects.systems.shape import Address

MOST_WORDS = 4000  # characters
MOST_LISTED = 200  # items beneath a table


class WithholdForm(forms.Form):
    """What is kept out of the copy, and on which ground."""

    field = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    where_field = forms.ChoiceField(
        label=gettext_lazy("Only in records in which this field"), required=False
    )
    where_text = forms.CharField(
        label=gettext_lazy("says"),
        help_text=gettext_lazy("Whole words; leave it empty for every record."),
        max_length=200,
        required=False,
    )
    passages = forms.CharField(
        label=gettext_lazy("Only these words of it"),
        help_text=gettext_lazy(
            "One passage a line, as it stands there. It is blacked out, and the rest "
            "is given; leave it empty to withhold all of it. Words in a picture are "
            "not found: look at what the person will see."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        max_length=MOST_WORDS,
        required=False,
    )
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
        self,
        *args: Any,
        fields: Sequence[str],
        may_whole: bool,
        every_row: bool,
        right: Right,
        **kwargs: Any,
    ) -> None:
        """Offer the fields, and the grounds for giving a part."""
        super().__init__(*args, **kwargs)
        named = [(name, name) for name in fields]
        whole = [("", _("whole records") if every_row else _("the whole record"))]
        set_choices(self, "field", [*(whole if may_whole else []), *named])
        if every_row:
            set_choices(self, "where_field", [("", _("any field")), *named])
        else:
            del self.fields["where_field"], self.fields["where_text"]
        grounds = [(g.code, ground_label(g)) for g in grounds_to_withhold(right)]
        set_choices(self, "ground", [*grounds, (SILENT, silent_label())])

    def clean_passages(self) -> list[str]:
        """Return the passages, one of each line."""
        lines = str(self.cleaned_data["passages"]).splitlines()
        return [line.strip() for line in lines if line.strip()]


def silent_label() -> SafeString:
    """Name what is kept back without a word, and on which law that rests."""
    return format_html(
        '{} <span class="law">{}</span> <span class="must">{}</span>',
        _("The law forbids even to mention it"),
        SILENT_LAW,
        _("Nothing is stated: no letter, no package and no count shows it."),
    )


@desk.page("search/<int:pk>/withhold/<int:row>/", name="withhold", roles=FINDINGS)
def withhold(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Keep a field, words or a record out of the copy; with row 0, by a rule."""
    search = find_search(pk)
    collection = request.GET.get("collection", "")
    sight = seen(request, search)
    if collection not in sight.counts(search):
        raise Http404
    table = Table(search, collection, sight)
    record = table.find(row) if row != EVERY_ROW else None
    if row != EVERY_ROW and record is None:
        raise Http404
    form = WithholdForm(
        request.POST or None,
        initial=_initial(request),
        fields=record.fields if record else table.fields(),
        may_whole=record.is_theirs if record else table.settles_records(),
        every_row=row == EVERY_ROW,
        right=right_of(search.ticket),
    )
    back = _back(search, collection)
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
    says = "" if record else _("From the records of %(name)s.") % {"name": collection}
    return search_form(
        request,
        title,
        search,
        form,
        refusal=refusal,
        back=back,
        record=record,
        collection=collection,
        source=search,
        says=says,
    )


def _back(search: SearchTask, collection: str) -> str:
    asked = urlencode({"collection": collection})
    return f"{reverse('admin:findings', args=[search.pk])}?{asked}"


def _initial(request: HttpRequest) -> dict[str, str]:
    names = ("field", "where_field", "where_text", "passages")
    return {name: request.GET[name] for name in names if name in request.GET}


@desk.page(
    "withheld/<int:pk>/release/", name="release", roles=FINDINGS, methods=("POST",)
)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what was withheld after all."""
    item = get_object_or_404(Withholding, pk=pk)
    search, collection = find_search(item.search_id), item.collection
    seen(request, search)
    back = _back(search, collection)
    try:
        casework.release(pk, by=actor(request), at=today().at)
    except PolicyError as error:
        title, form = _("Give it after all"), forms.Form()
        return search_form(request, title, search, form, refusal=str(error), back=back)
    messages.success(request, _("No longer withheld: the person will receive it."))
    return redirect(back)


@desk.page(
    "search/<int:pk>/document/<int:row>/",
    name="finding_document",
    roles=FINDINGS,
    methods=("GET",),
)
def finding_document(request: HttpRequest, pk: int, row: int) -> FileResponse:
    """Hand out a document of a record: as it was found, or as the person gets it."""
    search = find_search(pk)
    sight = seen(request, search)
    collection = request.GET.get("collection", "")
    field = request.GET.get("field", "")
    table = Table(search, collection, sight)
    found = table.line(row)
    if found is None or field not in found["record"]:
        raise Http404
    if not table.sees(field):
        raise PermissionDenied
    if field in search.health_fields(collection):
        note_seen(request, search.ticket.case_id, search=search.pk)
    record = table.given(found) if "given" in request.GET else found["record"]
    value = (record or {}).get(field)
    if not isinstance(value, str) or not is_document(value):
        raise Http404
    content, kind = content_type_of(value)
    name = f"{search.ticket.case.reference}-{search.pk}-{row}"
    return attachment(BytesIO(content), kind, name)


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item of what is withheld, for the list beneath the table."""

    item: Withholding
    ground: str
    note: str
    passages: str
    may_release: bool

    @property
    def is_of_every_row(self) -> bool:
        """Whether it is a column, or a rule."""
        return self.item.row == EVERY_ROW


def items_of(search: SearchTask, collection: str, sight: Sight) -> list[ItemView]:
    """Return what is withheld of a collection, the columns and rules first.

    The words of what somebody does not settle are not theirs to read.
    """
    right = right_of(search.ticket)
    kept = search.withheld.filter(collection=collection).order_by("row", "field", "pk")
    return [
        ItemView(
            item,
            in_short(item.ground, right),
            item.note if theirs else "",
            "; ".join(item.passages) if theirs else "",
            theirs,
        )
        for item in kept[:MOST_LISTED]
        for theirs in [sight.settles(search, collection, item.field)]
    ]


def given_file(search: SearchTask, paper: FoundDocument) -> bytes | None:
    """Return a file that was handed in as the person gets it; None if not at all."""
    release = Release(search, search.withheld.all())
    address = str(Address(search.system, DOCUMENTS))
    with paper.file.open("rb") as file:
        content: bytes = file.read()
    for found in search.read():
        if found["collection"] == address and found["row"] == paper.row:
            return release.released_file(found, content)
    return None
