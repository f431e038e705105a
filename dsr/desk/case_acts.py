"""Acts on a case: each a small form, then casework in the officer's name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dsr import casework
from dsr.desk.case_forms import (
    AddressForm,
    DocumentForm,
    HoldForm,
    IdentifierForm,
    LiftHoldForm,
    MessageForm,
    NoteForm,
    RightForm,
)
from dsr.desk.days import today
from dsr.desk.permissions import CASES, actor
from dsr.desk.site import desk
from dsr.desk.uploads import new_file
from dsr.models import Case
from dsr.policy import PolicyError, check_role
from dsr.vocabulary import Actor, Role

Do = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class CaseAct:
    """Something that can be done to a case."""

    label: Promise
    form: type[forms.Form]
    do: Do
    said: Promise
    roles: tuple[str, ...] = (Role.HANDLER.value,)


def _add_document(case_id: int, *, kind: str, file: Any, **who: Any) -> Any:
    return casework.add_document(case_id, new_file(file, kind), **who)


ACTS = {
    "message": CaseAct(
        _("Write to the person"),
        MessageForm,
        casework.write_message,
        _("The message is in the thread; the person is told by mail."),
        (Role.HANDLER.value, Role.DPO.value),
    ),
    "note": CaseAct(
        _("Note for the desk"),
        NoteForm,
        casework.write_note,
        _("The note stands in the thread; the person does not see it."),
        tuple(CASES),
    ),
    "document": CaseAct(
        _("Add a file"),
        DocumentForm,
        _add_document,
        _("The file is kept with the case."),
    ),
    "address": CaseAct(
        _("Correct the address"),
        AddressForm,
        casework.set_address,
        _("The answer goes there. A new e-mail address has to be confirmed anew."),
        (Role.HANDLER.value, Role.DECIDER.value),
    ),
    "identifier": CaseAct(
        _("Add an identifier"),
        IdentifierForm,
        casework.add_identifier,
        _("Noted. It is searched for once the person's identity is established."),
    ),
    "hold": CaseAct(
        _("Keep the case from deletion"),
        HoldForm,
        casework.place_hold,
        _("Nothing of the case but proofs of identity is deleted until you lift it."),
        (Role.DPO.value,),
    ),
    "lift_hold": CaseAct(
        _("Lift the legal hold"),
        LiftHoldForm,
        casework.lift_hold,
        _("What is over is deleted when the job runs next."),
        (Role.DPO.value,),
    ),
    "right": CaseAct(
        _("Add a right"),
        RightForm,
        casework.add_right,
        _("A ticket was opened; its time limit runs from the receipt of the case."),
    ),
}


@desk.page("case/<int:pk>/<slug:name>/", name="case_act", roles=CASES)
def case_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask for what the act needs, do it, and go back to the case."""
    case = get_object_or_404(Case.objects.select_related("subject"), pk=pk)
    if name not in ACTS:
        raise Http404
    act = ACTS[name]
    bound = request.method == "POST"
    form = act.form(request.POST, request.FILES) if bound else act.form()
    refusal = ""
    try:
        check_role(actor(request), *act.roles)
        if bound and form.is_valid():
            _do(act, case, form.cleaned_data, by=actor(request))
            messages.success(request, str(act.said))
            return redirect("admin:dsr_case_change", pk)
    except PolicyError as error:
        refusal = str(error)
    return desk.render(
        request,
        "form.html",
        title=act.label,
        status=409 if refusal else 400 if bound else 200,
        case=case,
        form=form,
        refusal=refusal,
        back=reverse("admin:dsr_case_change", args=[pk]),
    )


def _do(act: CaseAct, case: Case, said: dict[str, Any], *, by: Actor) -> None:
    act.do(case.pk, **said, by=by, at=today().at)
