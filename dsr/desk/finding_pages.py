"""What the pages of a search share: who may look, and the frame of its forms."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from dsr.desk.envelope import Sight, sight_of
from dsr.desk.permissions import actor
from dsr.desk.site import desk
from dsr.models import Case, SearchTask
from dsr.policy.health import envelopes_seen


def find_search(pk: int) -> SearchTask:
    """Return a search with its case, or raise Http404."""
    searches = SearchTask.objects.select_related("ticket__case__subject")
    return get_object_or_404(searches.prefetch_related("withheld"), pk=pk)


def seen(request: HttpRequest, search: SearchTask) -> Sight:
    """Return what somebody may see of a search, or raise PermissionDenied."""
    by = actor(request)
    sight = sight_of(by)
    envelope = search.health and envelopes_seen(by).filter(pk=search.ticket_id)
    if not sight.rest and not (envelope and envelope.exists()):
        raise PermissionDenied
    return sight


def case_of(search: SearchTask, sight: Sight) -> Case | None:
    """Return the case for its links, to who may follow them."""
    return search.ticket.case if sight.rest else None


def search_form(
    request: HttpRequest,
    title: str,
    search: SearchTask,
    form: forms.Form,
    *,
    refusal: str,
    back: str,
    **context: Any,
) -> HttpResponse:
    """Answer with a form of a search: 409 where it was refused, 400 where unfit."""
    invalid = form.is_bound and not form.is_valid()
    return desk.render(
        request,
        "form.html",
        title=title,
        status=409 if refusal else 400 if invalid else 200,
        case=case_of(search, sight_of(actor(request))),
        form=form,
        refusal=refusal,
        back=back,
        **context,
    )
