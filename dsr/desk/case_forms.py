"""Forms of the case page: a message, a file, an identifier, a further right."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dsr.desk.uploads import check_upload
from dsr.models import DocumentKind
from dsr.policy.checks import SHORTEST_REASON
from dsr.rights import RIGHTS
from dsr.vocabulary import IdentifierKind, RightCode


class MessageForm(forms.Form):
    """An answer to the person."""

    text = forms.CharField(
        label=_("Write to the person"),
        help_text=_("They are told by mail that a message waits; the mail holds none."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )


class HoldForm(forms.Form):
    """Why a case has to be kept longer, and until when that is looked at again."""

    reason = forms.CharField(
        label=_("Why it has to be kept"),
        help_text=_("A complaint, a court, or a file of the authority."),
        min_length=SHORTEST_REASON,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )
    review_on = forms.DateField(
        label=_("To be reviewed on"), widget=forms.DateInput({"type": "date"})
    )


class LiftHoldForm(forms.Form):
    """Nothing but to be confirmed."""


class NoteForm(forms.Form):
    """A note among colleagues."""

    text = forms.CharField(
        label=_("Note for the desk"),
        help_text=_("The person does not see it; a court or an authority may."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )


class DocumentForm(forms.Form):
    """A file that came by post or over the counter."""

    kind = forms.ChoiceField(label=_("What it is"), choices=DocumentKind.choices)
    file = forms.FileField(
        label=_("File"), help_text=_("A PDF, TIFF, JPEG or PNG."), max_length=255
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Accept what a scanner makes, up to the size the desk takes."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        check_upload(upload)
        return upload


class AddressForm(forms.Form):
    """Where the answer goes."""

    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)
    postal_address = forms.CharField(
        label=_("Postal address"),
        help_text=_("Used where there is no e-mail address."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 40}),
    )


class IdentifierForm(forms.Form):
    """By what the person can be found."""

    kind = forms.ChoiceField(label=_("What it is"), choices=IdentifierKind.choices)
    value = forms.CharField(
        label=_("Value"),
        help_text=_("Noted, not yet proven: nothing is searched for by it."),
        max_length=254,
    )


class RightForm(forms.Form):
    """A further right found in what the person wrote."""

    right_code = forms.ChoiceField(
        label=_("Right"),
        widget=forms.RadioSelect,
        choices=[(code, RightCode(code).label) for code in RIGHTS],
    )
