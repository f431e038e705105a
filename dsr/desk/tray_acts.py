"""Settling a mail: it opens a case, joins one, goes elsewhere, or is no request."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from dsr.desk.days import today
from dsr.desk.downloads import attachment, open_sealed
from dsr.desk.permissions import CASES, actor
from dsr.desk.site import desk
from dsr.desk.tray import find_arrival
from dsr.desk.tray_letter import Letter
from dsr.desk.tray_page import HEADINGS, arrival_page, place_of
from dsr.intake.desk_mails import retry_desk_mails
from dsr.intake.mailbox import aside
from dsr.intake.mailbox import settle as verbs
from dsr.models import Arrival
from dsr.policy import PolicyError


@dataclass(frozen=True, slots=True)
class TrayAct:
    """What settles a mail, and what the officer then reads."""

    do: Callable[..., Any]
    said: Promise


ACTS = {
    "open": TrayAct(verbs.settle_as_case, _("A case is open. Next: take it in hand.")),
    "attach": TrayAct(verbs.settle_to_case, _("The mail stands in the case's thread.")),
    "nothing": TrayAct(
        aside.settle_as_nothing,
        _("Noted: no request. The mail is kept with the reason."),
    ),
    "hand-over": TrayAct(
        aside.hand_over,
        _("Handed over. The mail's page says who was told, and when."),
    ),
    "spam": TrayAct(
        aside.settle_as_spam,
        _("Put aside. What this sender writes from now on is listed as spam."),
    ),
}


@desk.page("mail/<int:pk>/<slug:name>/", name="settle", roles=CASES, methods=("POST",))
def settle(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Settle the mail in the officer's name, then go to the next one."""
    arrival = find_arrival(pk)
    if name not in ACTS:
        raise Http404
    act = ACTS[name]
    form = HEADINGS[name][0](request.POST, letter=Letter(arrival))
    refusal = ""
    place = place_of(arrival)
    if form.is_valid():
        try:
            act.do(pk, **form.said(), by=actor(request), at=today().at)
        except PolicyError as error:
            refusal = str(error)
        else:
            arrival.refresh_from_db()
            say(request, arrival, str(act.said))
            return redirect(after(arrival, place.after if place else None))
    status = 409 if refusal else 400
    return arrival_page(
        request, arrival, status=status, refusal=refusal, bound={name: form}
    )


def after(arrival: Arrival, neighbour: int | None) -> str:
    """Return the next mail of the tray, else the case, else the list."""
    following = (
        neighbour or Arrival.objects.in_tray().values_list("pk", flat=True).first()
    )
    if following:
        return reverse("admin:dsr_arrival_change", args=[following])
    if arrival.case_id:
        return reverse("admin:dsr_case_change", args=[arrival.case_id])
    return reverse("admin:dsr_arrival_changelist")


def say(request: HttpRequest, arrival: Arrival, said: str) -> None:
    """Say what was done with which mail, with the way to it and to its cases."""
    number = format_html(
        '<a href="{}">{} {}</a>',
        reverse("admin:dsr_arrival_change", args=[arrival.pk]),
        _("mail"),
        arrival.pk,
    )
    further = [one.case for one in arrival.further.select_related("case")]
    cases = format_html_join(
        "",
        ' <a href="{}">{}</a>',
        (
            (reverse("admin:dsr_case_change", args=[case.pk]), case.reference)
            for case in (arrival.case, *further)
            if case is not None
        ),
    )
    messages.success(request, format_html("{} ({}{})", said, number, cases))


@desk.page(
    "mail/<int:pk>/aside/<slug:name>/", name="aside", roles=CASES, methods=("POST",)
)
def back(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Put a mail into the tray again, or tick off that it was rightly put aside."""
    arrival = find_arrival(pk)
    by, at = actor(request), today().at
    try:
        if name == "reopen":
            aside.reopen_mail(pk, by=by, at=at)
            messages.success(request, _("It waits in the tray again. Settle it here."))
        elif name == "looked-over":
            aside.look_over([pk], by=by, at=at)
            messages.success(request, _("Noted: looked over."))
        elif name == "retry":
            retry_desk_mails(pk, by=by, at=at)
            messages.success(request, _("It will be sent again."))
        else:
            raise Http404
    except PolicyError as error:
        return arrival_page(request, arrival, status=409, refusal=str(error))
    return redirect("admin:dsr_arrival_change", pk)


@desk.page(
    "mail/<int:pk>/file/<int:number>/", name="mail_file", roles=CASES, methods=("GET",)
)
def file(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """Hand out one attachment of a mail, never under the name a stranger gave it."""
    arrival = find_arrival(pk)
    open_sealed(request, arrival)
    files = Letter(arrival).mail.attachments
    if not 1 <= number <= len(files):
        raise Http404
    chosen = files[number - 1]
    content = BytesIO(chosen.content)
    return attachment(content, chosen.content_type, f"mail-{pk}-{number}")
