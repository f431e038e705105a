"""The receipt: what we understood, until when we must answer, what happens next."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dsr.clock.derivation import day_in_words
from dsr.models import Case
from dsr.portal import access
from dsr.portal.calendar_file import calendar_file
from dsr.portal.page import language_now, page, uncached
from dsr.portal.progress import answer_due, lines
from dsr.portal.views.wizard import nothing_typed


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Show what was sent from this browser, or what a code has opened in it."""
    at = timezone.now()
    case = _case(request)
    if case is None:
        return nothing_typed(request)
    language = language_now()
    due, received_on = answer_due(case), timezone.localdate(case.received_at)
    context = {
        "case": case,
        "lines": lines(case, language),
        "due": day_in_words(due, language) if due else "",
        "received_on": day_in_words(received_on, language, "dative"),
        "received_at": timezone.localtime(case.received_at),
        "unconfirmed": case.contact_email and case.contact_confirmed_at is None,
        "confirm": reverse("portal:confirm", args=[case.reference]),
    }
    return page(request, "receipt.html", context, at=at)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Give the last day for the answer as a file for a calendar."""
    case = _case(request)
    due = answer_due(case) if case else None
    if case is None or due is None:
        return nothing_typed(request)
    response = HttpResponse(
        calendar_file(case.reference, due, at=timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="answer-due.ics"'},
    )
    return uncached(response)


def _case(request: HttpRequest) -> Case | None:
    at = timezone.now()
    return access.opened(request, at=at) or access.sent(request, at=at)
