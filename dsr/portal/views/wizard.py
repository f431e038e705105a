"""The form in four pages: what, details, how to reach you, check and send."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from dsr.controller import current
from dsr.models import Case
from dsr.policy import PolicyError
from dsr.portal import access, throttle
from dsr.portal.draft import Draft
from dsr.portal.errors import too_many
from dsr.portal.forms import OTHER, MandateForm, ReachForm, RequestForm, StartForm
from dsr.portal.page import INVALID, language_now, page
from dsr.portal.promises import promised
from dsr.portal.sending import Answers, read, send
from dsr.portal.uploads import refuse_floods, too_large

GROUPS = (
    ("see", ("access", "portability")),
    ("change", ("rectification", "erasure", "restriction")),
    (
        "stop",
        (
            "marketing_opt_out",
            "objection",
            "consent_withdrawal",
            "automated_decision_review",
        ),
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask what the person would like us to do with their data."""
    at = timezone.now()
    draft = Draft(request, at=at)
    form = StartForm(draft.pages.get("start"))
    if request.method == "POST":
        form = StartForm(request.POST)
        before = draft.pages.get("start", {}).get("text", "")
        draft.keep("start", request.POST, form.fields, at=at)
        _carry_words(draft, before)
        if form.is_valid():
            return redirect("portal:request")
    context = {"form": form, "groups": _groups(form["rights"].value() or [])}
    return page(request, "start.html", context, at=at, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Ask what the chosen rights need to know."""
    at = timezone.now()
    draft = Draft(request, at=at)
    if not draft.pages:
        return nothing_typed(request)
    answers = read(draft)
    if answers.request is None:
        return redirect("portal:start")
    rights = answers.start.cleaned_data["rights"]
    form = answers.request
    if request.method == "POST":
        form = RequestForm(request.POST, rights=rights)
        draft.keep("request", request.POST, form.fields, at=at)
        if form.is_valid():
            return redirect("portal:reach")
    elif set(draft.pages["request"]) <= {"text"}:
        form = RequestForm(initial=draft.pages["request"], rights=rights)
    context = {"form": form, "questions": _questions(form)}
    return page(request, "request.html", context, at=at, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: HttpRequest) -> HttpResponse:
    """Ask where the answer goes."""
    at = timezone.now()
    draft = Draft(request, at=at)
    if not draft.pages:
        return nothing_typed(request)
    answers = read(draft)
    if answers.unfinished in ("start", "request"):
        return redirect(f"portal:{answers.unfinished}")
    form = ReachForm(draft.pages.get("reach"), initial={"language": language_now()})
    if request.method == "POST":
        form = ReachForm(request.POST)
        draft.keep("reach", request.POST, form.fields, at=at)
        if form.is_valid():
            return redirect("portal:check")
    by_agent = draft.pages["request"].get("whom") == OTHER
    context = {"form": form, "by_agent": by_agent}
    return page(request, "reach.html", context, at=at, status=_status(form))


def flooded(request: HttpRequest) -> HttpResponse:
    """Say beside the field that the file is far too large; nothing of it was read."""
    at = timezone.now()
    draft = Draft(request, at=at)
    if not draft.pages or read(draft).unfinished:
        return nothing_typed(request)
    form = MandateForm({})
    form.add_error("mandate", too_large())
    return _check_page(request, draft, form)


@refuse_floods(flooded)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show everything on one page, with the button that sends it."""
    at = timezone.now()
    draft = Draft(request, at=at)
    if not draft.pages:
        return nothing_typed(request)
    answers = read(draft)
    if answers.unfinished:
        return redirect(f"portal:{answers.unfinished}")
    if request.method != "POST":
        return _check_page(request, draft, MandateForm())
    form = MandateForm(request.POST, request.FILES)
    if not form.is_valid():
        return _check_page(request, draft, form)
    if throttle.is_reached(request, throttle.SUBMISSIONS, at=at):
        return too_many(request)
    return _send(request, draft, answers, form.cleaned_data["mandate"])


def _send(
    request: HttpRequest,
    draft: Draft,
    answers: Answers,
    mandate: "UploadedFile[bytes] | None",
) -> HttpResponse:
    at = timezone.now()
    throttle.count(request, throttle.SUBMISSIONS, at=at)
    try:
        case = send(request, draft, answers, mandate, at=at)
    except PolicyError as error:
        form = MandateForm({})
        form.add_error(None, str(error))
        return _check_page(request, draft, form)
    draft.wipe()
    access.note_sent(request, case, at=at)
    return after_sending(case)


def after_sending(case: Case) -> HttpResponseRedirect:
    """Go on to the confirmation of the address, or to the receipt if there is none."""
    if case.contact_email and case.contact_confirmed_at is None:
        return redirect("portal:confirm", case.reference)
    return redirect("portal:receipt")


@require_POST
def start_again(request: HttpRequest) -> HttpResponse:
    """Forget everything typed."""
    Draft(request, at=timezone.now()).wipe()
    return redirect("portal:start")


def nothing_typed(request: HttpRequest) -> HttpResponse:
    """Go to the receipt of what was just sent, or say why there is nothing here."""
    at = timezone.now()
    case = access.sent(request, at=at)
    if case is not None:
        return after_sending(case)
    return page(request, "nothing_typed.html", at=at, status=409)


def _check_page(request: HttpRequest, draft: Draft, form: MandateForm) -> HttpResponse:
    at = timezone.now()
    answers = read(draft)
    asked = answers.request
    if asked is None or answers.unfinished:
        return redirect(f"portal:{answers.unfinished}")
    context = {
        "form": form,
        "answers": answers,
        "asked": asked.cleaned_data,
        "by_agent": asked.cleaned_data["whom"] == OTHER,
        "questions": _questions(asked),
        "rights": promised(answers.start.cleaned_data["rights"]),
        "were_read": not draft.pages["start"].get("rights"),
    }
    return page(request, "check.html", context, at=at, status=_status(form))


def _carry_words(draft: Draft, before: str) -> None:
    """Take the words of the first page to the second, unless changed there."""
    words = draft.pages["start"].get("text", "")
    request = draft.pages.setdefault("request", {})
    if request.get("text", "") in ("", before):
        request["text"] = words


def _groups(ticked: list[str]) -> list[dict[str, Any]]:
    return [
        {"code": group, "rights": [p | {"on": p["code"] in ticked} for p in promised]}
        for group, promised in ((name, promised(codes)) for name, codes in GROUPS)
    ]


def _questions(form: RequestForm) -> list[dict[str, Any]]:
    language, rights = language_now(), current().rights
    return [
        {"title": rights[code].title.to(language), "fields": fields}
        for code, fields in form.questions()
    ]


def _status(form: Any) -> int:
    return INVALID if form.errors else 200
