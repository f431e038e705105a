"""The door to a case: reference, then a code by mail; and the case behind it."""

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dsr import casework
from dsr.clock.derivation import day_in_words
from dsr.models import Case, Letter, MessageKind
from dsr.portal import access, throttle
from dsr.portal.alike import no_sooner
from dsr.portal.errors import too_many
from dsr.portal.forms import MessageForm, ReferenceForm
from dsr.portal.packages import packages
from dsr.portal.page import INVALID, language_now, page, typed
from dsr.portal.progress import lines
from dsr.reference import find_references
from dsr.vocabulary import SUBJECT, LetterKind, LetterState, Outcome, State

# Letters whose text is only a code or a notice; there is nothing to read in them.
NOTICES = (
    LetterKind.CONFIRM_ADDRESS,
    LetterKind.ACCESS_CODE,
    LetterKind.DESK_MESSAGE,
    LetterKind.ADDRESS_CHANGED,
)


@no_sooner
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Ask for the reference, and mail a code if there is such a case."""
    at = timezone.now()
    form = ReferenceForm(typed(request))
    if request.method == "POST" and form.is_valid():
        references = find_references(form.cleaned_data["reference"])
        if references:
            return ask_code(request, references[0])
        form.add_error(
            "reference",
            _("This reference is mistyped. Compare it with our e-mail or letter."),
        )
    status = INVALID if form.errors else 200
    return page(request, "door.html", {"form": form}, at=at, status=status)


def ask_code(request: HttpRequest, reference: str) -> HttpResponse:
    """Mail a code to the address of the case, if there is one, and ask for it."""
    at = timezone.now()
    if throttle.is_reached(request, throttle.CODES_ASKED, at=at):
        return too_many(request)
    throttle.count(request, throttle.CODES_ASKED, at=at)
    casework.send_code(reference, by=SUBJECT, at=at)
    messages.info(
        request,
        _("If there is such a request with an e-mail address, a code is on its way."),
    )
    return redirect("portal:confirm", reference)


@require_http_methods(["GET", "HEAD"])
def status(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the case to whom a code has let in; to everybody else, the door."""
    at = timezone.now()
    case = access.opened(request, at=at)
    if case is None or case.reference != reference:
        form = ReferenceForm(initial={"reference": reference})
        return page(request, "door.html", {"form": form}, at=at)
    return case_page(request, case, MessageForm())


def case_page(request: HttpRequest, case: Case, form: MessageForm) -> HttpResponse:
    """Show where each right stands, the thread, the letters, and what can be done."""
    at = timezone.now()
    tickets = case.tickets.all()
    context = {
        "case": case,
        "lines": lines(case, language_now()),
        "thread": [
            (message, _day(message.at))
            for message in case.messages.exclude(kind=MessageKind.NOTE)
        ],
        "letters": [(letter, _day(letter.sent_at)) for letter in letters_of(case)],
        "packages": packages(case, language_now()),
        "form": form,
        "asked_for_proof": any(t.state == State.AWAITING_IDENTITY for t in tickets),
        "names_recipients": any(
            t.replied_at and t.outcome in Outcome.CARRIED_OUT for t in tickets
        ),
        "can_withdraw": any(ticket.is_open for ticket in tickets),
    }
    code = INVALID if form.errors else 200
    here = reverse("portal:status", args=[case.reference])
    return page(request, "case.html", context, at=at, status=code, here=here)


def letters_of(case: Case) -> QuerySet[Letter]:
    """Return the letters that the person has been sent and may read here."""
    sent = case.letters.filter(state=LetterState.SENT)
    theirs = sent.exclude(kind__in=(*NOTICES, *LetterKind.TO_OTHERS))
    return theirs.exclude(pdf="")


def _day(at: datetime | None) -> str:
    """Write the local day of an instant out."""
    return day_in_words(timezone.localdate(at), language_now()) if at else ""
