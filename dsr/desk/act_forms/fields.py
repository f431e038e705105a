"""The fields that the forms of the acts are made of."""

from typing import Any

from django import forms

from dsr.models import Ticket
from dsr.policy.checks import SHORTEST_REASON

LONG = {"rows": 6, "cols": 80}


def words(label: Any, help_text: Any = "", **options: Any) -> forms.CharField:
    """Return a field for free text of several lines."""
    widget = forms.Textarea(attrs=LONG)
    return forms.CharField(
        label=label, help_text=help_text, widget=widget, max_length=20_000, **options
    )


def reason(label: Any, help_text: Any = "") -> forms.CharField:
    """Return a field for a reason that somebody has to understand."""
    return words(label, help_text, min_length=SHORTEST_REASON)


def promised_day(label: Any, help_text: Any = "") -> forms.DateField:
    """Return a field for a day that the person will hold us to."""
    widget = forms.DateInput({"type": "date"})
    return forms.DateField(label=label, help_text=help_text, widget=widget)


def set_choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    """Give a choice field of a form its choices."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no choice field")
    field.choices = choices


class ActForm(forms.Form):
    """An act that asks nothing but to be confirmed. Its fields are the act's own."""

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        """Offer what fits this ticket."""
        super().__init__(*args, **kwargs)
        self.ticket = ticket
