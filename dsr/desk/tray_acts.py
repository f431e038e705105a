"""Settling a mail: it opens a case, joins one, or is no request."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dsr.desk.days import today
from dsr.desk.permissions import CASES, actor
from dsr.desk.site import desk
from dsr.desk.tray import arrival_page, find_arrival
from dsr.desk.tray_forms import CaseForm, NothingForm, RightsForm
from dsr.intake.mailbox import settle as verbs
from dsr.policy import PolicyError, check_role
from dsr.vocabulary import Role


@dataclass(frozen=True, slots=True)
class TrayAct:
    """One way to settle a mail; `shown_as` is where the page shows its form."""

    form: type[forms.Form]
    do: Callable[..., Any]
    said: Promise
    shown_as: str


ACTS = {
    "open": TrayAct(
        RightsForm,
        verbs.settle_as_case,
        _("A case is open. Next: take it in hand."),
        "open_form",
    ),
    "attach": TrayAct(
        CaseForm,
        verbs.settle_to_case,
        _("The mail stands in the case's thread."),
        "attach_form",
    ),
    "nothing": TrayAct(
        NothingForm,
        verbs.settle_as_nothing,
        _("Noted: no request. The mail is kept with the reason."),
        "nothing_form",
    ),
}


@desk.page("mail/<int:pk>/<slug:name>/", name="settle", roles=CASES, methods=("POST",))
def settle(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Settle the mail in the officer's name, then go to its case or to the next."""
    arrival = find_arrival(pk)
    if name not in ACTS:
        raise Http404
    act = ACTS[name]
    form = act.form(request.POST)
    refusal = ""
    if form.is_valid():
        try:
            check_role(actor(request), Role.HANDLER)
            act.do(pk, **form.cleaned_data, by=actor(request), at=today().at)
        except PolicyError as error:
            refusal = str(error)
        else:
            messages.success(request, str(act.said))
            arrival.refresh_from_db()
            if arrival.case_id:
                return redirect("admin:dsr_case_change", arrival.case_id)
            return redirect("admin:dsr_arrival_changelist")
    status = 409 if refusal else 400
    shown: dict[str, Any] = {act.shown_as: form}
    return arrival_page(request, arrival, status=status, refusal=refusal, **shown)
