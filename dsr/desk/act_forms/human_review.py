"""What a review by a person asks: the decision, the reviewer, the review."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.casework import Qualification, Reviewed
from dsr.desk.act_forms.fields import ActForm, reason, set_choices, words
from dsr.vocabulary import DecisionBasis, ReviewResult, Role, SpecialBasis

UNSAID = [("", "–")]
VIEW_DAYS = timedelta(days=10)  # proposed for the person's view
LONGEST_DAY = 24 * 60  # minutes


class QualifyForm(ActForm):
    """Which decision, by whom, by which rules, and under which part of Art. 22."""

    what = reason(
        gettext_lazy("Which decision is it?"),
        gettext_lazy("Its day, its subject, and what it says."),
    )
    maker = forms.CharField(
        label=gettext_lazy("Who made it?"),
        help_text=gettext_lazy("A user name, or “system” where no person did."),
        max_length=150,
    )
    rules = words(gettext_lazy("Model, version or rules in force when it was made"))
    effect = words(gettext_lazy("Its effect on the person"))
    is_automated = forms.BooleanField(
        label=gettext_lazy("A machine took it alone"),
        help_text=gettext_lazy(
            "Also where a person only signs what the machine says, or draws strongly "
            "on its score (C-634/21; WP251)."
        ),
        required=False,
    )
    is_significant = forms.BooleanField(
        label=gettext_lazy("It has a legal or similarly significant effect"),
        required=False,
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("What allowed a machine to decide?"),
        choices=[*UNSAID, *DecisionBasis.choices],
        required=False,
    )
    special_basis = forms.ChoiceField(
        label=gettext_lazy("Special categories of data, such as health: allowed by"),
        help_text=gettext_lazy("Leave empty if none were used."),
        choices=[*UNSAID, *SpecialBasis.choices],
        required=False,
    )
    evidence = words(
        gettext_lazy("Evidence, if Article 22 does not apply"),
        gettext_lazy("Who decided, with what authority; or why the effect is small."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Return one qualification."""
        said = super().clean() or {}
        if self.errors:
            return said
        special = bool(said["special_basis"])
        return {"qualification": Qualification(**said, uses_special_data=special)}


class AssignReviewerForm(ActForm):
    """Who reviews, by what authority, and until when the person is heard."""

    reviewer = forms.ChoiceField(
        label=gettext_lazy("Reviewer"),
        help_text=gettext_lazy("Not who made the decision, nor who worked on this."),
    )
    authority = reason(
        gettext_lazy("By what can they change the decision?"),
        gettext_lazy("Their function and powers; a rubber stamp is no review."),
    )
    view_by = forms.DateField(
        label=gettext_lazy("The person may give their view until"),
        help_text=gettext_lazy("A short period: the time limit runs on."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    effects_suspended = forms.BooleanField(
        label=gettext_lazy("The decision has no effect meanwhile"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the reviewers, and ten days for the person's view."""
        super().__init__(*args, **kwargs)
        users = User.objects.filter(is_active=True, groups__name=Role.REVIEWER)
        names = sorted(users.values_list("username", flat=True))
        set_choices(self, "reviewer", [("", _("choose")), *((n, n) for n in names)])
        self.initial["view_by"] = timezone.localdate() + VIEW_DAYS


class ReviewForm(ActForm):
    """What the reviewer looked at, heard and decided."""

    inputs = reason(gettext_lazy("What did you look at?"))
    view = words(
        gettext_lazy("The person's view"),
        gettext_lazy("As they gave it. Empty if none came by the day they were given."),
        required=False,
    )
    view_considered = reason(
        gettext_lazy("How did you take it into account?"),
        gettext_lazy("Stands in the reply as written."),
    )
    result = forms.ChoiceField(
        label=gettext_lazy("The decision is"),
        choices=ReviewResult.choices,
        widget=forms.RadioSelect,
    )
    reasons = reason(
        gettext_lazy("Your own reasons"),
        gettext_lazy("Not those of the machine. They stand in the reply as written."),
    )
    explanation = reason(
        gettext_lazy("How was the first decision reached?"),
        gettext_lazy(
            "The procedure and principles actually applied, and what would have "
            "changed the result (C-203/22). Stands in the reply as written."
        ),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes spent"), min_value=1, max_value=LONGEST_DAY * 10
    )

    def clean(self) -> dict[str, Any]:
        """Return one review."""
        said = super().clean() or {}
        return said if self.errors else {"reviewed": Reviewed(**said)}


class AdviceForm(ActForm):
    """The DPO's advice."""

    text = reason(
        gettext_lazy("Advice"),
        gettext_lazy("For those who decide; the person does not see it."),
    )
