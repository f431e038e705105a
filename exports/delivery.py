"""The door through which a person takes their package: a code opened it before."""

from django.db import transaction
from django.db.models import F
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from dsr import casework
from dsr.portal import access
from dsr.portal.page import page
from dsr.vocabulary import SUBJECT
from exports.models import Package

GONE = 410


@require_safe
def package(request: HttpRequest, ticket_id: int) -> HttpResponseBase:
    """Stream the package of a ticket to the browser in which its case is open.

    To everyone else it does not exist, whether it does or not.
    """
    now = timezone.now()
    case = access.opened(request, at=now)
    if case is None:
        raise Http404
    found = get_object_or_404(
        Package.objects.select_related("ticket__case"),
        ticket_id=ticket_id,
        ticket__case=case,
        ticket__replied_at__isnull=False,
    )
    if not found.can_be_fetched(at=now) or not found.is_on_disk:
        context = {"case": case, "package": found}
        return page(request, "package_gone.html", context, at=now, status=GONE)
    if request.method == "GET":
        with transaction.atomic():
            Package.objects.filter(pk=found.pk).update(fetches=F("fetches") + 1)
            casework.package_fetched(found.ticket_id, by=SUBJECT, at=now)
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=file_name(found),
        content_type="application/zip",
    )
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


def file_name(found: Package) -> str:
    """Return the name under which a package is saved: it names nobody."""
    return f"{found.ticket.case.reference}-{found.ticket.right_code}.zip"
