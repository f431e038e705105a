"""What a person can do in their case: write, withdraw, fetch a letter, leave."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from dsr import casework
from dsr.casework.named_recipients import name_recipients
from dsr.controller import current
from dsr.intake.identity_papers import is_identity_paper
from dsr.models import Case, DocumentKind
from dsr.policy import PolicyError
from dsr.portal import access
from dsr.portal.forms import MessageForm, WithdrawForm
from dsr.portal.page import INVALID, language_now, page, typed
from dsr.portal.progress import lines
from dsr.portal.uploads import new_file, refuse_floods, too_large
from dsr.portal.views.status import case_page, letters_of
from dsr.vocabulary import SUBJECT, State


def flooded(request: HttpRequest, reference: str) -> HttpResponse:
    """Say beside the field that the file is far too large; nothing of it was read."""
    case = _opened(request, reference)
    if case is None:
        return _closed_meanwhile(request, reference)
    form = MessageForm({"text": "-"})
    form.full_clean()
    form.add_error("file", too_large())
    return case_page(request, case, form)


@refuse_floods(flooded)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Add words or a file to the case."""
    case = _opened(request, reference)
    if case is None:
        return _closed_meanwhile(request, reference)
    if request.method != "POST":  # a page that was reloaded
        return redirect("portal:status", case.reference)
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return case_page(request, case, form)
    text, file = form.cleaned_data["text"], form.cleaned_data["file"]
    try:
        with transaction.atomic():
            _add(case, text, file)
    except PolicyError as error:
        form.add_error("text", str(error))
        return case_page(request, case, form)
    messages.success(request, _("Thank you. We have received what you sent."))
    return redirect("portal:status", case.reference)


def _add(case: Case, text: str, file: "UploadedFile[bytes] | None") -> None:
    at = timezone.now()
    if file is not None:
        waiting = case.tickets.filter(state=State.AWAITING_IDENTITY).exists()
        if not (waiting or case.is_by_agent) and is_identity_paper(file.name or ""):
            raise PolicyError(
                _(
                    "Please do not send a copy of an identity document: we ask for "
                    "proof only if we need it. Nothing was kept."
                )
            )
        kind = DocumentKind.PROOF if waiting else DocumentKind.ATTACHMENT
        casework.add_document(case.pk, new_file(file, kind), by=SUBJECT, at=at)
    if text:
        casework.write_message(case.pk, text=text, by=SUBJECT, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back the whole request or a part of it, after a second look."""
    at = timezone.now()
    case = _opened(request, reference)
    if case is None:
        return _closed_meanwhile(request, reference)
    open_lines = [line for line in lines(case, language_now()) if line.ticket.is_open]
    choices = [(str(line.ticket.pk), line.title) for line in open_lines]
    initial = {"tickets": [key for key, _title in choices]}
    form = WithdrawForm(typed(request), choices=choices, initial=initial)
    if not choices:
        return redirect("portal:status", case.reference)
    if request.method == "POST" and form.is_valid():
        return _withdraw(
            request, case, [int(key) for key in form.cleaned_data["tickets"]]
        )
    status = INVALID if form.errors else 200
    context = {"case": case, "form": form}
    return page(request, "withdraw.html", context, at=at, status=status)


def _withdraw(request: HttpRequest, case: Case, tickets: list[int]) -> HttpResponse:
    at = timezone.now()
    try:
        with transaction.atomic():
            for ticket_id in tickets:
                casework.withdraw(ticket_id, by=SUBJECT, at=at)
    except PolicyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("You took it back. We confirm it to you."))
    return redirect("portal:status", case.reference)


@require_safe
def letter(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """Give a letter of the case as it was sent."""
    case = _opened(request, reference)
    if case is None:
        return _closed_meanwhile(request, reference)
    found = letters_of(case).filter(pk=pk).first()
    if found is None:
        raise Http404
    name = f"{case.reference}-{found.pk}.pdf"
    response = FileResponse(
        found.pdf.open(),
        as_attachment=True,
        filename=name,
        content_type="application/pdf",
    )
    add_never_cache_headers(response)
    return response


@require_safe
def recipients(request: HttpRequest, reference: str) -> HttpResponse:
    """Name those who received the person's data, and say who was told what."""
    case = _opened(request, reference)
    if case is None:
        return _closed_meanwhile(request, reference)
    at, language = timezone.now(), language_now()
    named = name_recipients(case.pk, language=language, by=SUBJECT, at=at)
    titles = current().rights
    sections = [
        (titles[one.ticket.right_code].title.to(language), one) for one in named
    ]
    context = {"case": case, "sections": sections}
    return page(request, "recipients.html", context, at=at)


@require_POST
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the case in this browser."""
    access.leave(request)
    messages.info(
        request, _("You have left your request. Nothing stays in this browser.")
    )
    return redirect("portal:start")


def _opened(request: HttpRequest, reference: str) -> Case | None:
    case = access.opened(request, at=timezone.now())
    return case if case is not None and case.reference == reference else None


def _closed_meanwhile(request: HttpRequest, reference: str) -> HttpResponse:
    messages.info(
        request,
        _(
            "To show this we need a code: half an hour has passed, or this is "
            "another browser."
        ),
    )
    return redirect("portal:status", reference)
