"""What is asked once a consent is withdrawn and nothing rests on it any more."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.clock.citations import gdpr
from dsr.controller import current
from dsr.desk.act_forms.fields import ActForm, set_choices
from dsr.desk.languages import reader_language
from dsr.policy.at_once import CONSENTS
from dsr.vocabulary import CheckResult


class CheckPurposeForm(ActForm):
    """Of which purpose, and what becomes of its data."""

    purpose = forms.ChoiceField(label=gettext_lazy("Which purpose?"))
    result = forms.ChoiceField(
        label=gettext_lazy("What becomes of the data?"),
        widget=forms.RadioSelect,
        choices=[
            (one.value, one.label) for one in (CheckResult.ERASED, CheckResult.KEPT)
        ],
    )
    declared = forms.ChoiceField(
        label=gettext_lazy("Kept for which declared purpose, on which legal basis?"),
        help_text=gettext_lazy(
            "Only what the policy declared. Another basis for the same purpose may not "
            "take the place of the consent (EDPB Guidelines 05/2020)."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the withdrawn purposes, and what the policy declared besides."""
        super().__init__(*args, **kwargs)
        language, policy = reader_language(), current().purposes

        def title(code: str) -> str:
            return policy[code].title.to(language) if code in policy else code

        checks = self.ticket.purpose_checks.all()
        withdrawn = [check.purpose for check in checks]
        set_choices(
            self,
            "purpose",
            [
                (one.purpose, f"{title(one.purpose)} ({one.get_result_display()})")
                for one in checks
            ],
        )
        declared = [
            (f"{code} {basis}", f"{title(code)} [{gdpr(basis).text(language)}]")
            for code, purpose in policy.items()
            for basis in purpose.basis
            if basis not in CONSENTS and code not in withdrawn
        ]
        set_choices(self, "declared", [("", "–"), *declared])

    def clean(self) -> dict[str, Any]:
        """Name purpose and basis where something is kept."""
        said = super().clean() or {}
        kept_for, _space, basis = said.pop("declared", "").partition(" ")
        kept = said.get("result") == CheckResult.KEPT
        if kept and not basis:
            self.add_error("declared", _("Say for which declared purpose."))
        said["kept_for"], said["basis"] = (kept_for, basis) if kept else ("", "")
        return said
