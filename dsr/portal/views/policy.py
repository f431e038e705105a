"""Pages that read the controller's policy aloud, and the one-click opt-out."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dsr.portal.page import page
from dsr.portal.promises import promised
from dsr.vocabulary import RightCode


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the privacy policy, from the same data that the letters are written from."""
    return page(request, "privacy.html", at=timezone.now())


@require_safe
def complain(request: HttpRequest) -> HttpResponse:
    """Show to whom a person may turn: us, the authority, the courts, the mediator."""
    return page(request, "complain.html", at=timezone.now())


@require_safe
def preferences(request: HttpRequest) -> HttpResponse:
    """Offer to stop all advertising, or to take back a consent, as a request."""
    codes = (RightCode.MARKETING_OPT_OUT.value, RightCode.CONSENT_WITHDRAWAL.value)
    context = {"choices": promised(codes)}
    return page(request, "preferences.html", context, at=timezone.now())
