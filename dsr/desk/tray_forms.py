"""What the tray asks: which rights, which case, or why a mail is no request."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dsr.controller import current
from dsr.desk.tray_letter import Letter
from dsr.intake.mailbox.person import Person, person_read
from dsr.models import Arrival, Case
from dsr.policy.checks import SHORTEST_REASON
from dsr.reference import find_references
from dsr.rights import RIGHTS
from dsr.vocabulary import RightCode

MOST_OTHERS = 60  # mails of the tray offered to be joined with one


def rights_field(label: Any, *, required: bool) -> forms.MultipleChoiceField:
    """Return the nine rights as boxes, in the order of their numbers."""
    return forms.MultipleChoiceField(
        label=label,
        choices=[(code, RightCode(code).label) for code in RIGHTS],
        widget=forms.CheckboxSelectMultiple,
        required=required,
    )


class TrayForm(forms.Form):
    """A form about one mail; `said` is what its verb is told."""

    letter: Letter

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        """Take the mail that the form is about."""
        self.letter = letter
        super().__init__(*args, **kwargs)

    def said(self) -> dict[str, Any]:
        """Return what the verb needs."""
        return dict(self.cleaned_data)


class PersonFields(forms.Form):
    """Whom a case is about, and who is answered."""

    name = forms.CharField(
        label=gettext_lazy("Name of the person"), max_length=200, required=False
    )
    email = forms.EmailField(label=gettext_lazy("E-mail for the answer"))
    known_as = forms.EmailField(
        label=gettext_lazy("The person's own e-mail address"),
        help_text=gettext_lazy("By which we look for them. Empty: not known."),
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the answer"), choices=settings.LANGUAGES
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

    def person(self) -> Person:
        """Return the person as the officer has them."""
        said = self.cleaned_data
        return Person(**{name: said[name] for name in PersonFields.base_fields})


class RequestForm(TrayForm, PersonFields):
    """A request: what it asks for, whose it is, and which other mails belong to it."""

    rights = rights_field(gettext_lazy("What the person asks for"), required=True)
    others = forms.MultipleChoiceField(
        label=gettext_lazy("Together with these mails of the tray"),
        help_text=gettext_lazy("They become one case, from the receipt of the first."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ("rights",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the other mails of the tray, those of the same sender first."""
        super().__init__(*args, **kwargs)
        mine = self.letter.arrival.sender.casefold()
        rows = Arrival.objects.in_tray().exclude(pk=self.letter.arrival.pk)
        others = list(rows.values_list("pk", "sender")[:1000])
        others.sort(key=lambda one: (not mine or one[1].casefold() != mine, one[0]))
        field = self.fields["others"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  for the types
        field.choices = [
            (pk, _("mail %(number)d, %(sender)s") % {"number": pk, "sender": sender})
            for pk, sender in others[:MOST_OTHERS]
        ]

    def said(self) -> dict[str, Any]:
        """Return rights, person and the mails that belong to it."""
        said = self.cleaned_data
        others = [int(pk) for pk in said["others"]]
        return {"rights": said["rights"], "person": self.person(), "others": others}


class CaseForm(TrayForm):
    """Which case the mail belongs to."""

    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "open-cases", "autocomplete": "off"}),
    )
    rights = rights_field(
        gettext_lazy("What it asks for"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what becomes of a right that is open already."""
        super().__init__(*args, **kwargs)
        self.fields["rights"].help_text = _(
            "What the case has open already starts no second clock."
        )

    def clean_reference(self) -> str:
        """Return the reference of a case we have."""
        found = find_references(self.cleaned_data["reference"])
        if len(found) != 1:
            raise ValidationError(
                _("That is no reference; one looks like DSR-2026-000123-K7.")
            )
        if not Case.objects.filter(reference=found[0]).exists():
            raise ValidationError(_("There is no case with this reference."))
        return found[0]


class NothingForm(TrayForm):
    """Why it is no request."""

    why = forms.CharField(
        label=gettext_lazy("Why is it no request?"),
        help_text=gettext_lazy("For example: a complaint about how a claim was paid."),
        min_length=SHORTEST_REASON,
        max_length=250,
    )
    by_machine = forms.BooleanField(
        label=gettext_lazy("A machine sent it"), required=False
    )


class SpamForm(TrayForm):
    """Nothing to ask: the button says it."""


class HandOverForm(TrayForm):
    """Which department answers, and which files it needs for that."""

    department = forms.ChoiceField(label=gettext_lazy("Department"))
    enclosed = forms.MultipleChoiceField(
        label=gettext_lazy("Files it needs"),
        help_text=gettext_lazy("Only what it needs to answer; it can ask for more."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the departments of the policy, and the files of the mail."""
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        departments, files = self.fields["department"], self.fields["enclosed"]
        assert isinstance(departments, forms.ChoiceField)  # noqa: S101  for the types
        assert isinstance(files, forms.ChoiceField)  # noqa: S101  for the types
        departments.choices = [
            ("", "–"),
            *((one.key, one.name.to(language)) for one in current().departments),
        ]
        files.choices = self.letter.file_choices
        if not files.choices:
            del self.fields["enclosed"]

    def said(self) -> dict[str, Any]:
        """Return the department, and the files; none if there are none."""
        said = self.cleaned_data
        return {"department": said["department"], "files": said.get("enclosed", ())}


def request_initial(letter: Letter) -> dict[str, Any]:
    """Return the proposal as the form shows it."""
    proposal = letter.arrival.proposal
    first = current().identity.languages[0]
    person = person_read(letter.mail, proposal, first)
    fields = {name: getattr(person, name) for name in PersonFields.base_fields}
    return {"rights": list(letter.rights), **fields}
