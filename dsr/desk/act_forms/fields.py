"""The fields that the forms of the acts are made of."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from dsr.desk.days import today
from dsr.models import Ticket
from dsr.policy.checks import SHORTEST_REASON
from dsr.policy.lateness import Bound, bound_of
from dsr.vocabulary import LetterKind

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


def promised_day(label: Any, help_text: Any = "", **options: Any) -> forms.DateField:
    """Return a field for a day that the person will hold us to."""
    widget = forms.DateInput({"type": "date"})
    return forms.DateField(label=label, help_text=help_text, widget=widget, **options)


def set_choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    """Give a choice field of a form its choices."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no choice field")
    field.choices = choices


def tick_if_late(form: forms.Form, bound: Bound | None, *, at: datetime) -> None:
    """Ask for an explicit tick where the letter would leave after its last day."""
    if bound is not None and bound.is_missed(at):
        form.fields["although_late"] = forms.BooleanField(
            label=_("Send it although it is late"),
            help_text=bound.sentence(),
            error_messages={"required": _("Tick it to send the letter all the same.")},
        )


class ActForm(forms.Form):
    """An act that asks nothing but to be confirmed. Its fields are the act's own.

    `nothing_left` says, where an act chooses from a list, that the list is empty.
    """

    nothing_left = ""

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        """Offer what fits this ticket."""
        super().__init__(*args, **kwargs)
        self.ticket = ticket


class LetterActForm(ActForm):
    """An act whose letter is bound to a day; a late one takes an explicit tick."""

    letter: ClassVar[LetterKind]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the tick if the letter would leave too late."""
        super().__init__(*args, **kwargs)
        on_paper = self.ticket.case.answers_by_post
        bound = bound_of(self.letter, self.ticket, on_paper=on_paper)
        tick_if_late(self, bound, at=today().at)
