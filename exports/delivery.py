"""The door through which a person takes their package: a code opened it before."""

from datetime import datetime

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
from dsr.vocabulary import SUBJECT, SYSTEM
from exports.models import Package, PackageState

GONE = 410
NOT_ITS_OWN = "the file on the disk is not the package of this ticket"


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
    can_be_fetched = found.can_be_fetched(at=now) and found.is_on_disk
    if can_be_fetched and not found.is_its_own:
        can_be_fetched = False
        take_away(found, at=now)
    if not can_be_fetched:
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


@transaction.atomic
def take_away(found: Package, *, at: datetime) -> None:
    """Give out no file that is not the one made for the ticket; an officer looks.

    The package counts as failed from now on; the ledger of the case says why.
    """
    row = Package.objects.select_for_update().get(pk=found.pk)
    if row.state != PackageState.READY:
        return
    row.state, row.built_at = PackageState.FAILED, None
    row.finish()
    row.last_error = NOT_ITS_OWN
    row.save()
    casework.package_failed(row.ticket_id, reason=NOT_ITS_OWN, by=SYSTEM, at=at)
