"""Cases typed in at the desk: a letter without a scan, a call, a visit."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.desk.days import today
from dsr.desk.new_case_forms import NewCaseForm, OralForm
from dsr.desk.permissions import HANDLERS, actor
from dsr.desk.site import desk
from dsr.intake.post.scans import open_from_words
from dsr.models import Case
from dsr.policy import PolicyError
from dsr.vocabulary import Channel

NO_FORM = gettext_lazy(
    "A request needs no form and no words of law. What is unknown stays empty."
)
READ_BACK = gettext_lazy(
    "What you note is read back to the person by letter, so that they can say if it "
    "was misunderstood."
)
ALERTED = gettext_lazy(
    "An authority or a court seems to write: the data protection officer is told by "
    "mail."
)
SAY_NOTHING = gettext_lazy(
    "Give no data by word of mouth: an oral answer is given only when the person asks "
    "for one, and only once their identity is proven by other means (GDPR Art. 12(1))."
)


@desk.page("new/letter/", name="typed_in", roles=HANDLERS)
def typed_in(request: HttpRequest) -> HttpResponse:
    """Ask what the letter said, and open the case."""
    bound = request.method == "POST"
    form = NewCaseForm(request.POST if bound else None)
    return _answer(request, form, title=_("A letter without a scan"), says=[NO_FORM])


@desk.page("new/oral/", name="oral", roles=HANDLERS)
def oral(request: HttpRequest) -> HttpResponse:
    """Ask what was said by telephone or at the counter, and open the case."""
    bound = request.method == "POST"
    form = OralForm(request.POST if bound else None)
    title = _("By telephone or at the counter")
    says = [NO_FORM, READ_BACK, SAY_NOTHING]
    return _answer(request, form, title=title, says=says)


def _answer(
    request: HttpRequest, form: NewCaseForm, *, title: str, says: Sequence[Promise]
) -> HttpResponse:
    """Open the case; what was typed stays if something is wrong."""
    refusal = ""
    if form.is_valid():
        try:
            case = _open(form, request)
        except PolicyError as error:
            refusal = str(error)
        else:
            messages.success(request, said_of(case))
            if case.desk_mails.exists():
                messages.warning(request, ALERTED)
            return redirect("admin:dsr_case_change", case.pk)
    context: dict[str, Any] = {"form": form, "refusal": refusal, "says": says}
    return desk.render(
        request,
        "typed_in.html",
        title=title,
        status=409 if refusal else 400 if form.is_bound else 200,
        **context,
    )


def _open(form: NewCaseForm, request: HttpRequest) -> Case:
    channel = Channel(form.cleaned_data.get("channel", Channel.POST))
    return open_from_words(form.new_case(channel), by=actor(request), at=today().at)


def said_of(case: Case) -> str:
    """Say that a case is open, and whether somebody can be answered."""
    if case.contact_email:
        text = _("%(case)s is open and acknowledged. Next: take it in hand.")
    elif case.postal_address:
        text = _("%(case)s is open. Next: print its acknowledgement, and post it.")
    else:
        text = _(
            "%(case)s is open. There is no address to answer to: ask for one, and note "
            "it with “Correct the address”; the acknowledgement then goes out."
        )
    return text % {"case": case}
