"""What is asked when the desk turns to the person: proof, or a clarification."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from dsr.desk.act_forms.fields import (
    ActForm,
    LetterActForm,
    reason,
    set_choices,
    words,
)
from dsr.vocabulary import IdentifierKind, LetterKind
from subjects.models import Identifier


class AskIdentityForm(LetterActForm):
    """Why it is in doubt who asks, and the least that would settle it."""

    letter = LetterKind.IDENTITY_REQUEST

    doubts = reason(
        gettext_lazy("Why is it in doubt who is asking?"),
        gettext_lazy("The person reads this. Name facts of this case."),
    )
    items = words(
        gettext_lazy("What would settle it, one thing a line"),
        gettext_lazy(
            "Ask for the least, such as a call back. Never a national number."
        ),
    )


class RejectProofForm(ActForm):
    """What is missing in the proof."""

    why = reason(
        gettext_lazy("Why is the proof not sufficient?"),
        gettext_lazy("The person reads this."),
    )
    items = words(gettext_lazy("What is still needed, one thing a line"))


class AcceptProofForm(ActForm):
    """How the identity was established, and what is known to be the person's own."""

    method = forms.CharField(
        label=gettext_lazy("How was the identity established?"),
        help_text=gettext_lazy("For example: call back at the number in the contract."),
        max_length=100,
    )
    identifiers = forms.MultipleChoiceField(
        label=gettext_lazy("Proven to be the person's own"),
        help_text=gettext_lazy("Only what is proven is searched for."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what may be proven by it."""
        super().__init__(*args, **kwargs)
        known = self.offered()
        labels = dict(IdentifierKind.choices)
        choices = [
            (str(one.pk), f"{labels.get(one.kind, one.kind)}: {one.value}")
            for one in known
        ]
        if choices:
            set_choices(self, "identifiers", choices)
        else:
            del self.fields["identifiers"]

    def offered(self) -> QuerySet[Identifier]:
        """Return the person's identifiers that nobody has verified yet."""
        return self.ticket.case.subject.identifiers.filter(verified_at=None)

    def clean_identifiers(self) -> list[int]:
        """Return the primary keys."""
        return [int(pk) for pk in self.cleaned_data["identifiers"]]


class EstablishIdentityForm(AcceptProofForm):
    """How the person is known without having been asked; here something is proven."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for at least one identifier: only that makes a search possible."""
        super().__init__(*args, **kwargs)
        if "identifiers" in self.fields:
            self.fields["identifiers"].required = True

    def offered(self) -> QuerySet[Identifier]:
        """Offer to who wrote before what was proven then, if nothing else is new."""
        known = self.ticket.case.subject.identifiers
        return super().offered() or known.all()


class AskClarificationForm(LetterActForm):
    """Which data are meant."""

    letter = LetterKind.CLARIFICATION_REQUEST

    question = reason(
        gettext_lazy("The question"),
        gettext_lazy(
            "Say what we hold and what may be left out; “everything” is an answer too."
        ),
    )


class ClarifyForm(ActForm):
    """What the person answered."""

    answer = words(
        gettext_lazy("What did the person answer?"),
        gettext_lazy("Leave empty if no answer came: then everything is given."),
        required=False,
    )
