"""A task behind a link: one page for somebody who has no account and needs none.

The link is exchanged for a note in the session and leads on to an address without it,
so that it stays in no history, no log of the next page, and no referrer.
"""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dsr.casework import errand_answers, errands
from dsr.models import Errand
from dsr.policy import PolicyError
from dsr.portal import throttle
from dsr.portal.errors import too_many
from dsr.portal.page import INVALID, language_now, page
from dsr.portal.task_forms import (
    DONE,
    NoticeTaskForm,
    OrderTaskForm,
    SearchTaskForm,
    TaskForm,
)
from dsr.portal.task_words import task_words
from dsr.portal.uploads import refuse_floods, too_large
from dsr.vocabulary import OWNER, RECIPIENT, ErrandState

OPEN_FOR = timedelta(hours=2)  # since the link was followed
KEY = "portal.tasks"


@require_safe
def link(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Open a task for this browser, and lead on; a wrong link says nothing of it."""
    at = timezone.now()
    if throttle.is_reached(request, throttle.WRONG_CODES, at=at):
        return too_many(request)
    errand = errands.open_errand(pk, token=token, by=OWNER, at=at)
    if errand is None:
        throttle.count(request, throttle.WRONG_CODES, at=at)
        return _closed(request)
    request.session.cycle_key()
    opened = request.session.get(KEY, {})
    note = {"nonce": errand.nonce, "at": at.isoformat()}
    request.session[KEY] = opened | {str(pk): note}
    return redirect("portal:task", pk)


def flooded(request: HttpRequest, pk: int) -> HttpResponse:
    """Say beside the field that the files are far too large; nothing was read."""
    errand = _opened(request, pk)
    if errand is None or errand.search is None:
        return _closed(request)
    form = SearchTaskForm({})
    form.full_clean()
    form.errors.clear()
    form.add_error("handed_in", too_large())
    return _show(request, errand, form)


@refuse_floods(flooded)
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is asked, and take the answer."""
    errand = _opened(request, pk)
    if errand is None:
        return _closed(request)
    if request.method != "POST":
        return _show(request, errand, _form_of(errand)())
    form = _form_of(errand)(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, errand, form)
    try:
        _answer(errand, form)
    except PolicyError as error:
        name = "handed_in" if "handed_in" in form.fields else "note"
        form.add_error(name, str(error))
        return _show(request, errand, form)
    messages.success(request, _("Thank you. We have received your answer."))
    return redirect("portal:task", pk)


def _form_of(errand: Errand) -> type[TaskForm]:
    if errand.notice is not None:
        return NoticeTaskForm
    return SearchTaskForm if errand.search is not None else OrderTaskForm


def _answer(errand: Errand, form: TaskForm) -> None:
    at, said = timezone.now(), form.cleaned_data
    if isinstance(form, SearchTaskForm):
        errand_answers.answer_search(errand.pk, form.answer(), by=OWNER, at=at)
        return
    done = said["result"] == DONE
    if errand.notice is not None:
        errand_answers.answer_notice(
            errand.pk, done=done, note=said["note"], by=RECIPIENT, at=at
        )
    else:
        errand_answers.answer_order(
            errand.pk, done=done, note=said["note"], by=OWNER, at=at
        )


def _opened(request: HttpRequest, pk: int) -> Errand | None:
    """Return the task that a link has opened in this browser, while the link holds."""
    note = request.session.get(KEY, {}).get(str(pk))
    if note is None:
        return None
    if timezone.now() - datetime.fromisoformat(note["at"]) > OPEN_FOR:
        return None
    errands = Errand.objects.select_related(
        "ticket__case__subject", "search", "order", "notice"
    )
    return errands.filter(pk=pk, nonce=note["nonce"]).first()


def _show(request: HttpRequest, errand: Errand, form: TaskForm) -> HttpResponse:
    context = {
        "words": task_words(errand, language_now()),
        "form": form,
        "is_wanted": errand.is_wanted,
        "is_answered": errand.state == ErrandState.ANSWERED,
    }
    status = INVALID if form.errors else 200
    return page(request, "task.html", context, at=timezone.now(), status=status)


def _closed(request: HttpRequest) -> HttpResponse:
    """Say that a link opens nothing, whether or not there is such a task."""
    return page(request, "task_closed.html", at=timezone.now(), status=404)
