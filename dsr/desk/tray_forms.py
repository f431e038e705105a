"""What the tray asks: which rights, which case, or why a mail is no request."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.models import Case
from dsr.policy.checks import SHORTEST_REASON
from dsr.reference import find_references
from dsr.rights import RIGHTS
from dsr.vocabulary import RightCode


class RightsForm(forms.Form):
    """Which rights the letter asks for."""

    rights = forms.MultipleChoiceField(
        label=gettext_lazy("What the person asks for"),
        choices=[(code, RightCode(code).label) for code in RIGHTS],
        widget=forms.CheckboxSelectMultiple,
    )


class CaseForm(forms.Form):
    """Which case the mail belongs to."""

    reference = forms.CharField(label=gettext_lazy("Reference"), max_length=40)

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


class NothingForm(forms.Form):
    """Why it is no request."""

    why = forms.CharField(
        label=gettext_lazy("Why is it no request?"),
        help_text=gettext_lazy("For example: a complaint about how a claim was paid."),
        min_length=SHORTEST_REASON,
        max_length=250,
    )
