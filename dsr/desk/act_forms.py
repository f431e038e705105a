"""What each act asks of the officer; the choices offered are those of the right."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.models import Ticket
from dsr.policy.checks import SHORTEST_REASON
from dsr.rights import Ground, right_of
from dsr.vocabulary import IdentifierKind, Outcome, Role

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


class ActForm(forms.Form):
    """An act that asks nothing but to be confirmed. Its fields are the act's own."""

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        """Offer what fits this ticket."""
        super().__init__(*args, **kwargs)
        self.ticket = ticket


class AssignForm(ActForm):
    """Who works on it."""

    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the handlers, and nobody."""
        super().__init__(*args, **kwargs)
        users = User.objects.filter(is_active=True, groups__name=Role.HANDLER)
        names = sorted(users.values_list("username", flat=True))
        self.initial["owner"] = self.ticket.owner
        choices = [("", _("nobody")), *((name, name) for name in names)]
        set_choices(self, "owner", choices)


class AskIdentityForm(ActForm):
    """Why it is in doubt who asks, and the least that would settle it."""

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
        """Offer the person's identifiers that nobody has verified yet."""
        super().__init__(*args, **kwargs)
        known = self.ticket.case.subject.identifiers.filter(verified_at=None)
        labels = dict(IdentifierKind.choices)
        choices = [
            (str(one.pk), f"{labels.get(one.kind, one.kind)}: {one.value}")
            for one in known
        ]
        if choices:
            set_choices(self, "identifiers", choices)
        else:
            del self.fields["identifiers"]

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


class AskClarificationForm(ActForm):
    """Which data are meant."""

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


class ProposeExtensionForm(ActForm):
    """Why one month is not enough for this case."""

    reason = reason(
        gettext_lazy("Reasons for the delay"),
        gettext_lazy("Sent to the person as written (GDPR Art. 12(3))."),
    )


class WhyForm(ActForm):
    """A reason."""

    why = reason(gettext_lazy("Why?"))


class CompleteForm(ActForm):
    """What was done."""

    done = reason(
        gettext_lazy("What was done, in words for the person"),
        gettext_lazy("Stands in the reply as written."),
    )


class RedirectForm(ActForm):
    """Who has to answer."""

    controller = reason(
        gettext_lazy("Name and address of the other controller"),
        gettext_lazy("Stands in the letter as written."),
    )


class MergeForm(ActForm):
    """Which earlier ticket it repeats."""

    into_id = forms.TypedChoiceField(
        label=gettext_lazy("The earlier ticket"), coerce=int
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the person's earlier open tickets of the same right."""
        super().__init__(*args, **kwargs)
        ticket = self.ticket
        others = (
            Ticket.objects.open()
            .filter(case__subject=ticket.case.subject_id, right_code=ticket.right_code)
            .exclude(pk=ticket.pk)
            .select_related("case")
        )
        set_choices(
            self, "into_id", [(str(one.pk), one.case.reference) for one in others]
        )


class ProposeForm(ActForm):
    """A decision with its grounds and reasons; the outcome was chosen before."""

    outcome = forms.ChoiceField(widget=forms.HiddenInput)
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("Grounds"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reasons = words(
        gettext_lazy("Reasons given to the person"),
        gettext_lazy("Stand in the reply as written, in the language of the case."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what the right allows, and the grounds that carry the outcome."""
        super().__init__(*args, **kwargs)
        right = right_of(self.ticket)
        set_choices(self, "outcome", [(o.value, str(o.label)) for o in right.outcomes])
        outcome = str(self.data.get("outcome") or self.initial.get("outcome") or "")
        grounds = right.grounds_for(outcome)
        set_choices(self, "grounds", [(g.code, ground_label(g)) for g in grounds])
        if not grounds:
            del self.fields["grounds"]
        needs_reasons = outcome in (*Outcome.NEEDS_GROUND, Outcome.FEE)
        self.fields["reasons"].required = needs_reasons

    def clean(self) -> dict[str, Any]:
        """Ask for a ground where the law wants one. GDPR Art. 12(4)."""
        said = super().clean() or {}
        needs_ground = said.get("outcome") in Outcome.NEEDS_GROUND
        if needs_ground and "grounds" in self.fields and not said.get("grounds"):
            self.add_error(
                "grounds", _("Choose at least one ground (GDPR Art. 12(4)).")
            )
        return said


def set_choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    """Give a choice field of a form its choices."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no choice field")
    field.choices = choices


def ground_label(ground: Ground) -> SafeString:
    """Show a ground with its article and what the letter has to state."""
    return format_html(
        '{} <span class="law">{}</span> <span class="must">{} {}</span>',
        ground.label,
        ground.source,
        _("Must be stated:"),
        ground.must_state,
    )
