"""Pages for what went wrong: they say what happened and what would help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from dsr.portal.page import page, uncached

WAIT = 3600  # seconds; the longest of the limits


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what could not be read as a form."""
    return _page(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what may not be seen."""
    return _page(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    return _page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; this page leans on as little as possible."""
    return uncached(render(request, "500.html", status=500))


def too_many(request: HttpRequest) -> HttpResponse:
    """Ask to wait."""
    response = _page(request, "429.html", 429)
    response["Retry-After"] = str(WAIT)
    return response


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    start = reverse("portal:start")
    return page(request, f"../{template}", at=timezone.now(), status=status, here=start)
