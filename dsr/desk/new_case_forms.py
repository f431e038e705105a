"""Forms of a case that no machine opens: a letter on paper, a call, a visit."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.casework import LONGEST_MESSAGE, NewCase, NewFile
from dsr.controller import current
from dsr.intake.mailbox.own_reference import own_reference
from dsr.rights import RIGHTS
from dsr.vocabulary import Channel, IdentifierKind, RightCode

GDPR_APPLIES = date(2018, 5, 25)  # GDPR Art. 99(2)
NOON = time(12)  # the law counts days; the hour of a letter is not known
BY_POST, BY_EMAIL = "post", "email"
IDENTIFIERS = (
    IdentifierKind.CUSTOMER,
    IdentifierKind.POLICY,
    IdentifierKind.CLAIM,
    IdentifierKind.PHONE,
)


class NewCaseForm(forms.Form):
    """What a letter on paper said; what is unknown stays empty."""

    receipt: ClassVar[tuple[str, ...]] = ("received_on", "received_time")

    received_on = forms.DateField(
        label=gettext_lazy("Day of receipt"),
        help_text=gettext_lazy("From the stamp or the call, not the day of typing."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(GDPR_APPLIES)],
    )
    received_time = forms.TimeField(
        label=gettext_lazy("Time of receipt"),
        help_text=gettext_lazy("Empty if it is not known; the law counts days."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
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
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    answer_by = forms.ChoiceField(
        label=gettext_lazy("How the answer should reach the person"),
        choices=[
            (BY_POST, gettext_lazy("By post")),
            (BY_EMAIL, gettext_lazy("By e-mail")),
        ],
        widget=forms.RadioSelect,
        initial=BY_POST,
        required=False,
    )
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    postal_address = forms.CharField(
        label=gettext_lazy("Postal address"),
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for each number by which the person may be known."""
        super().__init__(*args, **kwargs)
        for kind in IDENTIFIERS:
            self.fields[kind.value] = forms.CharField(
                label=capfirst(kind.label), max_length=254, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a receipt in the future, and a way of answering without address."""
        said = super().clean() or {}
        if day := said.get("received_on"):
            said["received_at"] = instant_of(day, said.get("received_time"))
            if said["received_at"] > timezone.now():
                self.add_error("received_on", _("The receipt lies in the future."))
        email, by = said.get("email"), said.get("answer_by")
        if by == BY_EMAIL and not email and "email" not in self.errors:
            self.add_error("email", _("Give the e-mail address, or choose post."))
        if by == BY_POST and email and not said.get("postal_address"):
            self.add_error(
                "postal_address", _("Give the postal address, or choose e-mail.")
            )
        return said

    def new_case(self, channel: Channel, files: Sequence[NewFile] = ()) -> NewCase:
        """Return what was typed; an e-mail not answered to still finds the person."""
        said = self.cleaned_data
        numbers = {kind.value: said[kind.value] for kind in IDENTIFIERS}
        by_post = said["answer_by"] == BY_POST
        if by_post:
            numbers[IdentifierKind.EMAIL.value] = said["email"]
        return NewCase(
            channel=channel,
            received_at=said["received_at"],
            language=said["language"],
            rights=said["rights"],
            text=said["text"],
            name=said["name"],
            email="" if by_post else said["email"],
            postal_address=said["postal_address"],
            identifiers=numbers,
            agent_name=said["agent_name"],
            agent_relation=said["agent_relation"],
            own_reference=said["own_reference"] or own_reference(said["text"]),
            sender_believed=False,  # anybody may write or say any address
            files=files,
        )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under headings, in the order of the letter."""
        numbers = [kind.value for kind in IDENTIFIERS]
        person = ["name", "answer_by", "email", "postal_address", *numbers]
        return [
            (title, [self[name] for name in names])
            for title, names in (
                (_("Receipt"), self.receipt),
                (_("The request"), ["rights", "text", "language"]),
                (_("The person"), person),
                (
                    _("Somebody else writes for the person"),
                    ["agent_name", "agent_relation", "own_reference"],
                ),
            )
        ]


def instant_of(day: date, hour: time | None = None) -> datetime:
    """Place a receipt where the controller is; without an hour at noon, or now."""
    zone = ZoneInfo(current().identity.time_zone)
    if hour is not None:
        return datetime.combine(day, hour, tzinfo=zone)
    now = timezone.now().astimezone(zone)
    noon = datetime.combine(day, NOON, tzinfo=zone)
    return min(noon, now) if day == now.date() else noon


class OralForm(NewCaseForm):
    """What somebody said by telephone or at the counter."""

    receipt = ("channel", "received_on", "received_time")

    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[
            (one.value, capfirst(one.label)) for one in (Channel.PHONE, Channel.COUNTER)
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("What the person said"),
        help_text=gettext_lazy("As they said it; a letter reads it back to them."),
        widget=forms.Textarea(attrs={"rows": 5, "cols": 80}),
        max_length=LONGEST_MESSAGE,
    )
