"""The medical adviser's list: the health envelopes of the cases that are open."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr import casework
from dsr.desk.days import time_left, today
from dsr.desk.permissions import ADVISERS, HANDLERS, actor
from dsr.desk.site import desk
from dsr.models import Document, Ticket
from dsr.policy import PolicyError, check
from dsr.policy.health import envelopes_seen, health_findings


@desk.page(
    "health/",
    name="health",
    roles=ADVISERS,
    methods=("GET",),
    nav=gettext_lazy("Health"),
)
def health(request: HttpRequest) -> HttpResponse:
    """List the open envelopes, the earliest legal day first, and nothing else."""
    tickets = envelopes_seen(actor(request)).select_related("case")
    rows = [_row(request, one) for one in tickets.order_by("due_strict", "pk")]
    return desk.render(request, "health.html", title=_("Health"), rows=rows)


def _row(request: HttpRequest, ticket: Ticket) -> dict[str, object]:
    return {
        "ticket": ticket,
        "left": time_left(ticket.due_strict, today()),
        "searches": health_findings(ticket).order_by("system"),
        "papers": _papers(ticket),
        "cleared": ticket.health_clearances.last(),
        "may_clear": _may_clear(request, ticket),
    }


def _papers(ticket: Ticket) -> QuerySet[Document]:
    sealed = Document.objects.filter(case=ticket.case_id, is_health=True)
    return sealed.exclude(file="").order_by("pk")


def _may_clear(request: HttpRequest, ticket: Ticket) -> bool:
    try:
        check("clear_health", ticket, by=actor(request), at=today().at)
    except PolicyError:
        return False
    return True


@desk.page(
    "health/<int:pk>/clear/", name="clear_health", roles=ADVISERS, methods=("POST",)
)
def clear_health(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the envelope was looked at."""
    ticket = get_object_or_404(envelopes_seen(actor(request)), pk=pk)
    return _done(
        request,
        lambda: casework.clear_health(ticket.pk, by=actor(request), at=today().at),
        back=reverse("admin:health"),
    )


class SealForm(forms.Form):
    """Whether a document goes into the envelope, or out of it."""

    is_health = forms.BooleanField(required=False)


@desk.page("document/<int:pk>/health/", name="seal", roles=HANDLERS, methods=("POST",))
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a document as health data, or as none."""
    document = get_object_or_404(Document, pk=pk)
    form = SealForm(request.POST)
    is_health = form.is_valid() and form.cleaned_data["is_health"]
    return _done(
        request,
        lambda: casework.seal_document(
            pk, is_health=is_health, by=actor(request), at=today().at
        ),
        back=reverse("admin:dsr_case_change", args=[document.case_id]),
    )


def _done(request: HttpRequest, do: Callable[[], object], *, back: str) -> HttpResponse:
    try:
        do()
    except PolicyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Noted."))
    return redirect(back)
