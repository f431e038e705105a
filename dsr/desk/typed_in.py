"""A case typed in at the desk: what came by post, by telephone, or over the counter."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr import casework
from dsr.casework import NewCase
from dsr.controller import current
from dsr.desk.days import today
from dsr.desk.permissions import HANDLERS, actor
from dsr.desk.site import desk
from dsr.desk.uploads import check_upload, new_file
from dsr.intake.mailbox.own_reference import own_reference
from dsr.models import Case, DocumentKind
from dsr.policy import PolicyError
from dsr.rights import RIGHTS
from dsr.vocabulary import Channel, IdentifierKind, RightCode

GDPR_APPLIES = date(2018, 5, 25)  # GDPR Art. 99(2)
IDENTIFIERS = (
    IdentifierKind.CUSTOMER,
    IdentifierKind.POLICY,
    IdentifierKind.CLAIM,
    IdentifierKind.PHONE,
)


class TypedInForm(forms.Form):
    """What the letter or the caller said; what is unknown stays empty."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[
            (one.value, capfirst(one.label)) for one in (Channel.POST, Channel.PHONE)
        ],
        widget=forms.RadioSelect,
        initial=Channel.POST,
    )
    received_on = forms.DateField(
        label=gettext_lazy("Day of receipt"),
        help_text=gettext_lazy("From the stamp or the call, not the day of typing."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(GDPR_APPLIES)],
    )
    received_time = forms.TimeField(
        label=gettext_lazy("Time of receipt"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the answer"), choices=settings.LANGUAGES
    )
    rights = forms.MultipleChoiceField(
        label=gettext_lazy("What the person asks for"),
        choices=[(code, RightCode(code).label) for code in RIGHTS],
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label=gettext_lazy("In the person's own words"),
        widget=forms.Textarea(attrs={"rows": 8, "cols": 80}),
        max_length=100_000,
        required=False,
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail for the answer"), required=False
    )
    postal_address = forms.CharField(
        label=gettext_lazy("Postal address for the answer"),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 40}),
        max_length=1000,
        required=False,
    )
    agent_name = forms.CharField(
        label=gettext_lazy("Represented by"), max_length=200, required=False
    )
    agent_relation = forms.CharField(
        label=gettext_lazy("Who is for the person"),
        help_text=gettext_lazy("For example: lawyer, mother, consumer association."),
        max_length=100,
        required=False,
    )
    own_reference = forms.CharField(
        label=gettext_lazy("The person's own reference"),
        help_text=gettext_lazy("Our letters quote it. Empty: looked for in the words."),
        max_length=100,
        required=False,
    )
    scan = forms.FileField(
        label=gettext_lazy("Scan of the letter"),
        help_text=gettext_lazy("A PDF, TIFF, JPEG or PNG."),
        required=False,
        max_length=255,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for each number by which the person may be known."""
        super().__init__(*args, **kwargs)
        for kind in IDENTIFIERS:
            self.fields[kind.value] = forms.CharField(
                label=capfirst(kind.label), max_length=254, required=False
            )

    def clean_scan(self) -> UploadedFile[Any] | None:
        """Accept what a scanner makes, up to the size the desk takes."""
        upload: UploadedFile[Any] | None = self.cleaned_data["scan"]
        check_upload(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        """Refuse a receipt in the future; ask for words or a scan."""
        said = super().clean() or {}
        day, time = said.get("received_on"), said.get("received_time")
        if day and time:
            zone = ZoneInfo(current().identity.time_zone)
            said["received_at"] = datetime.combine(day, time, tzinfo=zone)
            if said["received_at"] > timezone.now():
                self.add_error("received_on", _("The receipt lies in the future."))
        if not said.get("text") and not said.get("scan") and not self.errors:
            self.add_error("text", _("Type what was said, or add the scan."))
        return said

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under headings, in the order of the letter."""
        numbers = [kind.value for kind in IDENTIFIERS]
        return [
            (title, [self[name] for name in names])
            for title, names in (
                (_("Receipt"), ["channel", "received_on", "received_time", "scan"]),
                (_("The request"), ["rights", "text", "language"]),
                (_("The person"), ["name", "email", "postal_address", *numbers]),
                (
                    _("Somebody else writes for the person"),
                    ["agent_name", "agent_relation", "own_reference"],
                ),
            )
        ]


@desk.page("new/", name="typed_in", roles=HANDLERS, nav=gettext_lazy("New case"))
def typed_in(request: HttpRequest) -> HttpResponse:
    """Ask what came and open the case; what was typed stays if something is wrong."""
    bound = request.method == "POST"
    form = TypedInForm(request.POST, request.FILES) if bound else TypedInForm()
    refusal = ""
    if form.is_valid():
        try:
            case = _open(request, form.cleaned_data)
        except PolicyError as error:
            refusal = str(error)
        else:
            messages.success(request, _said(case))
            return redirect("admin:dsr_case_change", case.pk)
    return desk.render(
        request,
        "typed_in.html",
        title=_("New case"),
        status=409 if refusal else 400 if bound else 200,
        form=form,
        refusal=refusal,
    )


def _open(request: HttpRequest, said: dict[str, Any]) -> Case:
    scan = said["scan"]
    new = NewCase(
        channel=Channel(said["channel"]),
        received_at=said["received_at"],
        language=said["language"],
        rights=said["rights"],
        text=said["text"],
        name=said["name"],
        email=said["email"],
        postal_address=said["postal_address"],
        identifiers={kind.value: said[kind.value] for kind in IDENTIFIERS},
        agent_name=said["agent_name"],
        agent_relation=said["agent_relation"],
        own_reference=said["own_reference"] or own_reference(said["text"]),
        files=[new_file(scan, DocumentKind.ORIGINAL)] if scan else [],
    )
    return casework.open_case(new, by=actor(request), at=today().at)


def _said(case: Case) -> str:
    if case.contact_email or case.postal_address:
        text = _("%(case)s is open and acknowledged. Next: take it in hand.")
    else:
        text = _(
            "%(case)s is open. There is no address to answer to: ask for one by "
            "telephone and note it in a message."
        )
    return text % {"case": case}
