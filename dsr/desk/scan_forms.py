"""Forms of a scanned letter: add it, make it a case, join it to one, or drop it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dsr.casework import LONGEST_MESSAGE
from dsr.desk.new_case_forms import NewCaseForm
from dsr.desk.uploads import check_upload
from dsr.intake.post.proposal import LetterProposal
from dsr.models import DocumentKind
from dsr.rights import RIGHTS
from dsr.vocabulary import NoRequest, RightCode


class AddScanForm(forms.Form):
    """The scan of a letter on paper."""

    scan = forms.FileField(
        label=_("Scan of the letter"),
        help_text=_("A PDF, TIFF, JPEG or PNG; all pages in one file."),
        max_length=255,
    )

    def clean_scan(self) -> UploadedFile[Any]:
        """Accept what a scanner makes, up to the size the desk takes."""
        upload: UploadedFile[Any] = self.cleaned_data["scan"]
        check_upload(upload)
        return upload


class ScanCaseForm(NewCaseForm):
    """A case from a scan; words that nobody could read need not be typed."""

    text = forms.CharField(
        label=_("In the person's own words"),
        help_text=_("As the scan was read. Correct what was misread."),
        widget=forms.Textarea(attrs={"rows": 14, "cols": 80}),
        max_length=100_000,
        required=False,
    )


class JoinForm(forms.Form):
    """The case to which the paper belongs."""

    reference = forms.CharField(
        label=_("Reference of the case"),
        help_text=_("It looks like DSR-2026-000123-K7."),
        max_length=30,
    )
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(code, capfirst(label)) for code, label in DocumentKind.choices],
        initial=DocumentKind.ATTACHMENT,
    )
    received_on = NewCaseForm.base_fields["received_on"]
    rights = forms.MultipleChoiceField(
        label=_("What it asks for newly"),
        choices=[(code, RightCode(code).label) for code in RIGHTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(
        label=_("What the person writes"),
        help_text=_("It stands in the thread. Empty for a mandate or a proof."),
        widget=forms.Textarea(attrs={"rows": 6, "cols": 80}),
        max_length=LONGEST_MESSAGE,
        required=False,
    )


class DiscardForm(forms.Form):
    """Why the letter is no request."""

    why = forms.ChoiceField(
        label=_("Why"), choices=NoRequest.choices, widget=forms.RadioSelect
    )


def proposed_case(proposal: LetterProposal, text: str) -> dict[str, Any]:
    """Return what the form of a new case begins with.

    Who writes for somebody else is named at the letter's head; the person is not.
    """
    found = proposal.found
    writer = "agent_name" if found.requester_is_agent else "name"
    return {
        "rights": list(found.rights),
        "language": found.language,
        "text": text,
        "postal_address": proposal.postal_address,
        "own_reference": proposal.own_reference,
        **proposal.numbers,
        writer: proposal.name,
    }
