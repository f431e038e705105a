"""The code of the mail: it confirms the address and opens the case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dsr import casework
from dsr.models import Case
from dsr.portal import access, throttle
from dsr.portal.alike import no_sooner
from dsr.portal.errors import too_many
from dsr.portal.forms import CodeForm
from dsr.portal.page import INVALID, page, typed
from dsr.portal.views.status import ask_code


@no_sooner
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the code. The page is the same whether or not there is such a case."""
    at = timezone.now()
    form = CodeForm(typed(request))
    if request.method == "POST" and form.is_valid():
        if throttle.is_reached(request, throttle.WRONG_CODES, at=at):
            return too_many(request)
        case = casework.enter_code(reference, form.cleaned_data["code"], at=at)
        if case is not None:
            return _let_in(request, case)
        throttle.count(request, throttle.WRONG_CODES, at=at)
        form.add_error(
            "code",
            _("This code is wrong, used or too old. Compare it, or ask for a new one."),
        )
    sent = access.sent(request, at=at)
    context = {
        "form": form,
        "reference": reference,
        "sent": sent if sent and sent.reference == reference else None,
    }
    status = INVALID if form.errors else 200
    return page(request, "confirm.html", context, at=at, status=status)


def _let_in(request: HttpRequest, case: Case) -> HttpResponse:
    at = timezone.now()
    just_sent = access.sent(request, at=at) == case
    access.grant(request, case, at=at)
    if just_sent:
        messages.success(request, _("Thank you. Your e-mail address is confirmed."))
        return redirect("portal:receipt")
    return redirect("portal:status", case.reference)


@no_sooner
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """Mail another code."""
    if request.method != "POST":  # a page that was reloaded
        return redirect("portal:confirm", reference)
    return ask_code(request, reference)
