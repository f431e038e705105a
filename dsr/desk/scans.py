"""Letters by post: the scan is added and read, then an officer says what it is."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.controller import current
from dsr.desk.days import today
from dsr.desk.downloads import attachment
from dsr.desk.new_case_forms import instant_of
from dsr.desk.permissions import CASES, HANDLERS, actor, has_role
from dsr.desk.scan_forms import (
    AddScanForm,
    DiscardForm,
    JoinForm,
    ScanCaseForm,
    proposed_case,
)
from dsr.desk.site import desk
from dsr.desk.typed_in import said_of
from dsr.desk.uploads import type_of
from dsr.intake.desk_mails import retry_paper_alerts
from dsr.intake.post.addresses import OwnAddress
from dsr.intake.post.proposal import LetterProposal, propose
from dsr.intake.post.scans import (
    add_scan,
    discard_scan,
    join_from_scan,
    open_from_scan,
)
from dsr.models import Case, DeskMail, DocumentKind, Scan
from dsr.policy import PolicyError
from dsr.policy.checks import local_day
from dsr.vocabulary import Channel, RightCode


@desk.page("new/", name="new_case", roles=HANDLERS, nav=gettext_lazy("New case"))
def new_case(request: HttpRequest) -> HttpResponse:
    """Ask for the scan of a letter, or lead to where a case is typed in."""
    bound = request.method == "POST"
    form = AddScanForm(request.POST, request.FILES) if bound else AddScanForm()
    refusal = ""
    if form.is_valid():
        try:
            scan = _add(request, form.cleaned_data["scan"])
            return redirect("admin:scan", scan.pk)
        except PolicyError as error:
            refusal = str(error)
    return desk.render(
        request,
        "new_case.html",
        title=_("New case"),
        status=409 if refusal else 400 if bound else 200,
        form=form,
        refusal=refusal,
        scans=Scan.objects.all(),
        unsent=DeskMail.objects.of_paper().given_up().count(),
    )


@desk.page("new/alerts/", name="paper_alerts", roles=HANDLERS, methods=("POST",))
def paper_alerts(request: HttpRequest) -> HttpResponse:
    """Try again to send the alerts about letters on paper."""
    retry_paper_alerts(by=actor(request), at=today().at)
    messages.success(request, _("It will be sent again."))
    return redirect("admin:new_case")


def _add(request: HttpRequest, upload: Any) -> Scan:
    content = upload.read()
    return add_scan(
        content,
        name=upload.name or "scan",
        content_type=type_of(content),
        by=actor(request),
        at=today().at,
    )


@desk.page("new/scan/<int:pk>/", name="scan", roles=CASES, methods=("GET",))
def scan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was read in a scan, with what can be made of it."""
    return _page(request, get_object_or_404(Scan, pk=pk))


@desk.page("new/scan/<int:pk>/file/", name="scan_file", roles=CASES)
def scan_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a scan that waits."""
    scan = get_object_or_404(Scan, pk=pk)
    return attachment(scan.file.open("rb"), scan.content_type, f"scan-{pk}")


@desk.page(
    "new/scan/<int:pk>/<slug:name>/",
    name="settle_scan",
    roles=HANDLERS,
    methods=("POST",),
)
def settle_scan(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do what the officer says; what was typed stays if something is wrong."""
    if name not in SETTLED:
        raise Http404
    form = FORMS[name](request.POST, auto_id=f"{name}_%s")
    if not form.is_valid():
        return _page(request, get_object_or_404(Scan, pk=pk), name, form)
    try:
        return SETTLED[name](request, pk, form)
    except PolicyError as error:
        scan = Scan.objects.filter(pk=pk).first()
        if scan is None:
            messages.error(request, str(error))
            return redirect("admin:new_case")
        return _page(request, scan, name, form, refusal=str(error))


def _open(request: HttpRequest, pk: int, form: Any) -> HttpResponse:
    new = form.new_case(Channel.POST)
    case = open_from_scan(pk, new, by=actor(request), at=today().at)
    messages.success(request, said_of(case))
    return redirect("admin:dsr_case_change", case.pk)


def _join(request: HttpRequest, pk: int, form: Any) -> HttpResponse:
    said = dict(form.cleaned_data)
    said["received_at"] = instant_of(said.pop("received_on"))
    case = join_from_scan(pk, **said, by=actor(request), at=today().at)
    messages.success(request, _("The paper is kept with %(case)s.") % {"case": case})
    return redirect("admin:dsr_case_change", case.pk)


def _discard(request: HttpRequest, pk: int, form: Any) -> HttpResponse:
    discard_scan(pk, why=form.cleaned_data["why"], by=actor(request), at=today().at)
    messages.success(request, _("The scan is deleted; the ledger says why."))
    return redirect("admin:new_case")


FORMS: dict[str, type[forms.Form]] = {
    "open": ScanCaseForm,
    "join": JoinForm,
    "discard": DiscardForm,
}
SETTLED: dict[str, Callable[[HttpRequest, int, Any], HttpResponse]] = {
    "open": _open,
    "join": _join,
    "discard": _discard,
}


def _page(
    request: HttpRequest,
    scan: Scan,
    name: str = "",
    form: forms.Form | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Show the scan; `form` is the one named `name`, as it was filled in."""
    proposal = _proposal(scan)
    named = _named(scan, proposal)
    proposed = {
        "open": proposed_case(proposal, scan.text),
        "join": _proposed_join(scan, proposal, named),
    }
    shown = {
        one: kind(initial=proposed.get(one), auto_id=f"{one}_%s")
        for one, kind in FORMS.items()
    }
    if form is not None:
        shown[name] = form
    return desk.render(
        request,
        "scan.html",
        title=_("Letter by post"),
        status=409 if refusal else 400 if form else 200,
        scan=scan,
        found=proposal.found,
        quotes=[
            (RightCode(one.right).label, one.quote) for one in proposal.found.evidence
        ],
        named=named,
        is_handler=has_role(request, HANDLERS),
        open_form=shown["open"],
        join_form=shown["join"],
        discard_form=shown["discard"],
        form=form,
        refusal=refusal,
    )


def _proposal(scan: Scan) -> LetterProposal:
    us = current().identity
    language = us.languages[0]
    own = OwnAddress(us.name, us.street.to(language), us.postal_code)
    return propose(scan.text, own=own)


def _named(scan: Scan, proposal: LetterProposal) -> Case | None:
    """Return the case whose cover sheet lies on the letter, else one it names."""
    by_reference = Case.objects.in_bulk(
        [*scan.references, *proposal.references], field_name="reference"
    )
    return next(
        (
            by_reference[one]
            for one in (*scan.references, *proposal.references)
            if one in by_reference
        ),
        None,
    )


def _proposed_join(
    scan: Scan, proposal: LetterProposal, named: Case | None
) -> dict[str, Any]:
    """Begin with the named case; with its own letter, if it has none yet."""
    if named is None:
        return {"text": scan.text, "rights": list(proposal.found.rights)}
    covered = named.reference in scan.references
    lacks = not named.documents.filter(kind=DocumentKind.ORIGINAL).exists()
    is_original = covered and lacks
    return {
        "reference": named.reference,
        "kind": DocumentKind.ORIGINAL if is_original else DocumentKind.ATTACHMENT,
        "received_on": local_day(named.received_at) if is_original else None,
        "rights": [] if is_original else list(proposal.found.rights),
        "text": "" if is_original else scan.text,
    }
