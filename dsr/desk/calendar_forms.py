"""What the calendar asks: a day, its name, the text behind it; why it is none."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from dsr.casework.calendar import LONGEST_NAME, LONGEST_SOURCE, NewHoliday
from dsr.clock.deadline import FIRST_YEAR, LAST_YEAR
from dsr.clock.languages import LANGUAGES, Names
from dsr.controller import current

FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
NAME_LABELS = {
    "en": _("Its name in English"),
    "fr": _("Its name in French"),
    "nl": _("Its name in Dutch"),
    "de": _("Its name in German"),
}


class HolidayForm(forms.Form):
    """A day on which no period may end. The derivations name it in each language."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the name in each language, then for the source."""
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.fields[f"name_{language}"] = forms.CharField(
                label=NAME_LABELS[language], max_length=LONGEST_NAME
            )
        self.fields["source"] = forms.CharField(
            label=_("The text that makes it a public holiday"),
            help_text=_("For example: Royal Decree of 3 May 2026, Art. 1."),
            max_length=LONGEST_SOURCE,
        )

    def holiday(self) -> NewHoliday:
        """Return the day that was typed, for the controller's own jurisdiction."""
        said = self.cleaned_data
        return NewHoliday(
            jurisdiction=current().identity.jurisdiction,
            day=said["day"],
            names=Names(*(said[f"name_{language}"] for language in LANGUAGES)),
            source=said["source"],
        )


class RemoveForm(forms.Form):
    """Why it is no public holiday after all."""

    why = forms.CharField(
        label=_("Why is it no public holiday?"),
        help_text=_("It stays on record, with this reason."),
        max_length=500,
    )
