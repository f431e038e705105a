"""The page that splits a mail: one form a person, with their own words and files."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr import casework
from dsr.desk.days import today
from dsr.desk.permissions import HANDLERS, actor
from dsr.desk.site import desk
from dsr.desk.tray import find_arrival
from dsr.desk.tray_acts import after, say
from dsr.desk.tray_forms import PersonFields, TrayForm, request_initial, rights_field
from dsr.desk.tray_letter import Letter
from dsr.desk.tray_page import place_of
from dsr.intake.mailbox.receive import words_of
from dsr.intake.mailbox.split import FEWEST, Part, settle_as_cases
from dsr.policy import PolicyError

MOST = 20  # people of one mail on one page


class PartForm(TrayForm, PersonFields):
    """What the mail says of one person."""

    rights = rights_field(gettext_lazy("What the person asks for"), required=True)
    text = forms.CharField(
        label=gettext_lazy("The words about this person"),
        help_text=gettext_lazy("Take out what the mail says of the others."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=casework.LONGEST_MESSAGE,
    )
    enclosed = forms.MultipleChoiceField(
        label=gettext_lazy("Files about this person"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = (
        "name",
        "email",
        "known_as",
        "language",
        "rights",
        "text",
        "enclosed",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the files of the mail."""
        super().__init__(*args, **kwargs)
        files = self.fields["enclosed"]
        assert isinstance(files, forms.MultipleChoiceField)  # noqa: S101  for the types
        files.choices = self.letter.file_choices
        if not files.choices:
            del self.fields["enclosed"]

    def part(self) -> Part:
        """Return the part as the verb wants it."""
        said = self.cleaned_data
        return Part(
            self.person(), said["rights"], said["text"], said.get("enclosed", ())
        )


@desk.page("tray/<int:pk>/split/", name="split_mail", roles=HANDLERS)
def split_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for each person what the mail says of them; then each gets a case."""
    arrival = find_arrival(pk)
    letter = Letter(arrival)
    count = _count(request)
    shown = [_form(request, letter, number) for number in range(1, count + 1)]
    place = place_of(arrival)
    refusal = ""
    invalid = [form for form in shown if form.is_bound and not form.is_valid()]
    if request.method == "POST" and not invalid:
        try:
            parts = [form.part() for form in shown]
            settle_as_cases(pk, parts=parts, by=actor(request), at=today().at)
        except PolicyError as error:
            refusal = str(error)
        else:
            arrival.refresh_from_db()
            say(request, arrival, _("Each person has a case now."))
            return redirect(after(arrival, place.after if place else None))
    return desk.render(
        request,
        "split_mail.html",
        title=_("Split mail %(number)d") % {"number": pk},
        status=409 if refusal else 400 if invalid else 200,
        refusal=refusal,
        arrival=arrival,
        letter=letter,
        mail=letter.mail,
        forms=shown,
        count=count,
        fewest=FEWEST,
        most=MOST,
        back=reverse("admin:dsr_arrival_change", args=[pk]),
    )


def _count(request: HttpRequest) -> int:
    """Return for how many people; whatever else was typed, it is a number we take."""
    said = (request.POST or request.GET).get("people", "")
    number = int(said) if said.isdecimal() and len(said) < len("1000") else FEWEST
    return min(max(number, FEWEST), MOST)


def _form(request: HttpRequest, letter: Letter, number: int) -> PartForm:
    prefix = f"person{number}"
    if request.method == "POST":
        return PartForm(request.POST, letter=letter, prefix=prefix)
    first = request_initial(letter)
    # Who answers for them all is known; who the others are, nobody said yet.
    initial = first if number == 1 else first | {"name": "", "known_as": ""}
    initial |= {"text": words_of(letter.mail)}
    return PartForm(letter=letter, prefix=prefix, initial=initial)
