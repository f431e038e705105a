"""What a proposal asks: outcome, grounds and reasons."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.desk.act_forms.excess import add_fee_fields, fee_of
from dsr.desk.act_forms.fields import ActForm, set_choices, words
from dsr.models import Ticket
from dsr.policy import erasing, rectifying
from dsr.rights import Ground, right_of
from dsr.rights.grounds import LEGAL_RESTRICTION
from dsr.vocabulary import Outcome


class ProposeForm(ActForm):
    """A decision with its grounds and reasons; the outcome was chosen before."""

    outcome = forms.ChoiceField(widget=forms.HiddenInput)
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("Grounds"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    law = forms.CharField(
        label=gettext_lazy("The article of the national law"),
        help_text=gettext_lazy(
            "Only if such a law restricts the right; the person is told (GDPR Art. 23)."
        ),
        max_length=200,
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
        possible = [(one.value, str(one.label)) for one in right.proposable]
        set_choices(self, "outcome", possible)
        outcome = str(self.data.get("outcome") or self.initial.get("outcome") or "")
        grounds = right.grounds_for(outcome)
        set_choices(self, "grounds", [(g.code, ground_label(g)) for g in grounds])
        self.initial.setdefault("grounds", sorted(_examined_grounds(self.ticket)))
        if not grounds:
            del self.fields["grounds"]
        if LEGAL_RESTRICTION not in grounds:
            del self.fields["law"]
        needs_reasons = outcome in (*Outcome.NEEDS_GROUND, Outcome.FEE)
        self.fields["reasons"].required = needs_reasons
        if outcome == Outcome.FEE:
            add_fee_fields(self)

    def clean(self) -> dict[str, Any]:
        """Ask for a ground where the law wants one. GDPR Art. 12(4)."""
        said = super().clean() or {}
        needs_ground = said.get("outcome") in Outcome.NEEDS_GROUND
        if needs_ground and "grounds" in self.fields and not said.get("grounds"):
            self.add_error(
                "grounds", _("Choose at least one ground (GDPR Art. 12(4)).")
            )
        if said.get("outcome") == Outcome.FEE and not self.errors:
            said["fee"] = fee_of(said)
        return said


def _examined_grounds(ticket: Ticket) -> set[str]:
    """Return the grounds that follow from what was examined, datum by datum."""
    judged = [one for one in ticket.erasures.all() if one.verdict or not one.ground]
    verdicts = set(ticket.corrections.values_list("verdict", flat=True))
    return erasing.grounds_of(judged) | rectifying.grounds_of(verdicts)


def ground_label(ground: Ground) -> SafeString:
    """Show a ground with its article and what the letter has to state."""
    return format_html(
        '{} <span class="law">{}</span> <span class="must">{} {}</span>',
        ground.label,
        ground.source,
        _("Must be stated:"),
        ground.must_state,
    )
