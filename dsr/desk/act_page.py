"""The page of an act: what it will do, what it asks, and then casework does it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dsr.desk.act_forms import ActForm
from dsr.desk.acts import ACTS, DeskAct
from dsr.desk.cards import card
from dsr.desk.days import Today, today
from dsr.desk.permissions import actor
from dsr.desk.site import desk
from dsr.models import Case, Ticket
from dsr.policy import ACTS as POLICY_ACTS
from dsr.policy import PolicyError, check
from dsr.policy.seeing import SOME_CASES, cases_seen
from dsr.rights import right_of
from dsr.vocabulary import Actor, Outcome

# What is decided or ordered follows from these records: who does it sees them.
LOOKS_BACK = (
    "propose",
    "return_proposal",
    "decide",
    "close_orders",
    "retry_orders",
    "tell_recipients",
    "complete",
)


def case_url(ticket: Ticket) -> str:
    """Return the address of a ticket's card."""
    url = reverse("admin:dsr_case_change", args=[ticket.case_id])
    return f"{url}#ticket-{ticket.pk}"


def label_of(name: str) -> str:
    """Return what an act is called on its button."""
    known = POLICY_ACTS.get(name)
    return str(known.label if known else ACTS[name].label)


@desk.page("ticket/<int:pk>/<slug:name>/", name="act", roles=SOME_CASES)
def act_page(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask what the act needs; once confirmed, do it in the officer's name.

    An act that may not be done answers 409 with the sentence, and changes nothing.
    """
    ticket = get_object_or_404(Ticket.objects.select_related("case__subject"), pk=pk)
    by, now = actor(request), today()
    if not cases_seen(Case.objects.filter(pk=ticket.case_id), by).exists():
        raise PermissionDenied
    if name not in ACTS:
        raise Http404
    act = ACTS[name]
    form = _form(request, act, ticket)
    refusal = str(form.nothing_left) if form is not None else ""
    try:
        if name in POLICY_ACTS:
            check(name, ticket, by=by, at=now.at)
        if form is not None and not refusal and form.is_bound and form.is_valid():
            act.do(ticket.pk, **form.cleaned_data, by=by, at=now.at)
            said = _("Done: %(act)s.") % {"act": label_of(name)}
            messages.success(request, f"{said} {act.then}")
            return redirect(case_url(ticket))
    except PolicyError as error:
        refusal = str(error)
    return _page(request, name, ticket, form, refusal=refusal, by=by, now=now)


def _form(request: HttpRequest, act: DeskAct, ticket: Ticket) -> ActForm | None:
    """Return the act's form; a proposal has none before its outcome is chosen."""
    if request.method == "POST":
        return act.form(request.POST, ticket=ticket)
    if "outcome" not in act.form.base_fields:
        asked = {name: request.GET[name] for name in request.GET}
        return act.form(ticket=ticket, initial=asked)
    outcome = request.GET.get("outcome", "")
    if outcome not in right_of(ticket).proposable:
        return None
    return act.form(ticket=ticket, initial={"outcome": outcome})


def _page(
    request: HttpRequest,
    name: str,
    ticket: Ticket,
    form: ActForm | None,
    *,
    refusal: str,
    by: Actor,
    now: Today,
) -> HttpResponse:
    invalid = form is not None and form.is_bound and not form.is_valid()
    return desk.render(
        request,
        "act.html",
        title=label_of(name),
        status=409 if refusal else 400 if invalid else 200,
        act=ACTS[name],
        name=name,
        card=card(ticket, by=by, now=now),
        case=ticket.case,
        form=form,
        refusal=refusal,
        looks_back=name in LOOKS_BACK,
        back=case_url(ticket),
        **_proposal(form, ticket),
    )


def _proposal(form: ActForm | None, ticket: Ticket) -> dict[str, Any]:
    """Return the outcomes to choose from, and the one that was chosen."""
    if form is None:
        return {"outcomes": right_of(ticket).proposable}
    chosen = form["outcome"].value() if "outcome" in form.fields else ""
    return {"outcome": dict(Outcome.choices).get(chosen or "", "")}
