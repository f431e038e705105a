"""Tasks given by link, as the desk sees them: to whom, until when, what came back."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.casework import errands
from dsr.desk.days import today
from dsr.desk.downloads import attachment, note_seen
from dsr.desk.envelope import sight_of
from dsr.desk.permissions import CASES, FINDINGS, actor
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.desk.withholding import given_file
from dsr.models import Errand, FoundDocument, Ticket
from dsr.policy import PolicyError
from dsr.policy.health import envelopes_seen
from dsr.vocabulary import ErrandState
from subjects.systems.people import DOCUMENTS
from subjects.systems.shape import Address

LATE, UNSENT = "late", "unsent"


class AskForm(forms.Form):
    """To whom the link goes now."""

    to_email = forms.EmailField(
        label=gettext_lazy("To whom does the link go?"),
        help_text=gettext_lazy("The link sent before opens nothing any more."),
        max_length=254,
    )


@dataclass(frozen=True, slots=True)
class ErrandRow:
    """A task on the card of its ticket."""

    errand: Errand
    asks: str
    may_ask: bool


def errand_rows(ticket: Ticket) -> list[ErrandRow]:
    """Return what was given by link, the newest of each thing last."""
    return [
        ErrandRow(
            errand=one,
            asks=one.order.get_act_display() if one.order else _("search"),
            may_ask=_may_ask(one, ticket),
        )
        for one in ticket.errands.all()
        if one.notice_id is None
    ]


def _may_ask(errand: Errand, ticket: Ticket) -> bool:
    anew = errand.state == ErrandState.ANSWERED and errand.search is not None
    return errand.is_wanted or (anew and ticket.is_open)


class ProgressFilter(admin.SimpleListFilter):
    """Which tasks an officer has to look after."""

    title = gettext_lazy("progress")
    parameter_name = "progress"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what calls for an act."""
        return [
            (LATE, gettext_lazy("late")),
            (UNSENT, gettext_lazy("not delivered")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Errand]
    ) -> QuerySet[Errand]:
        """Keep what was asked for."""
        wanted = Errand.objects.filter(pk__in=queryset)
        if self.value() == LATE:
            return wanted.late(today().day)
        return wanted.unsent() if self.value() == UNSENT else queryset


@admin.register(Errand, site=desk)
class ErrandAdmin(ReadOnlyAdmin[Errand]):
    """Every task given by link."""

    list_display = ("case", "about", "state", "to_email", "answer_by", "mails")
    list_display_links = None
    list_filter = (ProgressFilter, "state")
    list_select_related = ("ticket__case", "search", "order", "notice")
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("Reference"))
    def case(self, errand: Errand) -> SafeString:
        """Lead to the card of its ticket."""
        ticket = errand.ticket
        url = reverse("admin:dsr_case_change", args=[ticket.case_id])
        reference = ticket.case.reference
        return format_html('<a href="{}#ticket-{}">{}</a>', url, ticket.pk, reference)


@desk.page("task/<int:pk>/ask/", name="ask_again", roles=CASES)
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a new link, perhaps to somebody else."""
    errand = get_object_or_404(Errand.objects.select_related("ticket__case"), pk=pk)
    form = AskForm(request.POST or None, initial={"to_email": errand.to_email})
    case = errand.ticket.case
    back = f"{reverse('admin:dsr_case_change', args=[case.pk])}#ticket-"
    back += str(errand.ticket_id)
    refusal = ""
    if form.is_valid():
        try:
            errands.ask_again(pk, **form.cleaned_data, by=actor(request), at=today().at)
            messages.success(request, _("A new link is on its way."))
            return redirect(back)
        except PolicyError as error:
            refusal = str(error)
    invalid = form.is_bound and not form.is_valid()
    return desk.render(
        request,
        "form.html",
        title=_("Ask again: %(about)s") % {"about": errand.about},
        status=409 if refusal else 400 if invalid else 200,
        case=case,
        form=form,
        refusal=refusal,
        back=back,
    )


@desk.page("found/<int:pk>/", name="found_document", roles=FINDINGS, methods=("GET",))
def found_document(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a document that an owner handed in, to who may see its record."""
    found = get_object_or_404(FoundDocument.objects.select_related("search"), pk=pk)
    search, by = found.search, actor(request)
    if not found.file:
        raise Http404  # its time was over
    sealed = str(Address(search.system, DOCUMENTS)) in search.health
    if sealed and not envelopes_seen(by).filter(pk=search.ticket_id).exists():
        raise PermissionDenied
    if not sealed and not sight_of(by).rest:
        raise PermissionDenied
    if sealed:
        note_seen(request, search.ticket.case_id, search=search.pk)
    name = f"{search.ticket.case.reference}-{search.pk}-{found.row}"
    if "given" in request.GET:
        given = given_file(search, found)
        if given is None:
            raise Http404  # it is withheld
        return attachment(BytesIO(given), found.content_type, name)
    return attachment(found.file.open("rb"), found.content_type, name)
