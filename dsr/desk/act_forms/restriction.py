"""What the acts of a restriction and of an objection ask of the officer."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from dsr.clock.citations import gdpr
from dsr.controller import current
from dsr.controller.data import Purpose
from dsr.desk.act_forms.fields import ActForm, reason, set_choices, words
from dsr.desk.languages import reader_language
from dsr.vocabulary import RestrictionGround
from subjects.models.consents import DIRECT_MARKETING


class ApplyRestrictionForm(ActForm):
    """On which ground, and what of the data."""

    ground = forms.ChoiceField(
        label=gettext_lazy("On which ground? (GDPR Art. 18(1))"),
        widget=forms.RadioSelect,
        choices=RestrictionGround.choices,
    )
    what = words(
        gettext_lazy("What is restricted?"),
        gettext_lazy("Leave empty for all the data of the person."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with what the person named."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("what", self.ticket.details.get("what", ""))


class ExamineRestrictionForm(ActForm):
    """Which grounds are absent."""

    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("Which grounds are absent? (GDPR Art. 18(1))"),
        help_text=gettext_lazy("A refusal takes all four. There is no other reason."),
        widget=forms.CheckboxSelectMultiple,
        choices=RestrictionGround.choices,
    )
    why = reason(gettext_lazy("Why? For the file."))


class CheckBasisForm(ActForm):
    """Which purposes are objected to; the policy says on what each rests."""

    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("Which purposes does the person object to?"),
        help_text=gettext_lazy("The legal basis is that of our published policy."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the purposes of the policy; advertising has a right of its own."""
        super().__init__(*args, **kwargs)
        known = current().purposes.items()
        choices = [(c, purpose_label(p)) for c, p in known if c != DIRECT_MARKETING]
        set_choices(self, "purposes", choices)
        self.initial["purposes"] = list(
            self.ticket.objected.values_list("purpose", flat=True)
        )


class WeighForm(ActForm):
    """How the interests weigh, and what goes on; all else stops."""

    situation = reason(
        gettext_lazy("The person's situation"),
        gettext_lazy("What in it speaks against the use, in the person's own terms."),
    )
    interest = reason(
        gettext_lazy("The interest in the use"),
        gettext_lazy("Which interest, disclosed at collection, and why compelling."),
    )
    alternatives = reason(
        gettext_lazy("Alternatives considered"),
        gettext_lazy("What would serve the interest with less."),
    )
    business_owner = forms.CharField(
        label=gettext_lazy("Business owner of the purpose"),
        help_text=gettext_lazy("User name or function; that person may not decide."),
        max_length=150,
    )
    continuing = forms.MultipleChoiceField(
        label=gettext_lazy("What goes on, on compelling grounds?"),
        help_text=gettext_lazy(
            "What you do not choose stops. To go on without compelling grounds is an "
            "offence: Belgian Act of 30 July 2018, Art. 222, 3°."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the purposes that can be objected to, and what was written before."""
        super().__init__(*args, **kwargs)
        known, objected = current().purposes, self.ticket.objected
        codes = objected.filter(objectionable=True).values_list("purpose", flat=True)
        choices = [(c, purpose_label(known[c])) for c in codes if c in known]
        set_choices(self, "continuing", choices)
        situation = self.ticket.details.get("situation", "")
        self.initial.setdefault("situation", situation)


def purpose_label(purpose: Purpose) -> SafeString:
    """Show a purpose with its legal basis."""
    language = reader_language()
    basis = "; ".join(gdpr(place).text(language) for place in purpose.basis)
    title = purpose.title.to(language)
    return format_html('{} <span class="law">{}</span>', title, basis)
