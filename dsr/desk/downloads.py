"""Files of a case, handed out one by one: never inline, never of a guessed type."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from dsr import casework
from dsr.desk.days import today
from dsr.desk.permissions import ADVISERS, CASES, actor
from dsr.desk.site import desk
from dsr.desk.uploads import SUFFIXES
from dsr.models import Arrival, Case, Document
from dsr.policy.health import envelopes_seen, opens_envelopes
from dsr.policy.seeing import SOME_CASES, cases_seen
from dsr.vocabulary import Actor

UNKNOWN = "application/octet-stream"


def attachment(file: object, content_type: str, name: str) -> FileResponse:
    """Return a stored file as a download; only types we know keep their type."""
    known = content_type if content_type in SUFFIXES else UNKNOWN
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{name}{SUFFIXES.get(known, '.bin')}",
        content_type=known,
    )
    response["X-Content-Type-Options"] = "nosniff"
    # Should a browser show it after all, it shows it as nobody's page, without scripts.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def note_seen(request: HttpRequest, case_id: int, **what: int) -> None:
    """Write in the ledger who opened what of a health envelope."""
    casework.see_health(case_id, by=actor(request), at=today().at, **what)


@desk.page(
    "document/<int:pk>/",
    name="document",
    roles=SOME_CASES | ADVISERS,
    methods=("GET",),
)
def document(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a file of a case; its name is the reference, not what a person typed."""
    found = get_object_or_404(Document.objects.select_related("case"), pk=pk)
    if not _may_open(found, actor(request)):
        raise PermissionDenied
    if not found.file:
        raise Http404  # its time was over
    if found.is_health:
        note_seen(request, found.case_id, document=found.pk)
    name = f"{found.case.reference}-{found.pk}"
    return attachment(found.file.open("rb"), found.content_type, name)


def _may_open(document: Document, by: Actor) -> bool:
    """Keep what is marked as health data for the medical adviser. GDPR Art. 9."""
    if document.is_health:
        return envelopes_seen(by).filter(case=document.case_id).exists()
    return cases_seen(Case.objects.filter(pk=document.case_id), by).exists()


@desk.page("mail/<int:pk>/original/", name="mail", roles=CASES, methods=("GET",))
def mail(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a mail as it came."""
    found = get_object_or_404(Arrival.objects.exclude(raw=""), pk=pk)
    open_sealed(request, found)
    return attachment(found.raw.open("rb"), "message/rfc822", f"mail-{found.pk}")


def open_sealed(request: HttpRequest, mail: Arrival) -> None:
    """Keep a mail closed if what it brought is in an envelope; note who opens it.

    Raises:
        PermissionDenied: it is for the medical adviser. GDPR Art. 9.

    """
    cases = [mail.case_id, *mail.further.values_list("case", flat=True)]
    sealed = Document.objects.filter(case__in=cases, is_health=True)
    for case_id in sealed.values_list("case", flat=True).distinct():
        if not opens_envelopes(actor(request)):
            raise PermissionDenied
        note_seen(request, case_id, mail=mail.pk)
