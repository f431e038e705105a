"""Renders a page with what every page shows: who we are, help, the languages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import translate_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language

from dsr.clock.languages import LANGUAGES
from dsr.portal.policy_words import policy_in

INVALID = 422  # Unprocessable Content: the page says per field what to do


def language_now() -> str:
    """Return the language of the page, one of the four."""
    language = (get_language() or "en").split("-")[0]
    return language if language in LANGUAGES else "en"


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    at: datetime,
    status: int = 200,
    here: str = "",
) -> HttpResponse:
    """Return a page. No browser and no proxy keeps it: it may show personal data.

    `here` is where the other languages lead when it is not the page's own address.
    """
    everything = {
        "policy": policy_in(language_now(), day=timezone.localdate(at)),
        "switch": _switch(here or request.path),
        **(context or {}),
    }
    response = TemplateResponse(
        request, f"portal/{template}", everything, status=status
    )
    return uncached(response)


def uncached(response: HttpResponse) -> HttpResponse:
    """Forbid every cache to keep a response."""
    add_never_cache_headers(response)
    return response


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def _switch(here: str) -> list[dict[str, str]]:
    """Return the same page in each language, named in that language."""
    return [
        {"code": code, "name": name, "url": translate_url(here, code)}
        for code, name in settings.LANGUAGES
    ]
